import type { BoxXyxy } from '../geometry/index.ts';
import { area, iou } from '../geometry/index.ts';

/** When two boxes of one detector are of the same thing, though they were too far apart for its own suppression. */
export interface DoublesRule {
  /** IoU above which they are. */
  readonly iou: number;
  /**
   * Share of the smaller box that lies within the larger one above which they are, if it is not much smaller; 1 where one
   * thing may stand before another, as persons do.
   */
  readonly within: number;
}

const smallestAreaShare = 0.3;

export function areDoubles(a: BoxXyxy, b: BoxXyxy, rule: DoublesRule): boolean {
  if (iou(a, b) > rule.iou) return true;
  const [smaller, larger] = area(a) < area(b) ? [a, b] : [b, a];
  if (area(smaller) < smallestAreaShare * area(larger)) return false;
  const common = { x1: Math.max(a.x1, b.x1), y1: Math.max(a.y1, b.y1), x2: Math.min(a.x2, b.x2), y2: Math.min(a.y2, b.y2) };
  return area(common) > rule.within * area(smaller);
}

/** The items without doubles; of two, the earlier stays. Put the better one first. */
export function mergeDoubles<T extends { readonly box: BoxXyxy }>(items: readonly T[], rule: DoublesRule): readonly T[] {
  const kept: T[] = [];
  for (const item of items) if (!kept.some((other) => areDoubles(other.box, item.box, rule))) kept.push(item);
  return kept;
}
