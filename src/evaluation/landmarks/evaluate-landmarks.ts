import type { FacePair } from './landmark-types.ts';
import { matchFaces } from './match-faces.ts';
import { normalizedMeanError } from './nme.ts';

export interface LandmarkSummary {
  /** Mean over the faces that were found; null when there are none. */
  readonly NME: number | null;
  readonly medianNME: number | null;
  /** Share of the marked faces whose error is over 0.08 or that were not found; null when none is marked. */
  readonly failureRate: number | null;
  /** Area under the share of faces below each error from 0 to 0.08, 0..1; a face not found is below none. */
  readonly AUC: number | null;
  /** Marked faces. */
  readonly faces: number;
  readonly found: number;
  readonly notFound: number;
  /** Found where no face is marked; part of no other number. */
  readonly extra: number;
}

/** An error above this is a failure. */
const failureAt = 0.08;

/** The error of each marked face, in the order of the labels; null where it was not found. */
export function landmarkErrors(images: readonly FacePair[]): readonly (number | null)[] {
  return images.flatMap((image) => matchFaces(image).faces.map(({ truthPx, foundPx }) => (foundPx ? normalizedMeanError(foundPx, truthPx) : null)));
}

/**
 * How well the 68 points of faces were found. The mean error leaves out faces that were not found, so it is read
 * together with the failure rate, which does not.
 *
 * Ref: Sagonas et al., 300 Faces in-the-Wild Challenge: Database and results, 2016 (error, cumulative distribution).
 */
export function evaluateLandmarks(images: readonly FacePair[]): LandmarkSummary {
  const all = landmarkErrors(images);
  const errors = all.filter((error) => error !== null).sort((a, b) => a - b);
  const good = errors.filter((error) => error <= failureAt);
  const share = (count: number): number | null => (all.length > 0 ? count / all.length : null);
  return {
    NME: errors.length > 0 ? sum(errors) / errors.length : null,
    medianNME: middle(errors),
    failureRate: share(all.length - good.length),
    AUC: share(sum(good.map((error) => 1 - error / failureAt))),
    faces: all.length,
    found: errors.length,
    notFound: all.length - errors.length,
    extra: images.reduce((total, image) => total + matchFaces(image).extra, 0),
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** Of an ascending list. */
function middle(sorted: readonly number[]): number | null {
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.floor((sorted.length - 1) / 2)];
  return upper === undefined || lower === undefined ? null : (lower + upper) / 2;
}
