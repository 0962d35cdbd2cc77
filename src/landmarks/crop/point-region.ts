import type { Region, Size } from '../../geometry/index.ts';
import { regionAround } from '../../geometry/index.ts';
import type { PointsCard } from '../../runtime/index.ts';
import type { PointList } from '../points/point-list.ts';
import { xyPxOf } from '../points/to-frame.ts';
import type { CropRule } from './box-region.ts';
import { shapedRegion } from './input-shape.ts';

/** Two points of a face whose direction is the face's own x axis: the outer corners of the eyes, left in the picture first. */
export type LevelPoints = readonly [left: number, right: number];

/** The crop of a face for the next look: a square that stands as the eyes do, about all points. */
export function regionOfFacePoints(points: PointList, level: LevelPoints, frame: Size, { crop }: CropRule): Region {
  const xyPx = xyPxOf(points, frame);
  const [left, right] = level;
  const angleRad = Math.atan2((xyPx[2 * right + 1] as number) - (xyPx[2 * left + 1] as number), (xyPx[2 * right] as number) - (xyPx[2 * left] as number));
  return squareOver(regionAround(xyPx, angleRad), crop.ofPoints);
}

/** A crop about a face is a little larger or smaller than the face; points that take up less of it, or more, are of no face. */
const leastStep = 0.65;

/** Whether a crop laid by points follows the one they were found in: points that shrink, or stand on their head, are astray. */
export function followsRegion(next: Region, before: Region): boolean {
  const step = next.sizePx.width / before.sizePx.width;
  return step >= leastStep && step <= 1 / leastStep && Math.cos(next.angleRad - before.angleRad) > 0.5;
}

/**
 * The crop of a body for the next look: between the one before and what holds the points that are no guess, the closer to
 * these the more of them there are, in the shape of the model's that fits it. A few points of a body that is half hidden do not shrink it to them.
 */
export function regionOfPosePoints(points: PointList, frame: Size, before: Region, card: CropRule & Pick<PointsCard, 'thresholds'>): Region {
  const xyPx = xyPxOf(points, frame);
  const sure = Array.from(points.scores.keys()).filter((i) => (points.scores[i] as number) >= card.thresholds.point);
  if (sure.length < 3) return before;
  const about = regionAround(sure.flatMap((i) => [xyPx[2 * i] as number, xyPx[2 * i + 1] as number]), 0);
  const { scale, shiftY } = card.crop.ofPoints;
  const wanted: Size = { width: Math.max(about.sizePx.width, 1) * scale, height: Math.max(about.sizePx.height, 1) * scale };
  const share = sure.length / points.scores.length;
  const between = (from: number, to: number): number => from + (to - from) * share;
  return shapedRegion(
    { x: between(before.centrePx.x, about.centrePx.x), y: between(before.centrePx.y, about.centrePx.y + shiftY * wanted.height) },
    { width: between(before.sizePx.width, wanted.width), height: between(before.sizePx.height, wanted.height) },
    card.input,
  );
}

function squareOver({ centrePx, sizePx, angleRad }: Region, rule: PointsCard['crop']['ofPoints']): Region {
  const side = Math.max(sizePx.width, sizePx.height, 1) * rule.scale;
  const shift = rule.shiftY * side;
  return {
    centrePx: { x: centrePx.x - shift * Math.sin(angleRad), y: centrePx.y + shift * Math.cos(angleRad) },
    sizePx: { width: side, height: side },
    angleRad,
  };
}
