import type { Size } from '../../geometry/index.ts';
import type { Shape } from './shape.ts';
import { bestShape, isShape } from './shape.ts';

/** How well a set of anchors serves some boxes. */
export interface Fit {
  readonly count: number;
  /** Mean over the boxes of the shape IoU with the best anchor, 0..1; null when there is no box. */
  readonly meanBestIou: number | null;
  /** Share of the boxes whose best anchor overlaps them by 0.5 or more, 0..1; null when there is no box. */
  readonly recallAt50: number | null;
}

export interface AnchorFit {
  readonly all: Fit;
  /** Area in the network input under 32 x 32 pixels. */
  readonly small: Fit;
  /** From 32 x 32 up to 96 x 96 pixels. */
  readonly medium: Fit;
  /** From 96 x 96 pixels. */
  readonly large: Fit;
}

const smallBelowPx2 = 32 ** 2;
const largeFromPx2 = 96 ** 2;
const recallIou = 0.5;

/**
 * Reports how anchors fit a label set, overall and by size. Small, medium and large are COCO's areas, measured in
 * pixels of the network input, since that is where the anchors live. Shapes without an area are left out.
 * Example: one box [0.1, 0.1] and the anchor [0.1, 0.05] at 320x320 is one medium box with IoU 0.5 and recall 1.
 * Ref: COCO detection evaluation, "Metrics" (the areas); arXiv:1612.08242, table 1 (mean best IoU).
 *
 * @param shapes widths and heights of the labelled boxes, 0..1 of the input
 * @param anchors in the same unit
 */
export function anchorFit(shapes: readonly Shape[], anchors: readonly Shape[], input: Size): AnchorFit {
  const served = shapes.filter(isShape).map(([w, h]) => ({ areaPx2: w * input.width * h * input.height, iou: bestShape([w, h], anchors).iou }));
  return {
    all: fitOf(served.map(({ iou }) => iou)),
    small: fitOf(served.filter(({ areaPx2 }) => areaPx2 < smallBelowPx2).map(({ iou }) => iou)),
    medium: fitOf(served.filter(({ areaPx2 }) => areaPx2 >= smallBelowPx2 && areaPx2 < largeFromPx2).map(({ iou }) => iou)),
    large: fitOf(served.filter(({ areaPx2 }) => areaPx2 >= largeFromPx2).map(({ iou }) => iou)),
  };
}

function fitOf(ious: readonly number[]): Fit {
  const count = ious.length;
  if (count === 0) return { count, meanBestIou: null, recallAt50: null };
  const sum = ious.reduce((total, iou) => total + iou, 0);
  return { count, meanBestIou: sum / count, recallAt50: ious.filter((iou) => iou >= recallIou).length / count };
}
