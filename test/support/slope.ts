/** A line through points by least squares. */
export interface Slope {
  /** Change of y for each unit of x. */
  readonly perUnit: number;
  /** Its standard error. */
  readonly error: number;
}

/** Throws RangeError for fewer than three points, or when all have one x. */
export function slopeOf(points: readonly (readonly [x: number, y: number])[]): Slope {
  const count = points.length;
  const meanX = points.reduce((sum, [x]) => sum + x, 0) / count;
  const meanY = points.reduce((sum, [, y]) => sum + y, 0) / count;
  const spread = points.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
  if (count < 3 || spread === 0) throw new RangeError('a slope needs three points at different places');
  const perUnit = points.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0) / spread;
  const rest = points.reduce((sum, [x, y]) => sum + (y - meanY - perUnit * (x - meanX)) ** 2, 0);
  return { perUnit, error: Math.sqrt(rest / (count - 2) / spread) };
}
