import { body17Limbs } from '../../../landmarks/index.ts';
import type { PointList } from '../../../landmarks/index.ts';
import { leftSideStyle, rightSideStyle } from '../class-style.ts';
import type { PointPen } from './point-pen.ts';
import { inkUnder } from './point-pen.ts';

type Side = 'left' | 'right' | 'middle';
type Limb = readonly [from: number, to: number];

const colours: Readonly<Record<Side, string>> = { left: leftSideStyle.colour, right: rightSideStyle.colour, middle: 'white' };
const sides = ['middle', 'left', 'right'] as const;

const firstOfBody = 5;
/** In COCO's order a left point has an odd number, the right one the next; the nose, 0, is in the middle. */
const sideOf = (index: number): Side => (index === 0 ? 'middle' : index % 2 === 1 ? 'left' : 'right');
const limbSide = ([from, to]: Limb): Side => (sideOf(from) === sideOf(to) ? sideOf(from) : 'middle');
/** The limbs of the body. The lines about the head are left out: on a real picture they hide the face. */
const limbs = body17Limbs.filter(([from, to]) => from >= firstOfBody && to >= firstOfBody);
const limbsOf: Readonly<Record<Side, readonly Limb[]>> = {
  left: limbs.filter((limb) => limbSide(limb) === 'left'),
  right: limbs.filter((limb) => limbSide(limb) === 'right'),
  middle: limbs.filter((limb) => limbSide(limb) === 'middle'),
};

/** A point that the model is less sure of is not drawn. */
const drawnFrom = 0.2;
/** Up to this it is drawn faint. */
const faintBelow = 0.4;
const faintAlpha = 0.5;

/**
 * Draws the skeleton of one body. The sides are the person's own: left is blue with round joints, right is orange with
 * square ones.
 *
 * @param bodyPx the longer side of the body on the view
 * @param withHead false where the face has points of its own: these few would only be in their way
 */
export function drawBody(pen: PointPen, points: PointList, bodyPx: number, withHead: boolean): void {
  const widthPx = Math.max(1.2, Math.min(bodyPx / pen.unitPx / 110, 4)) * pen.unitPx;
  for (const faint of [true, false]) {
    pen.context.globalAlpha = faint ? faintAlpha : 1;
    drawLimbs(pen, points, widthPx, faint);
    drawJoints(pen, points, widthPx * 1.25, faint, withHead);
  }
  pen.context.globalAlpha = 1;
}

function drawLimbs(pen: PointPen, points: PointList, widthPx: number, faint: boolean): void {
  const { context, unitPx } = pen;
  context.lineCap = 'round';
  context.beginPath();
  for (const side of sides) for (const limb of limbsOf[side]) traceLimb(pen, points, limb, faint);
  context.lineWidth = widthPx + 2.4 * unitPx;
  context.strokeStyle = inkUnder;
  context.stroke();
  for (const side of sides) {
    context.beginPath();
    for (const limb of limbsOf[side]) traceLimb(pen, points, limb, faint);
    context.lineWidth = widthPx;
    context.strokeStyle = colours[side];
    context.stroke();
  }
  context.lineCap = 'butt';
}

function traceLimb(pen: PointPen, points: PointList, [from, to]: Limb, faint: boolean): void {
  if (strengthOf(points, from, to) !== (faint ? 'faint' : 'strong')) return;
  pen.context.moveTo(pen.x(points, from), pen.y(points, from));
  pen.context.lineTo(pen.x(points, to), pen.y(points, to));
}

function drawJoints(pen: PointPen, points: PointList, radiusPx: number, faint: boolean, withHead: boolean): void {
  const { context, unitPx } = pen;
  for (const side of sides) {
    context.beginPath();
    for (let index = withHead ? 0 : firstOfBody; index < points.scores.length; index++) {
      if (sideOf(index) !== side || strengthOf(points, index, index) !== (faint ? 'faint' : 'strong')) continue;
      // The points of the head are small: they stand close together.
      traceJoint(pen, pen.x(points, index), pen.y(points, index), index < firstOfBody ? radiusPx * 0.6 : radiusPx, side);
    }
    context.lineWidth = 1.6 * unitPx;
    context.strokeStyle = inkUnder;
    context.stroke();
    context.fillStyle = colours[side];
    context.fill();
  }
}

function traceJoint({ context }: PointPen, x: number, y: number, radiusPx: number, side: Side): void {
  if (side === 'right') context.rect(x - radiusPx * 0.9, y - radiusPx * 0.9, radiusPx * 1.8, radiusPx * 1.8);
  else {
    context.moveTo(x + radiusPx, y);
    context.arc(x, y, radiusPx, 0, 2 * Math.PI);
  }
}

function strengthOf({ scores, inside }: PointList, from: number, to: number): 'strong' | 'faint' | 'absent' {
  if (inside[from] !== 1 || inside[to] !== 1) return 'absent';
  const score = Math.min(scores[from] ?? 0, scores[to] ?? 0);
  if (score < drawnFrom) return 'absent';
  return score < faintBelow ? 'faint' : 'strong';
}
