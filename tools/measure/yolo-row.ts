import type { DarknetPlan, PlannedHead } from '../../src/yolo/index.ts';

/** One anchor of one cell after the activations of a [yolo] layer. */
export interface YoloRow {
  /** cx, cy, w, h in 0..1 of the input. */
  readonly box: readonly [number, number, number, number];
  /** 0..1 */
  readonly objectness: number;
}

/**
 * The activations of a [yolo] layer, written down once more without the decoders of the app, which are measured by them.
 * Ref: arXiv:1804.02767, section 2.1; arXiv:2004.10934, section 3.4.
 *
 * @param raw the numbers of the row: x, y, w, h, objectness, classes
 */
export function activateRow({ input }: DarknetPlan, { anchors, shape, scaleXY }: PlannedHead, raw: Float32Array, row: number): YoloRow {
  const cell = Math.floor(row / anchors.length);
  const [anchorW, anchorH] = anchors[row % anchors.length] ?? [NaN, NaN];
  const [tx = NaN, ty = NaN, tw = NaN, th = NaN, certainty = NaN] = raw;
  const widened = (t: number): number => logistic(t) * scaleXY - (scaleXY - 1) / 2;
  return {
    box: [
      ((cell % shape.width) + widened(tx)) / shape.width,
      (Math.floor(cell / shape.width) + widened(ty)) / shape.height,
      (Math.exp(tw) * anchorW) / input.width,
      (Math.exp(th) * anchorH) / input.height,
    ],
    objectness: logistic(certainty),
  };
}

export function logistic(t: number): number {
  return 1 / (1 + Math.exp(-t));
}
