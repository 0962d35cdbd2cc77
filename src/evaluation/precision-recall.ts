import type { RawCurve } from './accumulate.ts';
import { interpolate, rawCurve } from './accumulate.ts';
import { areaRanges, maxDetectionsPerImage } from './coco-protocol.ts';
import { matchImage, rankImage } from './match.ts';
import { splitByClass } from './split-by-class.ts';
import type { ImagePair } from './types.ts';

export interface PrecisionRecall extends RawCurve {
  /** Mean of the precision at 101 recall points, 0..1. */
  readonly averagePrecision: number;
}

/**
 * The precision-recall curve of one class at one IoU threshold: a point per detection, best first, as measured
 * (not smoothed); ignored detections repeat the point before them.
 *
 * @param iouThreshold 0..1
 * @returns null when the class is nowhere marked
 */
export function precisionRecall(images: readonly ImagePair[], classId: number, iouThreshold: number): PrecisionRecall | null {
  const pairs = splitByClass(images).get(classId) ?? [];
  const matches = pairs.map((pair) => matchImage(rankImage(pair), areaRanges.all, [iouThreshold]));
  const curve = rawCurve(matches, 0, maxDetectionsPerImage);
  if (!curve) return null;
  const { precision } = interpolate(curve);
  return { ...curve, averagePrecision: precision.reduce((sum, p) => sum + p, 0) / precision.length };
}
