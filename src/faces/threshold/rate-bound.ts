/** One-sided 95 %. */
const z = 1.6448536269514722;
const doubt = 0.05;

/**
 * The rate that `hits` of `trials` do not exceed with 95 % confidence; 1 without trials.
 * Example: none of 3,000 shows a rate of at most 0.000998, the "rule of three": 3 / 3,000.
 * Ref: Wilson: Probable inference, the law of succession, and statistical inference, JASA 1927, one-sided; with no hits
 * the exact binomial bound 1 - 0.05^(1/n), see Hanley, Lippman-Hand: If nothing goes wrong, is everything all right?, JAMA 1983.
 */
export function upperRateBound(hits: number, trials: number): number {
  if (!(trials > 0) || !(hits >= 0)) return 1;
  if (hits === 0) return -Math.expm1(Math.log(doubt) / trials);
  const rate = Math.min(1, hits / trials);
  const middle = rate + (z * z) / (2 * trials);
  const half = z * Math.sqrt((rate * (1 - rate)) / trials + (z * z) / (4 * trials * trials));
  return Math.min(1, (middle + half) / (1 + (z * z) / trials));
}

/** The rate that `hits` of `trials` reach at least, with 95 % confidence; 0 without trials. */
export function lowerRateBound(hits: number, trials: number): number {
  return trials > 0 && hits >= 0 && hits <= trials ? 1 - upperRateBound(trials - hits, trials) : 0;
}
