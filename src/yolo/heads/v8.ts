import * as v from 'valibot';
import { classesSchema, coordinatesSchema, listLayoutSchema, logisticSchema, placesSchema } from './parts.ts';

/**
 * An anchor-free head with the distances of a point to the four sides of its box (left, top, right, bottom, in cells):
 * YOLOv8, v9, v11, v12, and NanoDet with other numbers. With several bins a distance is the expectation of a
 * distribution over 0..bins-1; with one bin it is the number itself. No objectness.
 * Ref: Li et al., Generalized Focal Loss, arXiv:2006.04388, section 3.2 (distribution); Tian et al., FCOS,
 * arXiv:1904.01355, equation 1 (distances).
 */
export const v8GridHeadSchema = v.strictObject({
  family: v.literal('v8'),
  form: v.literal('grid'),
  places: placesSchema,
  /** Outputs with the classes alone, one for each scale or one for the list, where those of `places` hold the boxes alone. */
  scoresOutputs: v.exactOptional(v.pipe(v.array(v.string()), v.minLength(1), v.maxLength(8))),
  /** Which fields come first in a place: four times `bins` distances, or the classes. */
  order: v.picklist(['boxes-first', 'classes-first']),
  bins: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(64)),
  /** Where a point stands in its cell: 0.5 is the middle (YOLO), 0 the corner (NanoDet-Plus). */
  pointInCell: v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
  logistic: logisticSchema,
  classes: classesSchema,
});

/** The export that has decoded its boxes itself: four box fields and the classes per box, no objectness. */
export const v8ListHeadSchema = v.strictObject({
  family: v.literal('v8'),
  form: v.literal('decoded'),
  output: v.string(),
  /** The output with the classes alone, in the same layout, where `output` holds the four box fields alone. */
  scoresOutput: v.exactOptional(v.string()),
  layout: listLayoutSchema,
  /** `centre`: cx, cy, w, h. `corners`: x1, y1, x2, y2. */
  boxes: v.picklist(['centre', 'corners']),
  coordinates: coordinatesSchema,
  logistic: logisticSchema,
  classes: classesSchema,
});

export const v8HeadSchema = v.variant('form', [v8GridHeadSchema, v8ListHeadSchema]);

export type V8GridHead = v.InferOutput<typeof v8GridHeadSchema>;
export type V8ListHead = v.InferOutput<typeof v8ListHeadSchema>;
export type V8Head = v.InferOutput<typeof v8HeadSchema>;
