import * as v from 'valibot';
import { acceptedName } from './accepted-name.ts';
import { importLimits } from './import-limits.ts';

const side = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(importLimits.tensorItems));
const finite = v.pipe(v.number(), v.finite());
const quantised = v.looseObject({ dtype: v.optional(v.string()), min: v.optional(finite), scale: v.optional(finite) });

const weightSchema = v.looseObject({
  name: acceptedName,
  shape: v.pipe(v.array(side), v.maxLength(importLimits.rank)),
  dtype: v.string(),
  quantization: v.optional(quantised),
});

/** The weights of a TensorFlow.js model, of either kind: groups of named weights, each spread over some files. */
export const weightsManifestSchema = v.pipe(
  v.array(
    v.looseObject({
      paths: v.pipe(v.array(v.string()), v.minLength(1), v.maxLength(importLimits.files)),
      weights: v.pipe(v.array(weightSchema), v.maxLength(importLimits.nodes)),
    }),
  ),
  v.minLength(1),
  v.maxLength(importLimits.files),
);
export type WeightsManifest = v.InferOutput<typeof weightsManifestSchema>;
