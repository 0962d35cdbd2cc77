import type { BoxXyxy } from '../geometry/index.ts';
import { area, iou } from '../geometry/index.ts';
import type { TruthBox } from './types.ts';

/**
 * How well a detection covers a truth, 0..1: the IoU, or for a crowd the share of the detection that lies in it.
 * Example: [0,0,2,2] against [0,0,10,10] gives 0.04, and 1 when that truth is a crowd.
 */
export function overlap(detectionPx: BoxXyxy, truth: TruthBox): number {
  if (!truth.crowd) return iou(detectionPx, truth.boxPx);
  const own = area(detectionPx);
  return own > 0 ? intersection(detectionPx, truth.boxPx) / own : 0;
}

function intersection(a: BoxXyxy, b: BoxXyxy): number {
  const w = Math.min(a.x2, b.x2) - Math.max(a.x1, b.x1);
  const h = Math.min(a.y2, b.y2) - Math.max(a.y1, b.y1);
  return w > 0 && h > 0 ? w * h : 0;
}
