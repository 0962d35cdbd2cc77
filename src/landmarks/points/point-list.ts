/**
 * The points that a model found, in its own order. Shapes: `xy` 2n, `scores` and `inside` n, `z` n or null. Every number is
 * finite. A point may lie outside of the frame, where the model went on past the border: `inside` is 0 there.
 */
export interface PointList {
  /** x, y pairs, 0..1 of the upright, unmirrored frame. */
  readonly xy: Float32Array;
  /** Depth on the scale of x (frame widths), nearer is smaller, 0 at the middle of the head; null where the model gives none. */
  readonly z: Float32Array | null;
  /** How sure the model is of each point, 0..1; 1 where the model says nothing. */
  readonly scores: Float32Array;
  /** 1 where the point is in the frame. */
  readonly inside: Uint8Array;
}
