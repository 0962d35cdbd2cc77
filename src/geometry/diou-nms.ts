import { bestFirst, candidateAreas } from './candidate-order.ts';
import type { Candidates } from './candidates.ts';
import { boxOfCandidate } from './candidates.ts';
import { diou } from './diou.ts';

export interface DiouNmsOptions {
  /** A box is suppressed when its distance IoU with a kept box is greater than this. -1..1 */
  readonly diouThreshold: number;
  /** Most boxes to keep. */
  readonly maxBoxes: number;
  /** Compare boxes of all classes with each other. Default: only boxes of one class suppress each other. */
  readonly classAgnostic?: boolean;
}

/**
 * Greedy suppression by distance IoU, which spares a box whose centre is elsewhere. The rule: highest score first, ties
 * to the lower index, a box falls when its distance IoU with an already kept box is greater than the threshold.
 * Degenerate and non-finite candidates are never kept. The input is not touched.
 * Ref: Zheng et al., arXiv:1911.08287, section "Non-Maximum Suppression using DIoU".
 *
 * @returns indices of the kept candidates, best first
 */
export function diouNms(candidates: Candidates, { diouThreshold, maxBoxes, classAgnostic = false }: DiouNmsOptions): number[] {
  const { classIds } = candidates;
  const kept: number[] = [];
  for (const index of bestFirst(candidates, candidateAreas(candidates))) {
    if (kept.length >= maxBoxes) break;
    const box = boxOfCandidate(candidates, index);
    const falls = kept.some((other) => (classAgnostic || classIds[other] === classIds[index]) && diou(boxOfCandidate(candidates, other), box) > diouThreshold);
    if (!falls) kept.push(index);
  }
  return kept;
}
