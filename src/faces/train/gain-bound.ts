/** One-sided 95 % of Student's distribution for 1 to 9 degrees of freedom. */
const student = [6.314, 2.92, 2.353, 2.132, 2.015, 1.943, 1.895, 1.86, 1.833] as const;

/**
 * The gain that is there with 95 % confidence, from the gains on the parts of a cross-validation. The parts share most of
 * what they were trained on, so their spread alone says too little: it is widened by the share of the part.
 * -Infinity for fewer than two parts or more than ten.
 * Ref: Nadeau, Bengio: Inference for the Generalization Error, Machine Learning 2003, the corrected resampled t-test.
 */
export function lowerGainBound(gains: readonly number[]): number {
  const count = gains.length;
  const t = student[count - 2];
  if (t === undefined || !gains.every(Number.isFinite)) return -Infinity;
  const mean = gains.reduce((sum, gain) => sum + gain, 0) / count;
  const variance = gains.reduce((sum, gain) => sum + (gain - mean) ** 2, 0) / (count - 1);
  return mean - t * Math.sqrt(variance * (1 / count + 1 / (count - 1)));
}
