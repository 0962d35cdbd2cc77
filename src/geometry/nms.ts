import { bestFirst, candidateAreas } from './candidate-order.ts';
import type { Candidates } from './candidates.ts';

export interface NmsOptions {
  /** A box is suppressed when its IoU with a kept box is greater than this. */
  readonly iouThreshold: number;
  /** Most boxes to keep. */
  readonly maxBoxes: number;
  /** Compare boxes of all classes with each other. Default: only boxes of one class suppress each other. */
  readonly classAgnostic?: boolean;
}

/**
 * Greedy non-maximum suppression. The one rule: highest score first, ties to the lower index, a box falls when
 * its IoU with an already kept box is greater than the threshold. Degenerate and non-finite candidates are never
 * kept. The input is not touched.
 *
 * @returns indices of the kept candidates, best first
 */
export function nms(candidates: Candidates, options: NmsOptions): number[] {
  const { boxes, classIds } = candidates;
  const areas = candidateAreas(candidates);
  const order = bestFirst(candidates, areas);
  const kept: number[] = [];
  for (const index of order) {
    if (kept.length >= options.maxBoxes) break;
    let suppressed = false;
    for (const other of kept) {
      if (!options.classAgnostic && classIds[other] !== classIds[index]) continue;
      if (flatIou(boxes, areas, index, other) > options.iouThreshold) {
        suppressed = true;
        break;
      }
    }
    if (!suppressed) kept.push(index);
  }
  return kept;
}

function flatIou(boxes: Float32Array, areas: Float64Array, a: number, b: number): number {
  const ia = a * 4;
  const ib = b * 4;
  const w = Math.min(at(boxes, ia + 2), at(boxes, ib + 2)) - Math.max(at(boxes, ia), at(boxes, ib));
  if (w <= 0) return 0;
  const h = Math.min(at(boxes, ia + 3), at(boxes, ib + 3)) - Math.max(at(boxes, ia + 1), at(boxes, ib + 1));
  if (h <= 0) return 0;
  const inter = w * h;
  return inter / (at(areas, a) + at(areas, b) - inter);
}

/** A typed array read whose index is in range by construction. */
function at(array: Float32Array | Float64Array, index: number): number {
  return array[index] as number;
}
