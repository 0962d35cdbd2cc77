import type { BoxXyxy } from '../../geometry/index.ts';
import { toCxcywh, toXyxy } from '../../geometry/index.ts';
import type { PointList } from '../../landmarks/index.ts';

/** The box around the points that are no guess, in 0..1 of the frame; null where there are none. */
export function boundsOf({ xy, scores }: PointList, lowestScore: number): BoxXyxy | null {
  let [x1, y1, x2, y2] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i < scores.length; i++) {
    if ((scores[i] as number) < lowestScore) continue;
    const [x, y] = [xy[2 * i] as number, xy[2 * i + 1] as number];
    [x1, y1, x2, y2] = [Math.min(x1, x), Math.min(y1, y), Math.max(x2, x), Math.max(y2, y)];
  }
  return x2 > x1 && y2 > y1 ? { x1, y1, x2, y2 } : null;
}

/** The points moved as the box around them has moved. */
export function movedPoints(points: PointList, from: BoxXyxy, to: BoxXyxy): PointList {
  const [a, b] = [toCxcywh(from), toCxcywh(to)];
  const [sx, sy] = [ratio(b.w, a.w), ratio(b.h, a.h)];
  const xy = points.xy.map((value, i) => (i % 2 === 0 ? (value - a.cx) * sx + b.cx : (value - a.cy) * sy + b.cy));
  return { ...points, xy, z: points.z?.map((depth) => depth * sx) ?? null, inside: insideOf(xy) };
}

/** 1 for each point in the frame. */
export function insideOf(xy: Float32Array): Uint8Array {
  const inside = new Uint8Array(xy.length / 2);
  for (let i = 0; i < inside.length; i++) {
    const [x, y] = [xy[2 * i] as number, xy[2 * i + 1] as number];
    inside[i] = x >= 0 && x <= 1 && y >= 0 && y <= 1 ? 1 : 0;
  }
  return inside;
}

/**
 * How a detector's box lies about the bounds of the points: shifts and sizes in those of the bounds. Points give another
 * box than the detector (a mesh ends at the brow), and with this the box does not jump when they take turns.
 */
export interface BoxRelation {
  readonly dx: number;
  readonly dy: number;
  readonly sx: number;
  readonly sy: number;
}

export function relationOf(bounds: BoxXyxy, box: BoxXyxy): BoxRelation {
  const [a, b] = [toCxcywh(bounds), toCxcywh(box)];
  return { dx: ratio(b.cx - a.cx, a.w), dy: ratio(b.cy - a.cy, a.h), sx: ratio(b.w, a.w), sy: ratio(b.h, a.h) };
}

/** The box that a detector would give around these bounds. */
export function boxAbout(bounds: BoxXyxy, { dx, dy, sx, sy }: BoxRelation): BoxXyxy {
  const { cx, cy, w, h } = toCxcywh(bounds);
  return toXyxy({ cx: cx + dx * w, cy: cy + dy * h, w: w * sx, h: h * sy });
}

function ratio(part: number, whole: number): number {
  return whole > 0 ? part / whole : 1;
}
