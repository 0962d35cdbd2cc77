import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { memory, tensor4d } from '@tensorflow/tfjs-core';
import { startBackend } from '../../src/runtime/tf.ts';
import type { DarknetPlan, PlannedHead, RawOutput } from '../../src/yolo/index.ts';
import { readDarknetPlan } from '../../src/yolo/index.ts';
import { DarknetNetwork } from '../../src/yolo/tf.ts';

export interface DarknetPaths {
  readonly cfg: string;
  readonly weights: string;
  readonly input: string;
  /** In the order of the heads. */
  readonly outputs: readonly string[];
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
  readonly backend: string;
  readonly input: string;
  readonly weightCount: number;
  readonly multiplyAdds: number;
  readonly peakActivations: number;
  readonly buildMs: number;
  /** Median of the runs after the first. */
  readonly runMs: number;
  readonly leakedTensors: number;
  readonly heads: readonly HeadDifference[];
}

const runs = 9;
const wasmFolder = join(dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm/package.json')), 'dist');
const wasmNames = ['tfjs-backend-wasm.wasm', 'tfjs-backend-wasm-simd.wasm', 'tfjs-backend-wasm-threaded-simd.wasm'];

export async function compareDarknet(paths: DarknetPaths): Promise<DarknetComparison> {
  const wasmPaths = Object.fromEntries(wasmNames.map((name) => [name, join(wasmFolder, name)]));
  const { backend } = must(await startBackend('wasm', { wasmPaths, threads: 1, allowSoftwareWebgl: false }));
  const plan = must(readDarknetPlan(await readFile(paths.cfg)));
  const weights = await readFile(paths.weights);
  const before = memory().numTensors;
  const buildStart = performance.now();
  const network = must(DarknetNetwork.build(plan, weights));
  const buildMs = performance.now() - buildStart;
  const { height, width } = plan.input;
  const picture = await readFloats(paths.input);
  const times: number[] = [];
  let outputs: readonly RawOutput[] = [];
  for (let run = 0; run < runs; run++) {
    const start = performance.now();
    outputs = await network.readOutputs(tensor4d(picture, [1, height, width, 3]));
    times.push(performance.now() - start);
  }
  network.dispose();
  const heads: HeadDifference[] = [];
  for (const [i, path] of paths.outputs.entries()) {
    const [head, output] = [plan.heads[i], outputs[i]];
    if (!head || !output) throw new Error(`the network has no output number ${i}`);
    heads.push(compareHead(plan, head, output, await readFloats(path)));
  }
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
    const cell = Math.floor(row / head.anchors.length);
    const [anchorW, anchorH] = head.anchors[row % head.anchors.length] ?? [NaN, NaN];
    const widen = (t: number | undefined): number => logistic(t) * head.scaleXY - (head.scaleXY - 1) / 2;
    const ours = [
      ((cell % head.shape.width) + widen(raw[0])) / head.shape.width,
      (Math.floor(cell / head.shape.width) + widen(raw[1])) / head.shape.height,
      (Math.exp(raw[2] ?? NaN) * anchorW) / plan.input.width,
      (Math.exp(raw[3] ?? NaN) * anchorH) / plan.input.height,
    ];
    for (const [side, value] of ours.entries()) box = Math.max(box, Math.abs(value - (other[side] ?? NaN)));
    const certainty = logistic(raw[4]);
    objectness = Math.max(objectness, Math.abs(certainty - (other[4] ?? NaN)));
    for (let field = 5; field < fields; field++) {
      if (other[field] === 0) continue;
      score = Math.max(score, Math.abs(certainty * logistic(raw[field]) - (other[field] ?? NaN)));
      scoresCompared++;
    }
  }
  return { output: name, rows, box, objectness, score, scoresCompared };
}

function logistic(t: number | undefined): number {
  return 1 / (1 + Math.exp(-(t ?? NaN)));
}

async function readFloats(path: string): Promise<Float32Array> {
  const bytes = await readFile(path);
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
}

function must<T>(result: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: { readonly code: string; readonly detail: string } }): T {
  if (result.ok) return result.value;
  throw new Error(`${result.failure.code}: ${result.failure.detail}`);
}

function rounded(ms: number): number {
  return Math.round(ms * 10) / 10;
}
