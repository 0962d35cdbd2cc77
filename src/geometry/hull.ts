import type { BoxXyxy } from './types.ts';

/** The smallest box that holds both. [0,0,1,1] and [2,3,4,4] give [0,0,4,4]. */
export function hull(a: BoxXyxy, b: BoxXyxy): BoxXyxy {
  return { x1: Math.min(a.x1, b.x1), y1: Math.min(a.y1, b.y1), x2: Math.max(a.x2, b.x2), y2: Math.max(a.y2, b.y2) };
}
