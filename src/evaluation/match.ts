import { area } from '../geometry/index.ts';
import { bestFirst } from './best-first.ts';
import type { AreaRange } from './coco-protocol.ts';
import { maxDetectionsPerImage } from './coco-protocol.ts';
import { overlap } from './overlap.ts';
import type { ImagePair } from './types.ts';

/** What became of a detection: right, wrong, or left out of the count. */
export type Outcome = 'hit' | 'miss' | 'ignored';

/** The boxes of one class in one image, matched. */
export interface ImageMatch {
  /** Best first, no more than the protocol looks at. */
  readonly scores: readonly number[];
  /** Per IoU threshold, per detection in the order of `scores`. */
  readonly outcomes: readonly (readonly Outcome[])[];
  /** Truths that count: no crowds, and the area in range. */
  readonly truthCount: number;
}

/** What matching has to know of a truth. */
export interface MatchedTruth {
  readonly areaPx2: number;
  /** May be found again and again, and never counts. */
  readonly crowd: boolean;
  /** Can be found once, and does not count: there is nothing to measure in it. */
  readonly unmeasured?: boolean;
}

/** A class of an image prepared for matching: ranked, cut, and every overlap computed once for all area ranges. */
export interface RankedImage {
  readonly truths: readonly MatchedTruth[];
  readonly scores: readonly number[];
  readonly detectionAreasPx2: readonly number[];
  /** Per detection, per truth, 0..1. */
  readonly overlaps: readonly (readonly number[])[];
}

/** @param pair boxes of one class only */
export function rankImage({ truths, detections }: ImagePair): RankedImage {
  const ranked = bestFirst(detections).slice(0, maxDetectionsPerImage);
  return {
    truths,
    scores: ranked.map((d) => d.score),
    detectionAreasPx2: ranked.map((d) => area(d.boxPx)),
    overlaps: ranked.map((d) => truths.map((t) => overlap(d.boxPx, t))),
  };
}

/**
 * Pairs detections with truths as COCO does. Best score first, each detection takes the free truth that it overlaps
 * most (of equals the later one), at `threshold` or more. A truth that counts is preferred to one that does not,
 * however much more the latter is overlapped. A crowd may be taken again and again. A detection is ignored when its
 * truth does not count, or when it has no truth and its own area is out of range.
 *
 * Ref: `evaluateImg` of the COCO API describes the same rule. It marks a truth as taken by the number of its
 * annotation and so never sees annotation 0 as taken; here every truth can be taken.
 */
export function matchImage(image: RankedImage, range: AreaRange, thresholds: readonly number[]): ImageMatch {
  const counts = image.truths.map((t) => !t.crowd && !t.unmeasured && inRange(t.areaPx2, range));
  const order = [...counts.keys()].sort((a, b) => Number(counts[b]) - Number(counts[a]));
  return {
    scores: image.scores,
    outcomes: thresholds.map((threshold) => outcomesAt(image, range, threshold, counts, order)),
    truthCount: counts.filter(Boolean).length,
  };
}

function outcomesAt(
  image: RankedImage,
  range: AreaRange,
  threshold: number,
  counts: readonly boolean[],
  order: readonly number[],
): Outcome[] {
  const taken = new Set<number>();
  return image.overlaps.map((overlaps, detection) => {
    const truth = bestTruth(overlaps, threshold, order, counts, (t) => taken.has(t) && !image.truths[t]?.crowd);
    if (truth === null) return inRange(image.detectionAreasPx2[detection] ?? 0, range) ? 'miss' : 'ignored';
    taken.add(truth);
    return counts[truth] ? 'hit' : 'ignored';
  });
}

/** @param order truths that count first, so the search may stop at the first that does not once one was found */
function bestTruth(
  overlaps: readonly number[],
  threshold: number,
  order: readonly number[],
  counts: readonly boolean[],
  isTaken: (truth: number) => boolean,
): number | null {
  let best: number | null = null;
  let least = Math.min(threshold, 1 - 1e-10);
  for (const truth of order) {
    if (isTaken(truth)) continue;
    if (best !== null && counts[best] && !counts[truth]) break;
    const value = overlaps[truth] ?? 0;
    if (value < least) continue;
    least = value;
    best = truth;
  }
  return best;
}

function inRange(areaPx2: number, { minPx2, maxPx2 }: AreaRange): boolean {
  return areaPx2 >= minPx2 && areaPx2 <= maxPx2;
}
