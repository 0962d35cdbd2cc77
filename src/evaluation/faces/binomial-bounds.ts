/** What either side leaves out of 95 %. */
const tail = 0.025;

/** Halvings of 0..1: as many as a double can tell apart. */
const halvings = 52;

/**
 * Between which rates `hits` of `trials` lie with 95 % confidence, exact for any number of trials; 0..1 without trials.
 * Example: 10 of 10 show a rate of 0.692 at least, 990 of 1,000 one of 0.982 to 0.995.
 * Ref: Clopper, Pearson: The use of confidence or fiducial limits, Biometrika 1934.
 */
export function binomialBounds(hits: number, trials: number): { readonly atLeast: number; readonly atMost: number } {
  const fits = Number.isInteger(hits) && Number.isInteger(trials) && hits >= 0 && hits <= trials;
  if (!fits) throw new RangeError(`${hits} hits of ${trials} trials`);
  const logWays = logBinomials(trials);
  return {
    // The lowest rate that still gives so many hits or more once in 40 times.
    atLeast: hits === 0 ? 0 : crossing((rate) => 1 - atMostHits(hits - 1, rate, logWays) > tail),
    atMost: hits === trials ? 1 : crossing((rate) => atMostHits(hits, rate, logWays) < tail),
  };
}

/** Where a condition of the rate that is false at 0 and true at 1 turns. */
function crossing(isBeyond: (rate: number) => boolean): number {
  let [low, high] = [0, 1];
  for (let i = 0; i < halvings; i++) {
    const middle = (low + high) / 2;
    if (isBeyond(middle)) high = middle;
    else low = middle;
  }
  return (low + high) / 2;
}

/** Chance of so many hits or fewer. */
function atMostHits(hits: number, rate: number, logWays: Float64Array): number {
  const trials = logWays.length - 1;
  const [logHit, logMiss] = [Math.log(rate), Math.log1p(-rate)];
  let chance = 0;
  for (let k = 0; k <= hits; k++) chance += Math.exp((logWays[k] as number) + k * logHit + (trials - k) * logMiss);
  return Math.min(1, chance);
}

/** ln of the number of ways to draw k of n, for every k. */
function logBinomials(trials: number): Float64Array {
  const out = new Float64Array(trials + 1);
  for (let k = 1; k <= trials; k++) out[k] = (out[k - 1] as number) + Math.log((trials - k + 1) / k);
  return out;
}
