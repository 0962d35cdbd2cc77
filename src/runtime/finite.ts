/** Whether every number of a network output is finite: one branch-free pass, since x * 0 is NaN exactly for NaN and infinities. */
export function allFinite(data: Float32Array): boolean {
  let sum = 0;
  for (const value of data) sum += value * 0;
  return sum === 0;
}
