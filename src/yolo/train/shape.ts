/** Width and height of a box, in any unit that a function's arguments share. */
export type Shape = readonly [width: number, height: number];

/**
 * IoU of two boxes that share their centre: what is left of IoU when only the shape counts. 0..1, symmetric, and the
 * same in any unit, also when x and y have different ones. A side that is not a positive finite number gives 0.
 * Example: [2, 1] and [1, 2] share 1 of 3.
 * Ref: Redmon and Farhadi, YOLO9000, arXiv:1612.08242, section 2 "Dimension Clusters".
 */
export function shapeIou(a: Shape, b: Shape): number {
  if (!isShape(a) || !isShape(b)) return 0;
  return sidesIou(a[0], a[1], b[0], b[1]);
}

/** The same of bare sides that are known to be shapes: for loops over many. */
export function sidesIou(widthA: number, heightA: number, widthB: number, heightB: number): number {
  const shared = Math.min(widthA, widthB) * Math.min(heightA, heightB);
  return shared / (widthA * heightA + widthB * heightB - shared);
}

/** Whether both sides are positive and the area is a positive finite number. */
export function isShape([width, height]: Shape): boolean {
  const area = width * height;
  return width > 0 && height > 0 && area > 0 && Number.isFinite(area);
}

/** The anchor that a shape overlaps most, ties to the first; index -1 and IoU 0 when it overlaps none. */
export function bestShape(shape: Shape, anchors: readonly Shape[]): { readonly index: number; readonly iou: number } {
  let index = -1;
  let best = 0;
  for (const [i, anchor] of anchors.entries()) {
    const iou = shapeIou(shape, anchor);
    if (iou > best) [index, best] = [i, iou];
  }
  return { index, iou: best };
}
