import type { ClassScore } from './accumulate.ts';
import { interpolate, rawCurve } from './accumulate.ts';
import type { SliceName } from './coco-protocol.ts';
import { areaRanges, iouThresholds, sliceNames, slices } from './coco-protocol.ts';
import type { ImageMatch } from './match.ts';
import { matchImage, rankImage } from './match.ts';
import { splitByClass } from './split-by-class.ts';
import type { ImagePair } from './types.ts';

/** How one class did. */
export interface ClassEvaluation {
  readonly classId: number;
  /** Per slice, per IoU threshold; null where the slice holds no truth of this class. */
  readonly slices: Readonly<Record<SliceName, readonly ClassScore[] | null>>;
}

/**
 * COCO's detection evaluation: IoU 0.50 to 0.95 in steps of 0.05, 101 recall points, area ranges, 1, 10 and 100
 * detections per image and class, crowds ignored.
 *
 * @param images in the order in which ties between images are settled (COCO: by ascending id)
 * @returns the classes that have a truth, by ascending id; a class without one cannot be measured
 */
export function evaluateDetections(images: readonly ImagePair[]): readonly ClassEvaluation[] {
  return [...splitByClass(images)].map(([classId, pairs]) => evaluateClass(classId, pairs));
}

function evaluateClass(classId: number, pairs: readonly ImagePair[]): ClassEvaluation {
  const ranked = pairs.map(rankImage);
  const matchesIn = (area: keyof typeof areaRanges): ImageMatch[] =>
    ranked.map((image) => matchImage(image, areaRanges[area], iouThresholds));
  const byArea = { all: matchesIn('all'), small: matchesIn('small'), medium: matchesIn('medium'), large: matchesIn('large') };
  const scores = sliceNames.map((name) => {
    const { area, maxDetections } = slices[name];
    return [name, scoreSlice(byArea[area], maxDetections)] as const;
  });
  return { classId, slices: Object.fromEntries(scores) as ClassEvaluation['slices'] };
}

function scoreSlice(matches: readonly ImageMatch[], maxDetections: number): readonly ClassScore[] | null {
  const scores: ClassScore[] = [];
  for (const threshold of iouThresholds.keys()) {
    const curve = rawCurve(matches, threshold, maxDetections);
    if (!curve) return null;
    scores.push(interpolate(curve));
  }
  return scores;
}
