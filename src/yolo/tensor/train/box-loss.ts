import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import { add, atan, div, log, maximum, minimum, mul, relu, slice, square, sub, sum, tidy, unstack } from '@tensorflow/tfjs-core';
import { withoutGradient } from './without-gradient.ts';

/** `squared` is that of YOLOv1 to v3; the others are 1 - IoU with what each subtracts more. */
export type BoxLossKind = 'squared' | 'iou' | 'giou' | 'diou' | 'ciou';

/**
 * How far boxes are from the true ones, row by row; 0 for the same box.
 * - `squared`: squared distance of the centres, in the boxes' unit, and squared ln of the factor of each side.
 * - `iou`: 1 - IoU, blind to how far apart boxes are that do not touch.
 * - `giou`: plus the share of the enclosing box that neither covers. Ref: Rezatofighi et al., arXiv:1902.09630.
 * - `diou`: 1 - IoU plus the squared distance of the centres over that of the enclosing box's corners.
 * - `ciou`: `diou` plus a term for the aspect ratio, whose trade-off factor is held constant for the gradient.
 *   Ref: Zheng et al., arXiv:1911.08287, equations 7 and 8 to 12.
 *
 * @param predicted [boxes, 4]: cx, cy, w, h, sides above 0
 * @param truths [boxes, 4] in the same unit, x and y alike, sides above 0
 * @returns [boxes]
 */
export function boxLoss(kind: BoxLossKind, predicted: Tensor2D, truths: Tensor2D): Tensor1D {
  if (kind === 'squared') return squaredLoss(predicted, truths);
  return tidy(() => {
    const pair = pairOf(predicted, truths);
    const loss: Tensor1D = sub(1, pair.iou);
    switch (kind) {
      case 'iou':
        return loss;
      case 'giou':
        return add(loss, sub(1, div(pair.union, mul(pair.hullW, pair.hullH))));
      case 'diou':
        return add(loss, centreTerm(pair));
      case 'ciou':
        return add(add(loss, centreTerm(pair)), aspectTerm(pair));
    }
  });
}

/** IoU of boxes with the true ones, row by row, 0..1. @returns [boxes] */
export function boxIou(predicted: Tensor2D, truths: Tensor2D): Tensor1D {
  return tidy(() => pairOf(predicted, truths).iou);
}

function squaredLoss(predicted: Tensor2D, truths: Tensor2D): Tensor1D {
  return tidy(() => {
    const centres = sub(leftHalf(predicted), leftHalf(truths));
    const sides = log(div(rightHalf(predicted), rightHalf(truths)));
    return add(sum(square(centres), 1), sum(square(sides), 1));
  });
}

function leftHalf(boxes: Tensor2D): Tensor2D {
  return slice(boxes, [0, 0], [-1, 2]);
}

function rightHalf(boxes: Tensor2D): Tensor2D {
  return slice(boxes, [0, 2], [-1, 2]);
}

interface Sides {
  readonly cx: Tensor1D;
  readonly cy: Tensor1D;
  readonly w: Tensor1D;
  readonly h: Tensor1D;
}

/** What the losses read of two boxes. */
interface Pair {
  readonly a: Sides;
  readonly b: Sides;
  readonly iou: Tensor1D;
  readonly union: Tensor1D;
  /** The smallest box around both. */
  readonly hullW: Tensor1D;
  readonly hullH: Tensor1D;
}

function pairOf(predicted: Tensor2D, truths: Tensor2D): Pair {
  const [a, b] = [sidesOf(predicted), sidesOf(truths)];
  const x = spans(a.cx, a.w, b.cx, b.w);
  const y = spans(a.cy, a.h, b.cy, b.h);
  const shared: Tensor1D = mul(x.shared, y.shared);
  const union: Tensor1D = sub(add(mul(a.w, a.h), mul(b.w, b.h)), shared);
  const iou: Tensor1D = div(shared, union);
  return { a, b, iou, union, hullW: x.hull, hullH: y.hull };
}

function sidesOf(boxes: Tensor2D): Sides {
  const [cx, cy, w, h] = unstack(boxes, 1) as [Tensor1D, Tensor1D, Tensor1D, Tensor1D];
  return { cx, cy, w, h };
}

/** Along one axis: what two spans share, and what they reach over together. */
function spans(centreA: Tensor1D, lengthA: Tensor1D, centreB: Tensor1D, lengthB: Tensor1D): { readonly shared: Tensor1D; readonly hull: Tensor1D } {
  const halfA: Tensor1D = div(lengthA, 2);
  const halfB: Tensor1D = div(lengthB, 2);
  const firstEnd: Tensor1D = minimum(add(centreA, halfA), add(centreB, halfB));
  const lastEnd: Tensor1D = maximum(add(centreA, halfA), add(centreB, halfB));
  const firstStart: Tensor1D = minimum(sub(centreA, halfA), sub(centreB, halfB));
  const lastStart: Tensor1D = maximum(sub(centreA, halfA), sub(centreB, halfB));
  const shared: Tensor1D = sub(firstEnd, lastStart);
  return { shared: relu(shared), hull: sub(lastEnd, firstStart) };
}

function centreTerm({ a, b, hullW, hullH }: Pair): Tensor1D {
  const distance = add(square(sub(a.cx, b.cx)), square(sub(a.cy, b.cy)));
  return div(distance, add(square(hullW), square(hullH)));
}

/** Keeps the trade-off factor of two equal boxes, 0 / 0 as written, at 0. */
const tiny = 1e-7;

function aspectTerm({ a, b, iou }: Pair): Tensor1D {
  const turn = sub(atan(div(b.w, b.h)), atan(div(a.w, a.h)));
  const v: Tensor1D = mul(square(turn), 4 / Math.PI ** 2);
  const tradeOff = withoutGradient([v, iou], () => div(v, add(add(sub(1, iou), v), tiny)));
  return mul(tradeOff, v);
}
