import type { Point } from '../../geometry/index.ts';
import { landmarkCount } from './landmark-types.ts';

/** Outer corner of the eye to the left and to the right in the picture. */
const outerEyeCorners = [36, 45] as const;

/**
 * Normalised mean error: the mean distance of the 68 points from their places as a share of the distance of the outer
 * eye corners of the truth. Example: every point off by 3 px in a face with the corners 100 px apart gives 0.03.
 * Infinite where the truth's corners coincide.
 *
 * Ref: Sagonas et al., 300 Faces in-the-Wild Challenge: Database and results, 2016.
 */
export function normalizedMeanError(foundPx: readonly Point[], truthPx: readonly Point[]): number {
  if (foundPx.length !== landmarkCount || truthPx.length !== landmarkCount) {
    throw new RangeError(`expected ${landmarkCount} points, got ${foundPx.length} found and ${truthPx.length} marked`);
  }
  const [left, right] = outerEyeCorners.map((i) => truthPx[i] ?? nowhere) as [Point, Point];
  const sum = truthPx.reduce((total, place, i) => total + distance(foundPx[i] ?? nowhere, place), 0);
  const betweenEyesPx = distance(left, right);
  return betweenEyesPx > 0 ? sum / landmarkCount / betweenEyesPx : Infinity;
}

const nowhere: Point = { x: NaN, y: NaN };

function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}
