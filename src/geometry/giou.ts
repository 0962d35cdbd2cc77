import { area } from './boxes.ts';
import { hull } from './hull.ts';
import { iou } from './iou.ts';
import type { BoxXyxy } from './types.ts';

/**
 * Generalised IoU: IoU less the share of the hull that neither box fills. Symmetric, above -1 for solid boxes and up to
 * 1; boxes that are further apart give less. A degenerate or non-finite box gives -1.
 * Ref: Rezatofighi et al., Generalized Intersection over Union, arXiv:1902.09630, algorithm 1.
 * Example: [0,0,2,2] and [1,1,3,3] give 1/7 - 2/9.
 */
export function giou(a: BoxXyxy, b: BoxXyxy): number {
  const [areaA, areaB, whole] = [area(a), area(b), area(hull(a, b))];
  if (areaA === 0 || areaB === 0 || whole === 0) return -1;
  const overlap = iou(a, b);
  const union = (areaA + areaB) / (1 + overlap);
  return Math.max(-1, overlap - (whole - union) / whole);
}
