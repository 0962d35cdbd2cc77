import type { ClassScore } from '../accumulate.ts';
import { interpolate, rawCurve } from '../accumulate.ts';
import { bestFirst } from '../best-first.ts';
import { areaRanges, iouThresholds } from '../coco-protocol.ts';
import type { RankedImage } from '../match.ts';
import { matchImage } from '../match.ts';
import { oks } from './oks.ts';
import type { PosePair, ScoredPose } from './pose-types.ts';

/** COCO's ten numbers for key points, each 0..1, or -1 where there is nothing to measure. */
export interface PoseSummary {
  /** Average precision over OKS 0.50 to 0.95. */
  readonly AP: number;
  readonly AP50: number;
  readonly AP75: number;
  /** Persons of 32x32 to 96x96 px. */
  readonly APm: number;
  /** Persons from 96x96 px. */
  readonly APl: number;
  /** Average recall with 20 bodies per image. */
  readonly AR: number;
  readonly AR50: number;
  readonly AR75: number;
  readonly ARm: number;
  readonly ARl: number;
}

/** Most bodies that are looked at in one image. */
const maxBodiesPerImage = 20;

/** Position of 0.50 and 0.75 in the list of thresholds. */
const at50 = 0;
const at75 = 5;

/**
 * COCO's key point evaluation: OKS 0.50 to 0.95 in steps of 0.05, 101 recall points, the 20 best bodies of an image,
 * crowds and persons without a marked point ignored.
 *
 * Ref: Lin et al., Microsoft COCO, 2014; keypoint evaluation page of cocodataset.org.
 *
 * @param images in the order in which ties between images are settled (COCO: by ascending id)
 */
export function evaluatePoses(images: readonly PosePair[]): PoseSummary {
  const ranked = images.map(rankPoses);
  const all = scoresIn(ranked, 'all');
  const medium = scoresIn(ranked, 'medium');
  const large = scoresIn(ranked, 'large');
  return {
    AP: precision(all),
    AP50: precision(all.slice(at50, at50 + 1)),
    AP75: precision(all.slice(at75, at75 + 1)),
    APm: precision(medium),
    APl: precision(large),
    AR: recall(all),
    AR50: recall(all.slice(at50, at50 + 1)),
    AR75: recall(all.slice(at75, at75 + 1)),
    ARm: recall(medium),
    ARl: recall(large),
  };
}

function rankPoses({ truths, found }: PosePair): RankedImage {
  const ranked = bestFirst(found).slice(0, maxBodiesPerImage);
  return {
    truths: truths.map((truth) => ({ ...truth, unmeasured: truth.points.every((point) => point === null) })),
    scores: ranked.map(({ score }) => score),
    detectionAreasPx2: ranked.map(areaOfPoints),
    overlaps: ranked.map(({ pointsPx }) => truths.map((truth) => oks(pointsPx, truth))),
  };
}

/** Of the box around all points: what decides whether a body that belongs to nobody counts in a range of sizes. */
function areaOfPoints({ pointsPx }: ScoredPose): number {
  const [xs, ys] = [pointsPx.map(({ x }) => x), pointsPx.map(({ y }) => y)];
  return (Math.max(...xs) - Math.min(...xs)) * (Math.max(...ys) - Math.min(...ys));
}

/** A score per threshold; empty where no truth of this size counts. */
function scoresIn(ranked: readonly RankedImage[], size: 'all' | 'medium' | 'large'): readonly ClassScore[] {
  const matches = ranked.map((image) => matchImage(image, areaRanges[size], iouThresholds));
  return iouThresholds.flatMap((_, threshold) => {
    const curve = rawCurve(matches, threshold, maxBodiesPerImage);
    return curve ? [interpolate(curve)] : [];
  });
}

function precision(scores: readonly ClassScore[]): number {
  return meanOrNothing(scores.flatMap((score) => score.precision));
}

function recall(scores: readonly ClassScore[]): number {
  return meanOrNothing(scores.map((score) => score.recall));
}

function meanOrNothing(values: readonly number[]): number {
  return values.length === 0 ? -1 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
