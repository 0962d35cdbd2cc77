import { area } from './boxes.ts';
import { diou } from './diou.ts';
import { iou } from './iou.ts';
import type { BoxXyxy } from './types.ts';

/**
 * Complete IoU: distance IoU less a penalty for different aspect ratios. Symmetric, from -1.5 to 1. A degenerate or
 * non-finite box gives -1.5. Ref: Zheng et al., arXiv:1911.08287, equations 8 to 11.
 * Example: [0,0,4,2] and [1,-1,3,3] share their centre, overlap by 1/3 and have the aspect ratios 2 and 1/2: 0.29958.
 */
export function ciou(a: BoxXyxy, b: BoxXyxy): number {
  if (area(a) === 0 || area(b) === 0) return -1.5;
  const turn = Math.atan2(a.x2 - a.x1, a.y2 - a.y1) - Math.atan2(b.x2 - b.x1, b.y2 - b.y1);
  const difference = (4 / Math.PI ** 2) * turn * turn;
  if (difference === 0) return diou(a, b);
  const weight = difference / (1 - iou(a, b) + difference);
  return diou(a, b) - weight * difference;
}
