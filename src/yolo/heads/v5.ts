import * as v from 'valibot';
import { anchorScaleSchema, classesSchema, coordinatesSchema, gridLayoutSchema, listLayoutSchema, logisticSchema } from './parts.ts';

/**
 * A YOLOv5 or v7 head as raw grids: fields per anchor x, y, w, h, objectness, classes. With `applied` all of them have
 * been through the logistic function (darknet's `new_coords` grids are such).
 * Ref: Wang et al., Scaled-YOLOv4, arXiv:2011.08036, and YOLOv7, arXiv:2207.02696, whose heads share the form
 * centre = (2 s - 0.5 + cell) * stride, size = (2 s)^2 * anchor with s the logistic of the raw number.
 */
export const v5GridHeadSchema = v.strictObject({
  family: v.literal('v5'),
  form: v.literal('grid'),
  layout: gridLayoutSchema,
  logistic: logisticSchema,
  classes: classesSchema,
  /** Whether a place speaks for its best class alone (when left out), or for every class that reaches the score, as in darknet. */
  labels: v.exactOptional(v.picklist(['best', 'every'])),
  scales: v.pipe(v.array(anchorScaleSchema), v.minLength(1), v.maxLength(8)),
});

/**
 * The export that has decoded its grids itself: fields cx, cy, w, h, objectness, classes per box, scores in 0..1.
 * YOLOv5, v6, v7 and decoded YOLOX exports look alike.
 */
export const v5ListHeadSchema = v.strictObject({
  family: v.literal('v5'),
  form: v.literal('decoded'),
  output: v.string(),
  layout: listLayoutSchema,
  coordinates: coordinatesSchema,
  classes: classesSchema,
});

export const v5HeadSchema = v.variant('form', [v5GridHeadSchema, v5ListHeadSchema]);

export type V5GridHead = v.InferOutput<typeof v5GridHeadSchema>;
export type V5ListHead = v.InferOutput<typeof v5ListHeadSchema>;
export type V5Head = v.InferOutput<typeof v5HeadSchema>;
