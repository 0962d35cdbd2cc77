import type { Region, Size } from '../../geometry/index.ts';
import { applyToPoint, invert, regionAround, similarityFromPoints } from '../../geometry/index.ts';
import type { PointList } from '../../landmarks/index.ts';
import type { VectorCard } from '../../runtime/index.ts';
import { meanFaces } from './mean-face.ts';

/** The part of a card that says how a face is laid into the input. */
export type ChipRule = Pick<VectorCard, 'chip' | 'input'>;

/** A chip with fewer pixels of the frame on a side shows nothing. */
const leastPx = 4;

/**
 * Where in the frame the chip of a face lies, as the card wants it. Null where there is no such place: for points that are
 * not finite, all in one, or of a face whose middle is out of the frame.
 */
export function chipRegion(points68: PointList, frame: Size, { chip, input }: ChipRule): Region | null {
  const region = chip.kind === 'template' ? onMeanFace(points68, frame, chip, input) : squareAbout(points68, frame, chip);
  return region && isSeen(region, frame) ? region : null;
}

function onMeanFace({ xy }: PointList, frame: Size, chip: Extract<VectorCard['chip'], { kind: 'template' }>, input: Size): Region | null {
  const { indices, xy: meanXy } = meanFaces[chip.points];
  const fromPx = indices.flatMap((i) => [(xy[2 * i] as number) * frame.width, (xy[2 * i + 1] as number) * frame.height]);
  const toPx = meanXy.map((value, i) => ((value + chip.padding) / (1 + 2 * chip.padding)) * (i % 2 === 0 ? input.width : input.height));
  const toChip = similarityFromPoints(fromPx, toPx);
  if (!toChip) return null;
  const scale = Math.hypot(toChip.a, toChip.b);
  return {
    centrePx: applyToPoint(invert(toChip), { x: input.width / 2, y: input.height / 2 }),
    sizePx: { width: input.width / scale, height: input.height / scale },
    angleRad: Math.atan2(-toChip.b, toChip.a),
  };
}

function squareAbout({ xy }: PointList, frame: Size, { scale, shiftY }: Extract<VectorCard['chip'], { kind: 'square' }>): Region {
  const { centrePx, sizePx } = regionAround(xy.map((value, i) => value * (i % 2 === 0 ? frame.width : frame.height)), 0);
  const side = Math.max(sizePx.width, sizePx.height) * scale;
  return { centrePx: { x: centrePx.x, y: centrePx.y + shiftY * side }, sizePx: { width: side, height: side }, angleRad: 0 };
}

function isSeen({ centrePx: { x, y }, sizePx, angleRad }: Region, frame: Size): boolean {
  const isInside = x >= 0 && x <= frame.width && y >= 0 && y <= frame.height;
  return isInside && sizePx.width >= leastPx && [sizePx.width, sizePx.height, angleRad].every(Number.isFinite);
}
