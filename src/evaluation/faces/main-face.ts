import type { BoxXyxy } from '../../geometry/index.ts';
import { area } from '../../geometry/index.ts';

/** How far from the middle a face counts half, as a share of the picture's sides. */
const halfAt = 0.25;

/**
 * The face that a picture of one person is of, by its place in the list: the largest one, those near the edge counting
 * less. Example: of two equal faces the one in the middle. null for an empty list.
 *
 * @param boxes in 0..1 of the picture
 */
export function mainFace(boxes: readonly BoxXyxy[]): number | null {
  let [best, weight] = [-1, -Infinity];
  for (const [i, box] of boxes.entries()) {
    const offMiddle = Math.hypot((box.x1 + box.x2) / 2 - 0.5, (box.y1 + box.y2) / 2 - 0.5) / halfAt;
    const own = area(box) / (1 + offMiddle * offMiddle);
    if (own > weight) [best, weight] = [i, own];
  }
  return best < 0 ? null : best;
}
