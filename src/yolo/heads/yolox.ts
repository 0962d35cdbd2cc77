import * as v from 'valibot';
import { classesSchema, logisticSchema, placesSchema } from './parts.ts';

/**
 * A raw YOLOX head: fields x, y, w, h, objectness, classes per cell, no anchors. Only the scores may have been through
 * the logistic function. Ref: Ge et al., YOLOX, arXiv:2107.08430, section 2.2 "Anchor-free".
 */
export const yoloxHeadSchema = v.strictObject({
  family: v.literal('yolox'),
  places: placesSchema,
  /** Of objectness and classes. */
  logistic: logisticSchema,
  classes: classesSchema,
});

export type YoloxHead = v.InferOutput<typeof yoloxHeadSchema>;
