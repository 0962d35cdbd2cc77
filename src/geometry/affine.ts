import type { BoxXyxy, Point } from './types.ts';

/**
 * A 2x3 affine map, in the order of canvas `setTransform`: x' = a x + c y + e, y' = b x + d y + f.
 * Always maps source pixels to target pixels unless a name says otherwise.
 */
export interface Affine {
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly d: number;
  readonly e: number;
  readonly f: number;
}

export const identityAffine: Affine = { a: 1, b: 0, c: 0, d: 1, e: 0, f: 0 };

/** Scale then shift: (x, y) -> (sx x + tx, sy y + ty). */
export function scaleShift(sx: number, sy: number, tx: number, ty: number): Affine {
  return { a: sx, b: 0, c: 0, d: sy, e: tx, f: ty };
}

/** The map that does `first`, then `second`. */
export function compose(first: Affine, second: Affine): Affine {
  return {
    a: second.a * first.a + second.c * first.b,
    b: second.b * first.a + second.d * first.b,
    c: second.a * first.c + second.c * first.d,
    d: second.b * first.c + second.d * first.d,
    e: second.a * first.e + second.c * first.f + second.e,
    f: second.b * first.e + second.d * first.f + second.f,
  };
}

/** The inverse map. Throws RangeError for a map that flattens the plane: that is a bug of the caller. */
export function invert(m: Affine): Affine {
  const det = m.a * m.d - m.b * m.c;
  if (!Number.isFinite(det) || det === 0) throw new RangeError('affine map has no inverse');
  return {
    a: m.d / det,
    b: -m.b / det,
    c: -m.c / det,
    d: m.a / det,
    e: (m.c * m.f - m.d * m.e) / det,
    f: (m.b * m.e - m.a * m.f) / det,
  };
}

export function applyToPoint(m: Affine, p: Point): Point {
  return { x: m.a * p.x + m.c * p.y + m.e, y: m.b * p.x + m.d * p.y + m.f };
}

/** The upright box around the mapped corners of a box. */
export function applyToBox(m: Affine, box: BoxXyxy): BoxXyxy {
  const corners = [
    applyToPoint(m, { x: box.x1, y: box.y1 }),
    applyToPoint(m, { x: box.x2, y: box.y1 }),
    applyToPoint(m, { x: box.x1, y: box.y2 }),
    applyToPoint(m, { x: box.x2, y: box.y2 }),
  ];
  const xs = corners.map((p) => p.x);
  const ys = corners.map((p) => p.y);
  return { x1: Math.min(...xs), y1: Math.min(...ys), x2: Math.max(...xs), y2: Math.max(...ys) };
}
