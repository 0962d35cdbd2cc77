import * as v from 'valibot';
import { classesSchema, strideSchema } from './parts.ts';

const power = v.pipe(v.number(), v.gtValue(0), v.maxValue(4));

/**
 * A FastestDet head: one grid, fields objectness, x, y, w, h, classes per cell; objectness 0..1 and class shares already
 * made by the network. Score = objectness^a * class^b. Ref: the output description of github.com/dog-qiuqiu/FastestDet.
 */
export const fastestdetHeadSchema = v.strictObject({
  family: v.literal('fastestdet'),
  output: v.string(),
  layout: v.picklist(['hwc', 'chw']),
  /** Input pixels per cell. */
  stride: strideSchema,
  /** FastestDet: 0.6. */
  objectnessPower: power,
  /** FastestDet: 0.4. */
  classPower: power,
  classes: classesSchema,
});

export type FastestdetHead = v.InferOutput<typeof fastestdetHeadSchema>;
