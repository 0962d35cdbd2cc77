import { bestFirst, candidateAreas } from './candidate-order.ts';
import type { Candidates } from './candidates.ts';
import { boxOfCandidate } from './candidates.ts';
import { iou } from './iou.ts';

/** How an overlap with a picked box lowers a score. */
export type SoftNmsDecay =
  /** Times 1 - IoU, where the IoU is greater than the threshold. */
  | { readonly kind: 'linear'; readonly iouThreshold: number }
  /** Times exp(-IoU^2 / sigma), everywhere; the paper uses 0.5. */
  | { readonly kind: 'gaussian'; readonly sigma: number };

export interface SoftNmsOptions {
  readonly decay: SoftNmsDecay;
  /** A candidate whose score has fallen below this is dropped. */
  readonly minScore: number;
  /** Most boxes to pick. */
  readonly maxBoxes: number;
  /** Let boxes of all classes lower each other. Default: only boxes of one class do. */
  readonly classAgnostic?: boolean;
}

export interface SoftPick {
  /** Index of the candidate. */
  readonly index: number;
  /** Its score after all that was picked before it. */
  readonly score: number;
}

/**
 * Suppression that lowers scores in place of dropping boxes. The rule: pick the highest score that is left, ties to the
 * lower index; lower the score of every other box that is left by its IoU with the picked one; repeat. Degenerate and
 * non-finite candidates are never picked. The input is not touched.
 * Ref: Bodla et al., Soft-NMS, arXiv:1704.04503, equations 2 and 3.
 * Example: two boxes with IoU 0.6 and scores 0.9 and 0.8: linear at 0.5 gives 0.9 and 0.8 * 0.4 = 0.32.
 *
 * @returns picked candidates in the order of picking, so best first by their final scores
 */
export function softNms(candidates: Candidates, { decay, minScore, maxBoxes, classAgnostic = false }: SoftNmsOptions): SoftPick[] {
  let left = bestFirst(candidates, candidateAreas(candidates)).map((index) => ({ index, score: candidates.scores[index] as number }));
  const picked: SoftPick[] = [];
  while (picked.length < maxBoxes) {
    left = left.filter((one) => one.score >= minScore);
    const [first, ...others] = left;
    if (!first) break;
    const best = others.reduce((so, one) => (one.score > so.score || (one.score === so.score && one.index < so.index) ? one : so), first);
    picked.push(best);
    const box = boxOfCandidate(candidates, best.index);
    left = left
      .filter((one) => one !== best)
      .map((one) => {
        const rivals = classAgnostic || candidates.classIds[one.index] === candidates.classIds[best.index];
        return rivals ? { index: one.index, score: one.score * kept(decay, iou(box, boxOfCandidate(candidates, one.index))) } : one;
      });
  }
  return picked;
}

/** The share of its score that a box keeps. */
function kept(decay: SoftNmsDecay, overlap: number): number {
  if (decay.kind === 'linear') return overlap > decay.iouThreshold ? 1 - overlap : 1;
  return Math.exp(-(overlap * overlap) / decay.sigma);
}
