/**
 * How far, in the unit of the sides, both corners of a box may be off so that it still overlaps the true box by
 * `minIou`. Three cases bound it: one corner in and one out by r, both in, both out. Each is a quadratic in r.
 * Example: a 10x10 box with IoU 0.7 gives 0.82, the case of both corners in.
 * Ref: Law and Deng, CornerNet, arXiv:1808.01244, section 3.2. (Its published code divides by 2 in place of 2a.)
 *
 * @param minIou 0 < minIou < 1
 */
export function gaussianRadius(width: number, height: number, minIou: number): number {
  const sum = width + height;
  const area = width * height;
  const shifted = smallerRoot(1, -sum, (area * (1 - minIou)) / (1 + minIou));
  const shrunk = smallerRoot(4, -2 * sum, area * (1 - minIou));
  const grown = (-2 * minIou * sum + Math.sqrt((2 * minIou * sum) ** 2 + 16 * minIou * (1 - minIou) * area)) / (8 * minIou);
  return Math.max(0, Math.min(shifted, shrunk, grown));
}

/** Of a r^2 + b r + c = 0 with real roots and a > 0. */
function smallerRoot(a: number, b: number, c: number): number {
  return (-b - Math.sqrt(Math.max(0, b * b - 4 * a * c))) / (2 * a);
}
