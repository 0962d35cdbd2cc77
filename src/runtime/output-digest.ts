/** What is kept of one output of a network, to judge it and to tell it from the next. */
export interface OutputDigest {
  /** False when a number of it is NaN or infinite: then it must not be decoded. */
  readonly finite: boolean;
  /** An array of it, of two numbers at least, holds one number over and over, as one that was never written. */
  readonly flat: boolean;
  /** Of all its numbers. Two outputs with one sum are the same, but for a rare chance. */
  readonly sum: number;
}

/**
 * Looks at numbers that were read back anyway. One pass does it: no sum of floats reaches the end of the doubles, so that
 * the sum is finite exactly where every number is.
 */
export function digestOf(arrays: readonly Float32Array[]): OutputDigest {
  let sum = 0;
  for (const data of arrays) sum += sumOf(data);
  return { finite: Number.isFinite(sum), flat: arrays.some(isFlat), sum };
}

/** Counted by index: an iterator over a million numbers takes twenty times as long. */
function sumOf(data: Float32Array): number {
  const { length } = data;
  let sum = 0;
  for (let i = 0; i < length; i++) sum += data[i] as number;
  return sum;
}

/** Ends at the first number that is another, which mostly is the second. */
function isFlat(data: Float32Array): boolean {
  const { length } = data;
  const [first] = data;
  for (let i = 1; i < length; i++) if (data[i] !== first) return false;
  return length > 1;
}
