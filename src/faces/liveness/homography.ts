/** Row by row, the last of the nine numbers free. */
export type Homography = Float64Array;

/**
 * The projective map of one plane onto another that brings points closest to others: a flat picture moves so, however it
 * is turned. By least squares on the direct linear equations, with both point sets moved to 0 and scaled to 1 first.
 * null for fewer than four points, points on a line, or numbers that are not finite.
 * Ref: Hartley, Zisserman: Multiple View Geometry, 2nd ed., 4.1 and 4.4; the last number is set to 1 after the scaling,
 * which leaves out only planes that are seen from their edge.
 *
 * @param from x, y pairs
 * @param to as many pairs
 */
export function homographyFromPoints(from: ArrayLike<number>, to: ArrayLike<number>): Homography | null {
  const count = from.length >> 1;
  const [a, b] = [scaledTo1(from), scaledTo1(to)];
  if (count < 4 || !a || !b) return null;
  const normal = Array.from({ length: 8 }, () => new Float64Array(9));
  for (let i = 0; i < count; i++) {
    const [x, y, u, v] = [at(a.xy, 2 * i), at(a.xy, 2 * i + 1), at(b.xy, 2 * i), at(b.xy, 2 * i + 1)];
    addEquation(normal, [x, y, 1, 0, 0, 0, -u * x, -u * y], u);
    addEquation(normal, [0, 0, 0, x, y, 1, -v * x, -v * y], v);
  }
  const solved = solve(normal);
  if (!solved) return null;
  // Back to the units of the points: away from `to`'s frame, after `from`'s.
  const inner = Float64Array.of(...solved, 1);
  const into = Float64Array.of(a.scale, 0, -a.scale * a.x, 0, a.scale, -a.scale * a.y, 0, 0, 1);
  const back = Float64Array.of(1 / b.scale, 0, b.x, 0, 1 / b.scale, b.y, 0, 0, 1);
  return multiplied(back, multiplied(inner, into));
}

/** Where the map takes a point. */
export function mapped(h: Homography, x: number, y: number): readonly [x: number, y: number] {
  const w = at(h, 6) * x + at(h, 7) * y + at(h, 8);
  return [(at(h, 0) * x + at(h, 1) * y + at(h, 2)) / w, (at(h, 3) * x + at(h, 4) * y + at(h, 5)) / w];
}

interface Scaled {
  readonly xy: Float64Array;
  readonly x: number;
  readonly y: number;
  readonly scale: number;
}

/** Points about 0 with a mean distance of the square root of 2 from it. */
function scaledTo1(points: ArrayLike<number>): Scaled | null {
  const count = points.length >> 1;
  let [x, y] = [0, 0];
  for (let i = 0; i < count; i++) {
    x += at(points, 2 * i) / count;
    y += at(points, 2 * i + 1) / count;
  }
  let mean = 0;
  for (let i = 0; i < count; i++) mean += Math.hypot(at(points, 2 * i) - x, at(points, 2 * i + 1) - y) / count;
  const scale = Math.SQRT2 / mean;
  if (!Number.isFinite(scale) || !(scale > 0)) return null;
  return { xy: Float64Array.from({ length: 2 * count }, (_, i) => (at(points, i) - (i % 2 === 0 ? x : y)) * scale), x, y, scale };
}

/** Adds one equation to the normal equations of the least squares. */
function addEquation(normal: readonly Float64Array[], row: readonly number[], value: number): void {
  for (const [i, sums] of normal.entries()) {
    for (let j = 0; j < 8; j++) sums[j] = at(sums, j) + at(row, i) * at(row, j);
    sums[8] = at(sums, 8) + at(row, i) * value;
  }
}

/** Gauss with pivots, on rows of a square and its right side. null where there is no single solution. */
function solve(rows: Float64Array[]): number[] | null {
  const size = rows.length;
  for (let column = 0; column < size; column++) {
    const pivot = rows.reduce((best, row, i) => (i >= column && Math.abs(at(row, column)) > Math.abs(at(rows[best] as Float64Array, column)) ? i : best), column);
    const [top, other] = [rows[pivot] as Float64Array, rows[column] as Float64Array];
    [rows[column], rows[pivot]] = [top, other];
    if (!(Math.abs(at(top, column)) > 1e-10)) return null;
    for (const row of rows) {
      if (row === top) continue;
      const factor = at(row, column) / at(top, column);
      for (let j = column; j <= size; j++) row[j] = at(row, j) - factor * at(top, j);
    }
  }
  return rows.map((row, i) => at(row, size) / at(row, i));
}

function multiplied(a: Float64Array, b: Float64Array): Float64Array {
  return Float64Array.from({ length: 9 }, (_, i) => {
    const [row, column] = [Math.floor(i / 3), i % 3];
    return at(a, 3 * row) * at(b, column) + at(a, 3 * row + 1) * at(b, 3 + column) + at(a, 3 * row + 2) * at(b, 6 + column);
  });
}

function at(list: ArrayLike<number>, index: number): number {
  return list[index] as number;
}
