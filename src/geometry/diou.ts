import { area, toCxcywh } from './boxes.ts';
import { hull } from './hull.ts';
import { iou } from './iou.ts';
import type { BoxXyxy } from './types.ts';

/**
 * Distance IoU: IoU less the squared distance of the centres over the squared diagonal of the hull. Symmetric, above -1
 * for solid boxes and up to 1. A degenerate or non-finite box gives -1.
 * Ref: Zheng et al., Distance-IoU Loss, arXiv:1911.08287, equation 5.
 * Example: [0,0,2,2] and [1,1,3,3] give 1/7 - 2/18.
 */
export function diou(a: BoxXyxy, b: BoxXyxy): number {
  if (area(a) === 0 || area(b) === 0) return -1;
  const [first, second, whole] = [toCxcywh(a), toCxcywh(b), toCxcywh(hull(a, b))];
  // A share of lengths, not of squares: squares of large coordinates overflow.
  const share = Math.hypot(first.cx - second.cx, first.cy - second.cy) / Math.hypot(whole.w, whole.h);
  return Number.isFinite(share) ? iou(a, b) - share * share : -1;
}
