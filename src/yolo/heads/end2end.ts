import * as v from 'valibot';
import { coordinatesSchema } from './parts.ts';

const field = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(63));

/**
 * The output of a network that needs no NMS (YOLOv10, YOLO26) or holds its own (YOLOv7 `end2end`): a row per box.
 * Ref: Wang et al., YOLOv10, arXiv:2405.14458, section 3.1.
 */
export const end2endRowsHeadSchema = v.strictObject({
  family: v.literal('end2end'),
  form: v.literal('rows'),
  /** [1, N, fields] or [N, fields]. */
  output: v.string(),
  fields: v.pipe(v.number(), v.integer(), v.minValue(6), v.maxValue(64)),
  /** First of the four fields x1, y1, x2, y2. YOLOv10: 0. YOLOv7: 1, behind the number of the picture. */
  boxAt: field,
  /** YOLOv10: 4. YOLOv7: 6. */
  scoreAt: field,
  /** YOLOv10 and YOLOv7: 5. */
  classAt: field,
  coordinates: coordinatesSchema,
});

/** The same as outputs of their own, as TensorFlow's combined NMS gives them. */
export const end2endSplitHeadSchema = v.strictObject({
  family: v.literal('end2end'),
  form: v.literal('split'),
  /** [1, N, 4] */
  boxesOutput: v.string(),
  /** [1, N] */
  scoresOutput: v.string(),
  /** [1, N] */
  classesOutput: v.string(),
  /** [1]: how many of the N count; null when there is no such output and empty rows have score 0. */
  countOutput: v.nullable(v.string()),
  /** TensorFlow's own detectors give `yxyx`. */
  corners: v.picklist(['xyxy', 'yxyx']),
  coordinates: coordinatesSchema,
});

export const end2endHeadSchema = v.variant('form', [end2endRowsHeadSchema, end2endSplitHeadSchema]);

export type End2endRowsHead = v.InferOutput<typeof end2endRowsHeadSchema>;
export type End2endSplitHead = v.InferOutput<typeof end2endSplitHeadSchema>;
export type End2endHead = v.InferOutput<typeof end2endHeadSchema>;
