import type { BoxXyxy } from '../geometry/index.ts';
import { area, iou } from '../geometry/index.ts';

const sameIou = 0.4;
/** A box that lies within another and is not much smaller is a second look at the same thing. */
const withinShare = 0.75;
const smallestAreaShare = 0.3;

/** Whether two boxes of one detector are of the same thing, though they were too far apart for its own suppression. */
export function areDoubles(a: BoxXyxy, b: BoxXyxy): boolean {
  if (iou(a, b) > sameIou) return true;
  const [smaller, larger] = area(a) < area(b) ? [a, b] : [b, a];
  if (area(smaller) < smallestAreaShare * area(larger)) return false;
  const common = { x1: Math.max(a.x1, b.x1), y1: Math.max(a.y1, b.y1), x2: Math.min(a.x2, b.x2), y2: Math.min(a.y2, b.y2) };
  return area(common) > withinShare * area(smaller);
}

/** The items without doubles; of two, the earlier stays. Put the better one first. */
export function mergeDoubles<T extends { readonly box: BoxXyxy }>(items: readonly T[]): readonly T[] {
  const kept: T[] = [];
  for (const item of items) if (!kept.some((other) => areDoubles(other.box, item.box))) kept.push(item);
  return kept;
}
