import type { InputFit } from './letterbox.ts';
import type { Point, Size } from './types.ts';

/** A turned rectangle in frame pixels: what a crop is cut from. It may reach over the frame's border. */
export interface Region {
  readonly centrePx: Point;
  /** Width and height before the turn. */
  readonly sizePx: Size;
  /** Turn about the centre in radians, positive clockwise in the picture: the region's x axis points to (cos, sin). */
  readonly angleRad: number;
}

/**
 * The fit that stands a region upright in an input of any size, or shows it mirrored left to right.
 * Example: a region of 100x50 at (200, 100) turned by a quarter, in 100x50: the frame's (200, 50) is at its left border's
 * middle (0, 25), and (200, 150) at its right one.
 */
export function fitOfRegion({ centrePx, sizePx, angleRad }: Region, input: Size, mirrored = false): InputFit {
  const sx = ((mirrored ? -1 : 1) * input.width) / sizePx.width;
  const sy = input.height / sizePx.height;
  const cos = Math.cos(angleRad);
  const sin = Math.sin(angleRad);
  const [a, b, c, d] = [sx * cos, -sy * sin, sx * sin, sy * cos];
  return {
    input,
    frameToInput: {
      a,
      b,
      c,
      d,
      e: input.width / 2 - a * centrePx.x - c * centrePx.y,
      f: input.height / 2 - b * centrePx.x - d * centrePx.y,
    },
  };
}

/**
 * The smallest region at a given turn around the points.
 * Example: (0, 0) and (3, 4) at the turn of their own direction have a region of 5x0 at (1.5, 2).
 *
 * @param xyPx x, y pairs; at least one
 */
export function regionAround(xyPx: ArrayLike<number>, angleRad: number): Region {
  const cos = Math.cos(angleRad);
  const sin = Math.sin(angleRad);
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let i = 0; i + 1 < xyPx.length; i += 2) {
    const [x, y] = [xyPx[i] as number, xyPx[i + 1] as number];
    const along = x * cos + y * sin;
    const across = y * cos - x * sin;
    left = Math.min(left, along);
    right = Math.max(right, along);
    top = Math.min(top, across);
    bottom = Math.max(bottom, across);
  }
  if (left > right) throw new RangeError('a region needs a point');
  const [along, across] = [(left + right) / 2, (top + bottom) / 2];
  return {
    centrePx: { x: along * cos - across * sin, y: along * sin + across * cos },
    sizePx: { width: right - left, height: bottom - top },
    angleRad,
  };
}
