import type { Tensor, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import { add, argMax, concat, div, equal, image, max, slice, squeeze, sub, tensor3d, tidy, transpose, where, zerosLike } from '@tensorflow/tfjs-core';
import { nms } from '../../../src/geometry/index.ts';
import { shippedWasm } from '../../../src/runtime/index.ts';
import type { BackendInfo } from '../../../src/runtime/tf.ts';
import { startBackend } from '../../../src/runtime/tf.ts';
import type { HeadSpec } from '../../../src/yolo/index.ts';
import { readGrids } from '../../../src/yolo/tf.ts';
import type { NmsReport, NmsRequest } from '../page/bench-door.ts';
import type { MadeOutput } from './made-output.ts';
import { madeOutput } from './made-output.ts';

const iouThreshold = 0.45;
const maxBoxes = 100;
const warmUpRounds = 15;

/** What each way took for one output, and how many boxes it kept. */
interface Timed {
  readonly ms: number;
  readonly kept: number;
}

type Way = (output: Tensor) => Promise<number>;

/**
 * From a decoded [1, 84, 8400] output on the backend to kept boxes: our way, tfjs operations with
 * `nonMaxSuppressionAsync` for every class, and the same for the classes that occur only. All on the same tensor, in
 * turn, who begins changes from round to round.
 */
export async function compareNms({ backend, minScore, rounds }: NmsRequest): Promise<NmsReport> {
  const info = await started(backend);
  const { classes, sidePx } = madeOutput(1);
  const ways: readonly Way[] = [ours(minScore, classes, sidePx), (output) => everyClass(output, minScore, classes), (output) => occurringClasses(output, minScore)];
  const timed: Timed[][] = ways.map(() => []);
  for (let round = -warmUpRounds; round < rounds; round++) {
    const output = uploaded(madeOutput(round + warmUpRounds + 1));
    for (let turn = 0; turn < ways.length; turn++) {
      const index = (turn + round + warmUpRounds) % ways.length;
      const result = await time(ways[index] as Way, output);
      if (round >= 0) timed[index]?.push(result);
    }
    output.dispose();
  }
  const [our = [], every = [], occurring = []] = timed;
  return { ...info, ours: our, everyClass: every, occurringClasses: occurring };
}

async function started(backend: NmsRequest['backend']): Promise<BackendInfo> {
  const wasmPaths = Object.fromEntries(shippedWasm.map((file) => [file.name, file.url]));
  const info = await startBackend(backend, { wasmPaths, threads: 1, allowSoftwareWebgl: backend === 'webgl' });
  if (!info.ok) throw new Error(`${info.failure.code}: ${info.failure.detail}`);
  return info.value;
}

function uploaded({ data, shape }: MadeOutput): Tensor {
  return tensor3d(data, [...shape]);
}

async function time(way: Way, output: Tensor): Promise<Timed> {
  const startMs = performance.now();
  const kept = await way(output);
  return { ms: performance.now() - startMs, kept };
}

/** What a network of the app does with its output on the backend in use, the check for NaN and infinity included. */
function ours(minScore: number, classes: number, sidePx: number): Way {
  const head: HeadSpec = { family: 'v8', form: 'decoded', output: 'out', layout: 'columns', boxes: 'centre', coordinates: 'px', logistic: 'applied', classes };
  return async (output) => {
    const grids = await readGrids(head, [{ name: 'out', tensor: output }], { width: sidePx, height: sidePx }, minScore);
    return nms(grids.decode(minScore), { iouThreshold, maxBoxes }).length;
  };
}

interface Parts {
  /** [places, 4]: y1, x1, y2, x2 */
  readonly boxes: Tensor2D;
  /** [places] */
  readonly scores: Tensor1D;
  /** [places] */
  readonly classIds: Tensor1D;
}

function parts(output: Tensor): Parts {
  const rows = transpose(output, [0, 2, 1]);
  const field = (at: number, count: number): Tensor => slice(rows, [0, 0, at], [-1, -1, count]);
  const [halfW, halfH] = [div(field(2, 1), 2), div(field(3, 1), 2)];
  const boxes = concat([sub(field(1, 1), halfH), sub(field(0, 1), halfW), add(field(1, 1), halfH), add(field(0, 1), halfW)], 2);
  const scores = squeeze(slice(rows, [0, 0, 4]), [0]);
  return { boxes: squeeze(boxes, [0]), scores: max(scores, 1), classIds: argMax(scores, 1) };
}

/** The plain way: a call for every class that the network knows. */
async function everyClass(output: Tensor, minScore: number, classes: number): Promise<number> {
  const made = split(output);
  let kept = 0;
  for (let classId = 0; classId < classes; classId++) kept += await keptOfClass(made, classId, minScore);
  disposeAll(made);
  return kept;
}

/** The kinder way: looks first which classes reach the score. */
async function occurringClasses(output: Tensor, minScore: number): Promise<number> {
  const made = split(output);
  const [scores, classIds] = await Promise.all([made.scores.data<'float32'>(), made.classIds.data<'int32'>()]);
  const occurring = new Set(classIds.filter((_, place) => (scores[place] ?? 0) >= minScore));
  let kept = 0;
  for (const classId of occurring) kept += await keptOfClass(made, classId, minScore);
  disposeAll(made);
  return kept;
}

function split(output: Tensor): Parts {
  const { boxes, scores, classIds } = tidy(() => ({ ...parts(output) }));
  return { boxes, scores, classIds };
}

async function keptOfClass({ boxes, scores, classIds }: Parts, classId: number, minScore: number): Promise<number> {
  const ofClass = tidy(() => where<Tensor1D>(equal(classIds, classId), scores, zerosLike(scores)));
  const indices = await image.nonMaxSuppressionAsync(boxes, ofClass, maxBoxes, iouThreshold, minScore);
  const kept = indices.size;
  indices.dispose();
  ofClass.dispose();
  return kept;
}

function disposeAll({ boxes, scores, classIds }: Parts): void {
  for (const each of [boxes, scores, classIds]) each.dispose();
}
