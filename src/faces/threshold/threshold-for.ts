import type { Failure, Result } from '../../base/index.ts';
import { err, ok } from '../../base/index.ts';
import type { RateBasis } from './false-match-rate.ts';
import { tailOf, upperBoundOf } from './false-match-rate.ts';
import type { ImpostorDistances } from './impostor-distances.ts';
import { checkedImpostors } from './impostor-distances.ts';

/** From how far a face still passes, and why. */
export interface Threshold {
  readonly modelId: string;
  readonly distance: number;
  /** Share of strangers that may pass the whole gallery. */
  readonly target: number;
  /** Templates that a stranger is compared with. */
  readonly comparisons: number;
  /** What is left of the target for one of them. */
  readonly perComparison: number;
  readonly basis: RateBasis;
}

export type ThresholdFailure = Failure<'target-invalid' | 'target-out-of-reach' | 'impostors-invalid'>;

/**
 * The rate for one comparison at which a stranger passes any of so many with the target rate: 1 - (1 - target)^(1/n).
 * Example: 1 % for 100 templates leaves 0.01005 % for each.
 */
export function perComparisonRate(target: number, comparisons: number): number {
  return -Math.expm1(Math.log1p(-target) / comparisons);
}

/** The rate at which a stranger passes any of so many comparisons: 1 - (1 - rate)^n. */
export function galleryRate(perComparison: number, comparisons: number): number {
  return -Math.expm1(comparisons * Math.log1p(-perComparison));
}

/**
 * The largest distance whose false-match rate stays below the target with 95 % confidence, for a probe that is compared
 * with so many templates. It falls as the gallery grows.
 */
export function thresholdFor(target: number, comparisons: number, impostors: ImpostorDistances): Result<Threshold, ThresholdFailure> {
  if (!(target > 0 && target < 1)) return err('target-invalid', `target rate ${target}`);
  if (!(Number.isInteger(comparisons) && comparisons >= 1)) return err('target-invalid', `${comparisons} comparisons`);
  const checked = checkedImpostors(impostors);
  if (!checked.ok) return checked;
  const perComparison = perComparisonRate(target, comparisons);
  const common = { modelId: impostors.modelId, target, comparisons, perComparison };
  const reached = impostors.quantiles.findLast(({ rate }) => upperBoundOf(rate, impostors.comparisons) <= perComparison);
  if (reached) return ok({ ...common, distance: reached.distance, basis: 'measured' });
  const tail = tailOf(impostors);
  const distance = tail.distance - (tail.logRate - Math.log(perComparison)) / tail.slope;
  if (!(distance > 0)) return err('target-out-of-reach', `1 in ${Math.round(1 / perComparison)} cannot be told from ${impostors.comparisons} comparisons`);
  return ok({ ...common, distance, basis: 'extrapolated' });
}
