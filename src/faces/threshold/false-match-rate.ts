import type { ImpostorDistances } from './impostor-distances.ts';
import { upperRateBound } from './rate-bound.ts';

/** `measured`: that many comparisons were made. `extrapolated`: the tail was drawn out beyond them. */
export type RateBasis = 'measured' | 'extrapolated';

/** The end of what was measured: a distance, the natural logarithm of the rate's upper bound there, and how fast it rises. */
export interface Tail {
  readonly distance: number;
  readonly logRate: number;
  readonly slope: number;
}

/**
 * The tail is drawn out along a straight line of ln(rate) over the lowest tenfold. Distances between different people
 * thin out faster than that (ln of a normal tail is concave), so the line says a higher rate than there is.
 */
export function tailOf({ quantiles, comparisons }: ImpostorDistances): Tail {
  const first = quantiles[0] ?? { rate: 1, distance: 0 };
  const other = quantiles.slice(1).find(({ rate }) => rate >= 10 * first.rate) ?? quantiles.at(-1) ?? first;
  return { distance: first.distance, logRate: Math.log(upperBoundOf(first.rate, comparisons)), slope: Math.log(other.rate / first.rate) / (other.distance - first.distance) };
}

export function upperBoundOf(rate: number, comparisons: number): number {
  return upperRateBound(Math.round(rate * comparisons), comparisons);
}

/**
 * Of how many strangers one would pass at this distance: an upper bound with 95 % confidence for one comparison. It never
 * falls as the distance grows. Not finite distances have rate 1: whoever asks gets the worst.
 */
export function falseMatchRate(distance: number, impostors: ImpostorDistances): { readonly rate: number; readonly basis: RateBasis } {
  const { quantiles, comparisons } = impostors;
  if (Number.isNaN(distance)) return { rate: 1, basis: 'measured' };
  const tail = tailOf(impostors);
  if (distance < tail.distance) return { rate: Math.exp(tail.logRate - (tail.distance - Math.max(0, distance)) * tail.slope), basis: 'extrapolated' };
  // The next quantile is the first one that surely covers the distance.
  const cover = quantiles.find((quantile) => quantile.distance >= distance);
  return { rate: cover ? upperBoundOf(cover.rate, comparisons) : 1, basis: 'measured' };
}
