import type { Region, Size } from '../../geometry/index.ts';
import { regionAround } from '../../geometry/index.ts';
import type { PointList } from '../points/point-list.ts';
import { xyPxOf } from '../points/to-frame.ts';
import type { EyePoints } from './feature-points.ts';

/** One eye as it was cut from the frame: upright, from corner to corner. */
export interface EyePatch {
  readonly size: Size;
  /** Brightness 0..255, row-major. */
  readonly grey: Uint8Array;
  /** What it was cut from. */
  readonly region: Region;
}

/** The person's own eyes; null for an eye that is too small or cannot be seen. */
export interface EyePixels {
  readonly left: EyePatch | null;
  readonly right: EyePatch | null;
}

/** An eye of fewer pixels from corner to corner does not show where it looks. */
export const leastEyeWidthPx = 10;

/** The patch of an eye in the frame, standing as its corners do; null for an eye that is too small. */
export function regionOfEye(points: PointList, { corners, contour }: EyePoints, frame: Size): Region | null {
  const xyPx = xyPxOf(points, frame);
  const pointAt = (i: number): readonly [number, number] => [xyPx[2 * i] as number, xyPx[2 * i + 1] as number];
  const ends = [pointAt(corners[0]), pointAt(corners[1])].sort((a, b) => a[0] - b[0]) as [readonly [number, number], readonly [number, number]];
  const [[x1, y1], [x2, y2]] = ends;
  if (!(Math.hypot(x2 - x1, y2 - y1) >= leastEyeWidthPx)) return null;
  const region = regionAround(contour.flatMap((i) => pointAt(i)), Math.atan2(y2 - y1, x2 - x1));
  return region.sizePx.height >= 1 ? region : null;
}
