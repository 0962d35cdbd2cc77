import { tensor4d } from '@tensorflow/tfjs-core';
import type { Candidates } from '../../src/geometry/index.ts';
import { nms } from '../../src/geometry/index.ts';
import type { BackendKind } from '../../src/runtime/tf.ts';
import { startBackend } from '../../src/runtime/tf.ts';
import { shippedWasm } from '../../src/runtime/index.ts';
import type { DarknetPlan, RawOutput } from '../../src/yolo/index.ts';
import { decodeHead, readDarknetPlan } from '../../src/yolo/index.ts';
import { DarknetNetwork } from '../../src/yolo/tf.ts';
import { activateRow, logistic } from './yolo-row.ts';

export interface FoundBox {
  readonly classId: number;
  readonly score: number;
  /** Pixels of the image. */
  readonly box: readonly [number, number, number, number];
}

/** The same grids, read in two ways. */
export interface ReadBoxes {
  /** By the app's own decoder. */
  readonly decoded: readonly FoundBox[];
  /** By plain loops that give a box for every class of a place, as darknet does. */
  readonly everyLabel: readonly FoundBox[];
}

const minScore = 0.19;
const iouThreshold = 0.45;

/** In a page: finds the boxes of images at some addresses, each stretched to the network's input. */
export async function findDarknetBoxes(cfg: Uint8Array, weights: Uint8Array, images: readonly string[], backend: BackendKind): Promise<readonly ReadBoxes[]> {
  const wasmPaths = Object.fromEntries(shippedWasm.map(({ name, url }) => [name, url]));
  const started = await startBackend(backend, { wasmPaths, threads: 1, allowSoftwareWebgl: true });
  if (!started.ok) throw new Error(started.failure.detail);
  const plan = readDarknetPlan(cfg);
  if (!plan.ok) throw new Error(plan.failure.detail);
  const network = DarknetNetwork.build(plan.value, weights);
  if (!network.ok) throw new Error(network.failure.detail);
  const { height, width } = plan.value.input;
  const found: ReadBoxes[] = [];
  for (const address of images) {
    const bitmap = await createImageBitmap(await (await fetch(address)).blob(), { colorSpaceConversion: 'none' });
    const outputs = await network.value.readOutputs(tensor4d(stretch(bitmap, width, height), [1, height, width, 3]));
    const candidates = [decodeHead(plan.value.head, outputs, minScore, { width, height }), everyLabel(plan.value, outputs)];
    const [decoded = [], every = []] = candidates.map((list) => boxesOf(list, bitmap.width / width, bitmap.height / height));
    found.push({ decoded, everyLabel: every });
    bitmap.close();
  }
  network.value.dispose();
  return found;
}

/** @returns boxes in input pixels */
function everyLabel(plan: DarknetPlan, outputs: readonly RawOutput[]): Candidates {
  const boxes: number[] = [];
  const scores: number[] = [];
  const classIds: number[] = [];
  const { width, height } = plan.input;
  for (const [i, head] of plan.heads.entries()) {
    const data = outputs[i]?.data ?? new Float32Array();
    const fields = 5 + head.classes;
    for (let row = 0; row < data.length / fields; row++) {
      const raw = data.subarray(row * fields, (row + 1) * fields);
      const { box, objectness } = activateRow(plan, head, raw, row);
      if (objectness < minScore) continue;
      for (let classId = 0; classId < head.classes; classId++) {
        const score = objectness * logistic(raw[5 + classId] ?? NaN);
        if (score < minScore) continue;
        const [cx, cy, w, h] = box;
        boxes.push((cx - w / 2) * width, (cy - h / 2) * height, (cx + w / 2) * width, (cy + h / 2) * height);
        scores.push(score);
        classIds.push(classId);
      }
    }
  }
  return { count: scores.length, boxes: Float32Array.from(boxes), scores: Float32Array.from(scores), classIds: Int32Array.from(classIds) };
}

function boxesOf(candidates: Candidates, scaleX: number, scaleY: number): readonly FoundBox[] {
  return nms(candidates, { iouThreshold, maxBoxes: 1000 }).map((i) => {
    const [x1 = NaN, y1 = NaN, x2 = NaN, y2 = NaN] = candidates.boxes.subarray(i * 4, i * 4 + 4);
    return { classId: candidates.classIds[i] ?? -1, score: candidates.scores[i] ?? NaN, box: [x1 * scaleX, y1 * scaleY, x2 * scaleX, y2 * scaleY] };
  });
}

/**
 * Bilinear between the four pixels around each sample and no smoothing, in the whole numbers of OpenCV's `resize` of
 * bytes: weights in steps of 1/2048, 4 bits dropped between the two directions. Networks with many layers tell one
 * step of brightness. Ref: github.com/opencv/opencv, `modules/imgproc/src/resize.cpp`, `VResizeLinear`.
 *
 * @returns RGB 0..1
 */
function stretch(bitmap: ImageBitmap, width: number, height: number): Float32Array {
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('no canvas');
  context.drawImage(bitmap, 0, 0);
  const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height);
  const columns = Array.from({ length: width }, (_, x) => sampleAt(x, bitmap.width / width, bitmap.width));
  const rows = Array.from({ length: height }, (_, y) => sampleAt(y, bitmap.height / height, bitmap.height));
  const stretched = new Float32Array(width * height * 3);
  let at = 0;
  for (const row of rows) {
    for (const column of columns) {
      for (let channel = 0; channel < 3; channel++) {
        const across = (y: number): number => {
          const line = y * bitmap.width;
          const [left = 0, right = 0] = [data[(line + column.before) * 4 + channel], data[(line + column.after) * 4 + channel]];
          return (left * (2048 - column.weight) + right * column.weight) >> 4;
        };
        const sum = (((2048 - row.weight) * across(row.before)) >> 16) + ((row.weight * across(row.after)) >> 16);
        stretched[at++] = ((sum + 2) >> 2) / 255;
      }
    }
  }
  return stretched;
}

interface Sample {
  readonly before: number;
  readonly after: number;
  /** Of the pixel after, of 2048. */
  readonly weight: number;
}

function sampleAt(index: number, scale: number, side: number): Sample {
  const place = Math.min(side - 1, Math.max(0, (index + 0.5) * scale - 0.5));
  const before = Math.floor(place);
  return { before, after: Math.min(side - 1, before + 1), weight: Math.round((place - before) * 2048) };
}
