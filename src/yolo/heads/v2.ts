import * as v from 'valibot';

/**
 * A YOLOv2 head: per cell and anchor a centre offset through the logistic function, a size as the exponential of the
 * anchor's scale, objectness, and class logits when there is more than one class.
 * Ref: Redmon and Farhadi, YOLO9000, arXiv:1612.08242, section 2 "Direct location prediction".
 */
export const v2HeadSchema = v.strictObject({
  family: v.literal('v2'),
  /** Input pixels per cell. */
  stride: v.pipe(v.number(), v.integer(), v.minValue(1)),
  /** Name of the layer that gives the grid. */
  outputLayer: v.string(),
  /** `hwc` when it is left out. */
  layout: v.exactOptional(v.picklist(['hwc', 'chw'])),
  /** Width and height of each anchor in cells. */
  anchors: v.pipe(v.array(v.tuple([v.pipe(v.number(), v.minValue(0)), v.pipe(v.number(), v.minValue(0))])), v.minLength(1)),
});

export type V2Head = v.InferOutput<typeof v2HeadSchema>;
