import type { Size } from '../../geometry/index.ts';
import { applyToPoint, fitOfRegion } from '../../geometry/index.ts';
import type { PointList } from '../points/point-list.ts';
import type { EyePatch, EyePixels } from './eye-pixels.ts';
import type { FaceFacts } from './face-facts.ts';
import type { FeaturePoints } from './feature-points.ts';

/** The iris is to a side when its middle is so far from the eye's middle, by the eye's width. */
const aside = 0.09;

/** Where the eyes look: the mean place of what is dark between the lids, over the eyes that can be seen. null without any. */
export function gazeOf(points: PointList, features: FeaturePoints, frame: Size, eyes: EyePixels): FaceFacts['gaze'] {
  const places: number[] = [];
  if (eyes.right) places.push(darkPlace(points, features.rightEye.contour, frame, eyes.right));
  if (eyes.left) places.push(darkPlace(points, features.leftEye.contour, frame, eyes.left));
  const seen = places.filter(Number.isFinite);
  if (seen.length === 0) return null;
  const place = seen.reduce((sum, value) => sum + value, 0) / seen.length - 0.5;
  // The right of the picture is the person's left.
  return place > aside ? 'left' : place < -aside ? 'right' : 'ahead';
}

/** The middle of the darkness inside the eye's contour, 0 at the patch's left border and 1 at its right; NaN for an even patch. */
function darkPlace({ xy }: PointList, contour: readonly number[], frame: Size, { size, grey, region }: EyePatch): number {
  const { frameToInput } = fitOfRegion(region, size);
  const outline = contour.map((i) => applyToPoint(frameToInput, { x: (xy[2 * i] as number) * frame.width, y: (xy[2 * i + 1] as number) * frame.height }));
  const inside: { readonly x: number; readonly value: number }[] = [];
  for (let y = 0; y < size.height; y++) {
    for (let x = 0; x < size.width; x++) {
      if (isInside(x + 0.5, y + 0.5, outline)) inside.push({ x: x + 0.5, value: grey[y * size.width + x] as number });
    }
  }
  const values = inside.map(({ value }) => value).sort((a, b) => a - b);
  // What is darker than the middle value is iris and pupil; lids and lashes are outside of the contour.
  const limit = values[values.length >> 1] ?? 0;
  let [sum, weight] = [0, 0];
  for (const { x, value } of inside) {
    const dark = Math.max(0, limit - value);
    sum += x * dark;
    weight += dark;
  }
  return sum / weight / size.width;
}

/** Whether a point lies in a polygon: a ray to the right crosses its border an odd number of times. */
function isInside(x: number, y: number, outline: readonly { readonly x: number; readonly y: number }[]): boolean {
  let inside = false;
  let before = outline.at(-1);
  for (const corner of outline) {
    if (before && corner.y > y !== before.y > y && x < ((before.x - corner.x) * (y - corner.y)) / (before.y - corner.y) + corner.x) inside = !inside;
    before = corner;
  }
  return inside;
}
