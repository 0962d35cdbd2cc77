import type { Affine, Region, Size } from '../../geometry/index.ts';
import { applyToPoint, fitOfRegion } from '../../geometry/index.ts';
import type { PointList } from '../../landmarks/index.ts';
import type { RgbaImage } from '../grey-image.ts';
import type { PartBox, Shot } from './shot-quality.ts';

/** Ref: iBUG 300-W, the numbers of the 68 points, from 0. */
const rightEye = [36, 37, 38, 39, 40, 41] as const;
const leftEye = [42, 43, 44, 45, 46, 47] as const;
const mouth = [48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59] as const;

/** Lids and lips show against the skin about them: half of the width of a part, to the middle of its box, up and down. */
const partHeight = 0.4;
const partWidth = 0.6;

/**
 * What the quality gate needs to know of one face.
 *
 * @param points68 0..1 of the frame
 * @param chip the pixels of `region`, upright, at any size
 */
export function shotOf(points68: PointList, frame: Size, facts: Shot['facts'], region: Region, chip: RgbaImage): Shot {
  const { frameToInput } = fitOfRegion(region, chip);
  const partOf = (indices: readonly number[]): PartBox => partBox(points68, indices, frame, frameToInput);
  const [right, left] = [rightEye, leftEye].map((eye) => middleOf(points68, eye, frame)) as [Middle, Middle];
  return {
    chip,
    parts: { eyes: [partOf(rightEye), partOf(leftEye)], mouth: partOf(mouth) },
    eyesPx: Math.hypot(left.x - right.x, left.y - right.y),
    insideShare: insideShareOf(points68),
    facts,
    faces: 1,
  };
}

interface Middle {
  readonly x: number;
  readonly y: number;
}

function middleOf({ xy }: PointList, indices: readonly number[], { width, height }: Size): Middle {
  const meanOf = (offset: 0 | 1): number => indices.reduce((sum, i) => sum + (xy[2 * i + offset] as number), 0) / indices.length;
  return { x: meanOf(0) * width, y: meanOf(1) * height };
}

function partBox({ xy }: PointList, indices: readonly number[], { width, height }: Size, toChip: Affine): PartBox {
  const inChip = indices.map((i) => applyToPoint(toChip, { x: (xy[2 * i] as number) * width, y: (xy[2 * i + 1] as number) * height }));
  const [xs, ys] = [inChip.map(({ x }) => x), inChip.map(({ y }) => y)];
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const side = right - left;
  const halfHeight = Math.max((bottom - top) / 2, partHeight * side);
  const [x, y] = [(left + right) / 2, (top + bottom) / 2];
  return { x1: x - partWidth * side, y1: y - halfHeight, x2: x + partWidth * side, y2: y + halfHeight };
}

/** Share of the area of the box about the points that lies in the frame. */
function insideShareOf({ xy }: PointList): number {
  let [x1, y1, x2, y2] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i + 1 < xy.length; i += 2) {
    const [x, y] = [xy[i] as number, xy[i + 1] as number];
    [x1, y1, x2, y2] = [Math.min(x1, x), Math.min(y1, y), Math.max(x2, x), Math.max(y2, y)];
  }
  const inside = Math.max(0, Math.min(1, x2) - Math.max(0, x1)) * Math.max(0, Math.min(1, y2) - Math.max(0, y1));
  return x2 > x1 && y2 > y1 ? inside / ((x2 - x1) * (y2 - y1)) : 0;
}
