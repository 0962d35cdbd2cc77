import type { Affine } from './affine.ts';

/**
 * The similarity (turn, even scale, shift; no mirroring) that brings points closest to others by least squares; null for
 * points that are all one, or numbers that are not finite.
 * Example: (0, 0), (1, 0) to (2, 2), (2, 4) is a quarter turn clockwise in the picture, twice as large.
 * Ref: Umeyama: Least-squares estimation of transformation parameters between two point patterns, PAMI 1991, in 2D.
 *
 * @param from x, y pairs
 * @param to as many pairs
 */
export function similarityFromPoints(from: ArrayLike<number>, to: ArrayLike<number>): Affine | null {
  const [fx, fy] = meanOf(from);
  const [tx, ty] = meanOf(to);
  let [dot, cross, spread] = [0, 0, 0];
  for (let i = 0; i + 1 < from.length; i += 2) {
    const [x, y] = [at(from, i) - fx, at(from, i + 1) - fy];
    const [u, v] = [at(to, i) - tx, at(to, i + 1) - ty];
    dot += x * u + y * v;
    cross += x * v - y * u;
    spread += x * x + y * y;
  }
  const [a, b] = [dot / spread, cross / spread];
  if (!Number.isFinite(a) || !Number.isFinite(b) || (a === 0 && b === 0)) return null;
  return { a, b, c: -b, d: a, e: tx - a * fx + b * fy, f: ty - b * fx - a * fy };
}

/**
 * The affine map that brings points closest to others by least squares; null for points that lie on one line, or numbers
 * that are not finite.
 *
 * @param from x, y pairs, three at least
 * @param to as many pairs
 */
export function affineFromPoints(from: ArrayLike<number>, to: ArrayLike<number>): Affine | null {
  const [fx, fy] = meanOf(from);
  const [tx, ty] = meanOf(to);
  let [xx, xy, yy, ux, uy, vx, vy] = [0, 0, 0, 0, 0, 0, 0];
  for (let i = 0; i + 1 < from.length; i += 2) {
    const [x, y] = [at(from, i) - fx, at(from, i + 1) - fy];
    const [u, v] = [at(to, i) - tx, at(to, i + 1) - ty];
    xx += x * x;
    xy += x * y;
    yy += y * y;
    ux += u * x;
    uy += u * y;
    vx += v * x;
    vy += v * y;
  }
  const det = xx * yy - xy * xy;
  if (!(det > 1e-12 * xx * yy)) return null;
  const [a, c] = [(ux * yy - uy * xy) / det, (uy * xx - ux * xy) / det];
  const [b, d] = [(vx * yy - vy * xy) / det, (vy * xx - vx * xy) / det];
  return [a, b, c, d].every(Number.isFinite) ? { a, b, c, d, e: tx - a * fx - c * fy, f: ty - b * fx - d * fy } : null;
}

function at(list: ArrayLike<number>, index: number): number {
  return list[index] as number;
}

function meanOf(xy: ArrayLike<number>): readonly [x: number, y: number] {
  const count = xy.length >> 1;
  let [x, y] = [0, 0];
  for (let i = 0; i < count; i++) {
    x += at(xy, 2 * i);
    y += at(xy, 2 * i + 1);
  }
  return [x / count, y / count];
}
