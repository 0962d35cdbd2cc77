import { area } from './boxes.ts';
import type { BoxXyxy } from './types.ts';

/**
 * Intersection over union of two boxes in the same unit, 0..1. Symmetric. A degenerate or non-finite box
 * gives 0, never NaN. Example: [0,0,2,2] and [1,1,3,3] give 1/7.
 */
export function iou(a: BoxXyxy, b: BoxXyxy): number {
  const w = Math.min(a.x2, b.x2) - Math.max(a.x1, b.x1);
  const h = Math.min(a.y2, b.y2) - Math.max(a.y1, b.y1);
  if (!(w > 0 && h > 0)) return 0;
  const [areaA, areaB] = [area(a), area(b)];
  if (areaA === 0 || areaB === 0) return 0;
  const inter = w * h;
  return inter / (areaA + areaB - inter);
}
