import * as v from 'valibot';
import { anchorsPxSchema, classesSchema, gridLayoutSchema, strideSchema } from './parts.ts';

/**
 * A YOLOv3 or v4 head: grids at several strides with anchors of their own. Fields per anchor: x, y, w, h, objectness,
 * classes, all raw; objectness and every class through the logistic function.
 * Ref: Redmon and Farhadi, YOLOv3, arXiv:1804.02767, section 2; `scale_x_y`: Bochkovskiy et al., YOLOv4,
 * arXiv:2004.10934, section 3.4 "Eliminate grid sensitivity".
 */
export const v3HeadSchema = v.strictObject({
  family: v.literal('v3'),
  layout: gridLayoutSchema,
  classes: classesSchema,
  scales: v.pipe(
    v.array(
      v.strictObject({
        output: v.string(),
        stride: strideSchema,
        /** In input pixels, of this scale only (darknet: the anchors that `mask` picks). */
        anchors: anchorsPxSchema,
        /** 1 in YOLOv3; how far a centre may leave its cell, as in darknet's `scale_x_y`. */
        scaleXY: v.pipe(v.number(), v.minValue(1), v.maxValue(4)),
      }),
    ),
    v.minLength(1),
    v.maxLength(8),
  ),
});

export type V3Head = v.InferOutput<typeof v3HeadSchema>;
