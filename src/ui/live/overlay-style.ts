import type { BoxXyxy } from '../../geometry/index.ts';

/** What the drawing needs from outside: sizes, and the texts in the person's language. */
export interface OverlayStyle {
  /** Part of the view that labels may use, in view pixels. */
  readonly safe: BoxXyxy;
  /** Text size in view pixels, at least 16 on a screen. */
  readonly fontPx: number;
  readonly fontFamily: string;
  /** Device pixels to a view pixel: boxes and labels stand on whole ones. */
  readonly pixelRatio: number;
  /** Box the faces: they were asked for, not only their points. */
  readonly faceBoxes: boolean;
  readonly objectName: (label: string) => string;
  readonly faceName: string;
  /** 0.92 as it is written in the person's language: "92%". */
  readonly percent: (score: number) => string;
  readonly integer: (value: number) => string;
}
