import type { BoxCxcywh, BoxXyxy, Size } from './types.ts';

/** [cx 0.5, cy 0.5, w 0.2, h 0.4] is [0.4, 0.3, 0.6, 0.7]. */
export function toXyxy(box: BoxCxcywh): BoxXyxy {
  return { x1: box.cx - box.w / 2, y1: box.cy - box.h / 2, x2: box.cx + box.w / 2, y2: box.cy + box.h / 2 };
}

/** The inverse of `toXyxy`. */
export function toCxcywh(box: BoxXyxy): BoxCxcywh {
  return { cx: (box.x1 + box.x2) / 2, cy: (box.y1 + box.y2) / 2, w: box.x2 - box.x1, h: box.y2 - box.y1 };
}

/** Area in the square of the box's unit; a box with crossed corners or a non-finite side has area 0. */
export function area(box: BoxXyxy): number {
  const w = box.x2 - box.x1;
  const h = box.y2 - box.y1;
  const product = w > 0 && h > 0 ? w * h : 0;
  return Number.isFinite(product) ? product : 0;
}

/** Cuts a box of 0..1 to the frame. [-0.2, 0.1, 0.5, 1.3] becomes [0, 0.1, 0.5, 1]. */
export function clipToUnit(box: BoxXyxy): BoxXyxy {
  return { x1: clamp01(box.x1), y1: clamp01(box.y1), x2: clamp01(box.x2), y2: clamp01(box.y2) };
}

/** A box of 0..1 in pixels of `size`: [0.5, 0.5, 1, 1] of 640x480 is [320, 240, 640, 480]. */
export function unitToPx(box: BoxXyxy, size: Size): BoxXyxy {
  return { x1: box.x1 * size.width, y1: box.y1 * size.height, x2: box.x2 * size.width, y2: box.y2 * size.height };
}

/** True when all four corners are finite numbers. */
export function isFiniteBox(box: BoxXyxy): boolean {
  return Number.isFinite(box.x1) && Number.isFinite(box.y1) && Number.isFinite(box.x2) && Number.isFinite(box.y2);
}

function clamp01(v: number): number {
  return v < 0 ? 0 : v > 1 ? 1 : v;
}
