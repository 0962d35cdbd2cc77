import type { BoxXyxy } from '../../geometry/index.ts';
import { area, isFiniteBox } from '../../geometry/index.ts';

/** An object that a person marked, as a grid is taught it. */
export interface Truth {
  /** 0 to the number of classes - 1. */
  readonly classId: number;
  /** 0..1 of the network input; may reach over its border, its centre may not. */
  readonly box: BoxXyxy;
}

/** Whether a cell can be responsible for the box: it has an area, and its centre is in the input. */
export function isTeachable({ box }: Truth): boolean {
  const [cx, cy] = [(box.x1 + box.x2) / 2, (box.y1 + box.y2) / 2];
  return isFiniteBox(box) && area(box) > 0 && cx >= 0 && cx <= 1 && cy >= 0 && cy <= 1;
}
