import { memory, tensor4d } from '@tensorflow/tfjs-core';
import type { BackendKind, BackendOptions } from '../../src/runtime/tf.ts';
import { startBackend } from '../../src/runtime/tf.ts';
import type { DarknetPlan, PlannedHead, RawOutput } from '../../src/yolo/index.ts';
import { readDarknetPlan } from '../../src/yolo/index.ts';
import { DarknetNetwork } from '../../src/yolo/tf.ts';
import { activateRow, logistic } from './yolo-row.ts';

export interface DarknetFiles {
  readonly cfg: Uint8Array;
  readonly weights: Uint8Array;
  /** [height, width, 3], RGB 0..1 */
  readonly input: Float32Array;
  /** What the other program computed, in the order of the heads. */
  readonly outputs: readonly Float32Array[];
}

export interface HeadDifference {
  readonly output: string;
  readonly rows: number;
  /** Largest differences; boxes in 0..1 of the input. */
  readonly box: number;
  readonly objectness: number;
  readonly score: number;
  /** Class scores that the other program kept and that were compared. */
  readonly scoresCompared: number;
}

export interface DarknetComparison {
  readonly backend: BackendKind;
  readonly input: string;
  readonly weightCount: number;
  readonly multiplyAdds: number;
  readonly peakActivations: number;
  readonly buildMs: number;
  /** Median of the runs after the first, read-back included. */
  readonly runMs: number;
  readonly leakedTensors: number;
  readonly heads: readonly HeadDifference[];
}

const runs = 9;

/** Runs a darknet network in the program that this is loaded into, Node or a page, and compares its grids. */
export async function compareDarknet(files: DarknetFiles, kind: BackendKind, options: BackendOptions): Promise<DarknetComparison> {
  const { backend } = must(await startBackend(kind, options));
  const plan = must(readDarknetPlan(files.cfg));
  const { height, width } = plan.input;
  const before = memory().numTensors;
  const buildStart = performance.now();
  const network = must(DarknetNetwork.build(plan, files.weights));
  const buildMs = performance.now() - buildStart;
  const times: number[] = [];
  let outputs: readonly RawOutput[] = [];
  for (let run = 0; run < runs; run++) {
    const start = performance.now();
    outputs = await network.readOutputs(tensor4d(files.input, [1, height, width, 3]));
    times.push(performance.now() - start);
  }
  network.dispose();
  const heads = files.outputs.map((theirs, i) => {
    const [head, output] = [plan.heads[i], outputs[i]];
    if (!head || !output) throw new Error(`the network has no output number ${i}`);
    return compareHead(plan, head, output, theirs);
  });
  return {
    backend,
    input: `${width}x${height}`,
    weightCount: plan.weightCount,
    multiplyAdds: plan.multiplyAdds,
    peakActivations: plan.peakActivations,
    buildMs: rounded(buildMs),
    runMs: rounded(times.slice(1).sort((a, b) => a - b)[Math.floor((runs - 1) / 2)] ?? NaN),
    leakedTensors: memory().numTensors - before,
    heads,
  };
}

/** Activates our grid as the [yolo] layer of the other program does, and looks for the largest differences. */
function compareHead(plan: DarknetPlan, head: PlannedHead, { name, data }: RawOutput, theirs: Float32Array): HeadDifference {
  const fields = 5 + head.classes;
  const rows = data.length / fields;
  if (theirs.length !== data.length) throw new Error(`${name} has ${data.length} numbers, the file ${theirs.length}`);
  let [box, objectness, score, scoresCompared] = [0, 0, 0, 0];
  for (let row = 0; row < rows; row++) {
    const raw = data.subarray(row * fields, (row + 1) * fields);
    const other = theirs.subarray(row * fields, (row + 1) * fields);
    const ours = activateRow(plan, head, raw, row);
    for (const [side, value] of ours.box.entries()) box = Math.max(box, Math.abs(value - (other[side] ?? NaN)));
    objectness = Math.max(objectness, Math.abs(ours.objectness - (other[4] ?? NaN)));
    for (let field = 5; field < fields; field++) {
      if (other[field] === 0) continue;
      score = Math.max(score, Math.abs(ours.objectness * logistic(raw[field] ?? NaN) - (other[field] ?? NaN)));
      scoresCompared++;
    }
  }
  return { output: name, rows, box, objectness, score, scoresCompared };
}

function must<T>(result: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: { readonly code: string; readonly detail: string } }): T {
  if (result.ok) return result.value;
  throw new Error(`${result.failure.code}: ${result.failure.detail}`);
}

function rounded(ms: number): number {
  return Math.round(ms * 10) / 10;
}
