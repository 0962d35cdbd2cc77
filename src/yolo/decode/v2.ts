import type { Candidates } from '../../geometry/index.ts';
import type { V2Head } from '../heads/v2.ts';
import { CandidateList } from './candidate-list.ts';

/** The grid of a v2 head as it was read back: [rows, columns, anchors * (5 + classes)], row-major, raw numbers. */
export interface V2Grid {
  readonly rows: number;
  readonly columns: number;
  /** Number of class logits per anchor; 0 when the head knows a single class. */
  readonly classes: number;
  readonly data: Float32Array;
}

/**
 * Boxes of a v2 head: centre = (cell + logistic(t)) * stride, size = anchor * exp(t) * stride, score = objectness
 * times the soft-max class probability. Ref: arXiv:1612.08242, section 2.
 *
 * @returns boxes in input pixels
 */
export function decodeV2(head: V2Head, grid: V2Grid, minScore: number): Candidates {
  const found = new CandidateList();
  const perAnchor = 5 + grid.classes;
  let at = 0;
  for (let row = 0; row < grid.rows; row++) {
    for (let column = 0; column < grid.columns; column++) {
      for (const [anchorW, anchorH] of head.anchors) {
        const objectness = logistic(grid.data[at + 4] as number);
        if (objectness >= minScore) {
          const best = bestClass(grid, at + 5);
          const score = objectness * best.probability;
          if (score >= minScore) {
            const cx = (column + logistic(grid.data[at] as number)) * head.stride;
            const cy = (row + logistic(grid.data[at + 1] as number)) * head.stride;
            const halfW = (anchorW * Math.exp(grid.data[at + 2] as number) * head.stride) / 2;
            const halfH = (anchorH * Math.exp(grid.data[at + 3] as number) * head.stride) / 2;
            found.add(cx - halfW, cy - halfH, cx + halfW, cy + halfH, score, best.classId);
          }
        }
        at += perAnchor;
      }
    }
  }
  return found.finish();
}

function bestClass(grid: V2Grid, from: number): { classId: number; probability: number } {
  if (grid.classes === 0) return { classId: 0, probability: 1 };
  let classId = 0;
  let highest = -Infinity;
  for (let i = 0; i < grid.classes; i++) {
    const logit = grid.data[from + i] as number;
    if (logit > highest) {
      highest = logit;
      classId = i;
    }
  }
  let sum = 0;
  for (let i = 0; i < grid.classes; i++) sum += Math.exp((grid.data[from + i] as number) - highest);
  return { classId, probability: 1 / sum };
}

function logistic(t: number): number {
  return 1 / (1 + Math.exp(-t));
}
