import type { InputFit, Size } from '../../geometry/index.ts';
import { invert } from '../../geometry/index.ts';
import type { CropPoints } from '../decode/crop-points.ts';
import type { PointList } from './point-list.ts';

/** Points of a crop, in 0..1 of the frame that it was cut from. Depth keeps the scale of x. */
export function pointsInFrame({ xy, z, scores }: CropPoints, { frameToInput }: InputFit, frame: Size): PointList {
  const { a, b, c, d, e, f } = invert(frameToInput);
  const out = new Float32Array(xy.length);
  for (let i = 0; i < xy.length; i += 2) {
    const [x, y] = [xy[i] as number, xy[i + 1] as number];
    out[i] = (a * x + c * y + e) / frame.width;
    out[i + 1] = (b * x + d * y + f) / frame.height;
  }
  const depthScale = Math.hypot(a, b) / frame.width;
  return { xy: out, z: z?.map((depth) => depth * depthScale) ?? null, scores, inside: insideOf(out) };
}

/** 1 for each point in 0..1 of both sides. */
export function insideOf(xy: Float32Array): Uint8Array {
  return Uint8Array.from({ length: xy.length / 2 }, (_, i) => {
    const [x, y] = [xy[2 * i] as number, xy[2 * i + 1] as number];
    return x >= 0 && x <= 1 && y >= 0 && y <= 1 ? 1 : 0;
  });
}

/** x, y pairs in pixels of the frame. */
export function xyPxOf({ xy }: PointList, frame: Size): Float32Array {
  return xy.map((value, i) => value * (i % 2 === 0 ? frame.width : frame.height));
}
