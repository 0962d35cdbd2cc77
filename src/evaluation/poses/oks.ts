import type { BoxXyxy, Point } from '../../geometry/index.ts';
import type { TruthPose } from './pose-types.ts';

/**
 * How surely people place each of COCO's 17 key points: the standard deviation as a share of the object's scale.
 * Ref: keypoint evaluation page of cocodataset.org.
 */
export const cocoSigmas: readonly number[] = [
  0.026, 0.025, 0.025, 0.035, 0.035, 0.079, 0.079, 0.072, 0.072, 0.062, 0.062, 0.107, 0.107, 0.087, 0.087, 0.089, 0.089,
];

/**
 * Object keypoint similarity, 0..1: over the marked points the mean of exp(-d² / (2 s² k²)) with d the distance in
 * pixels, s² the area of the truth and k twice the sigma of the point. Example: all points in place give 1; all off by
 * k·s give exp(-1/2) = 0.607.
 *
 * A truth without a marked point (a crowd, as a rule) measures how far the points lie outside of its box grown to three
 * times its size.
 *
 * Ref: keypoint evaluation page of cocodataset.org; `computeOks` of the COCO API.
 *
 * @param foundPx one point for each sigma
 */
export function oks(foundPx: readonly Point[], truth: TruthPose, sigmas: readonly number[] = cocoSigmas): number {
  if (foundPx.length !== sigmas.length || truth.points.length !== sigmas.length) {
    throw new RangeError(`expected ${sigmas.length} points, got ${foundPx.length} found and ${truth.points.length} marked`);
  }
  const anyMarked = truth.points.some((point) => point !== null);
  const places = anyMarked ? truth.points : foundPx.map((point) => nearestIn(truth.boxPx, point));
  let sum = 0;
  let count = 0;
  for (const [i, place] of places.entries()) {
    const point = foundPx[i];
    const sigma = sigmas[i];
    if (!place || !point || sigma === undefined) continue;
    const squaredPx = (point.x - place.x) ** 2 + (point.y - place.y) ** 2;
    sum += Math.exp(-squaredPx / (2 * sigma) ** 2 / (truth.areaPx2 + Number.EPSILON) / 2);
    count++;
  }
  return sum / count;
}

/** The place nearest to a point in a box grown by its width and height on each side. */
function nearestIn({ x1, y1, x2, y2 }: BoxXyxy, { x, y }: Point): Point {
  const [w, h] = [x2 - x1, y2 - y1];
  return { x: clamp(x, x1 - w, x2 + w), y: clamp(y, y1 - h, y2 + h) };
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}
