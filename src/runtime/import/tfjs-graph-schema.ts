import * as v from 'valibot';
import { importLimits } from './import-limits.ts';

const forbiddenNames: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype', 'hasOwnProperty', 'toString']);
/** Names become keys of plain objects in the tensor library. */
const name = v.pipe(v.string(), v.minLength(1), v.maxLength(1024), v.check((text) => !forbiddenNames.has(text), 'a name that is not accepted'));
const side = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(importLimits.tensorItems));
const quantised = v.looseObject({ dtype: v.optional(v.string()), min: v.optional(v.pipe(v.number(), v.finite())), scale: v.optional(v.pipe(v.number(), v.finite())) });

const weightSchema = v.looseObject({
  name,
  shape: v.pipe(v.array(side), v.maxLength(importLimits.rank)),
  dtype: v.string(),
  quantization: v.optional(quantised),
});

const shapeSchema = v.looseObject({
  unknownRank: v.optional(v.boolean()),
  dim: v.optional(v.pipe(v.array(v.looseObject({ size: v.optional(v.union([v.string(), v.number()])) })), v.maxLength(importLimits.rank))),
});
export type ShapeJson = v.InferOutput<typeof shapeSchema>;

const tensorInfoSchema = v.looseObject({ name: v.optional(v.string()), dtype: v.optional(v.string()), tensorShape: v.optional(shapeSchema) });
const tensorInfos = v.optional(v.record(v.string(), tensorInfoSchema));

/** The parts of a TensorFlow.js `model.json` that are relied upon; the rest is the converter's. */
export const tfjsGraphSchema = v.looseObject({
  modelTopology: v.looseObject({
    versions: v.looseObject({ producer: v.optional(v.number()) }),
    node: v.pipe(
      v.array(
        v.looseObject({
          name,
          op: v.pipe(v.string(), v.maxLength(256)),
          input: v.optional(v.array(v.string())),
          attr: v.optional(v.record(v.string(), v.unknown())),
        }),
      ),
      v.minLength(1),
      v.maxLength(importLimits.nodes),
    ),
  }),
  signature: v.optional(v.looseObject({ inputs: tensorInfos, outputs: tensorInfos })),
  weightsManifest: v.pipe(
    v.array(
      v.looseObject({
        paths: v.pipe(v.array(v.string()), v.minLength(1), v.maxLength(importLimits.files)),
        weights: v.pipe(v.array(weightSchema), v.maxLength(importLimits.nodes)),
      }),
    ),
    v.minLength(1),
    v.maxLength(importLimits.files),
  ),
});
export type TfjsGraphJson = v.InferOutput<typeof tfjsGraphSchema>;

export { shapeSchema };
