/** Width and height in pixels, both positive. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A box by its corners, x1 <= x2 and y1 <= y2. Between rooms the unit is 0..1 of the upright, unmirrored frame. */
export interface BoxXyxy {
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
}

/** A box by its centre and size: what most network heads speak. Never mixed up with corners by the compiler. */
export interface BoxCxcywh {
  readonly cx: number;
  readonly cy: number;
  readonly w: number;
  readonly h: number;
}

/** What is known of a frame before anybody looks at its pixels. `size` is that of the upright frame in pixels. */
export interface FrameInfo {
  readonly id: number;
  /** Capture time in milliseconds on the source's own clock; a still image has 0. */
  readonly tMs: number;
  readonly size: Size;
}
