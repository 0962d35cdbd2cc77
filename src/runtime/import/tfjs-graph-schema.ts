import * as v from 'valibot';
import { acceptedName } from './accepted-name.ts';
import { importLimits } from './import-limits.ts';
import { weightsManifestSchema } from './weights-manifest-schema.ts';

const shapeSchema = v.looseObject({
  unknownRank: v.optional(v.boolean()),
  dim: v.optional(v.pipe(v.array(v.looseObject({ size: v.optional(v.union([v.string(), v.number()])) })), v.maxLength(importLimits.rank))),
});
export type ShapeJson = v.InferOutput<typeof shapeSchema>;

const tensorInfoSchema = v.looseObject({ name: v.optional(v.string()), dtype: v.optional(v.string()), tensorShape: v.optional(shapeSchema) });
const tensorInfos = v.optional(v.record(v.string(), tensorInfoSchema));

/** The parts of a TensorFlow.js graph's `model.json` that are relied upon; the rest is the converter's. */
export const tfjsGraphSchema = v.looseObject({
  modelTopology: v.looseObject({
    versions: v.looseObject({ producer: v.optional(v.number()) }),
    node: v.pipe(
      v.array(
        v.looseObject({
          name: acceptedName,
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
  weightsManifest: weightsManifestSchema,
});
export type TfjsGraphJson = v.InferOutput<typeof tfjsGraphSchema>;

export { shapeSchema };
