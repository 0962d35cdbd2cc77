export function logistic(t: number): number {
  return 1 / (1 + Math.exp(-t));
}

/**
 * The raw number at which the logistic function reaches `p`, a hair lower so that rounding drops nothing: raw numbers
 * are compared with it before any exponential is taken. Example: 0.5 gives 0, 0 gives -Infinity.
 */
export function logitCut(p: number): number {
  if (p <= 0) return -Infinity;
  // From here on the function is 1 in double precision.
  const saturated = 36;
  return p >= 1 ? saturated : Math.min(Math.log(p / (1 - p)), saturated) - 1e-6;
}
