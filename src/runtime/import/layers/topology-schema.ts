import * as v from 'valibot';
import { acceptedName } from '../accepted-name.ts';
import { importLimits } from '../import-limits.ts';
import { weightsManifestSchema } from '../weights-manifest-schema.ts';

const number = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(importLimits.nodes));

/** A layer's name, the number of the call, the number of the output, and what else the call is given: nothing. */
const reference = v.pipe(
  v.union([v.strictTuple([acceptedName, number, v.literal(0)]), v.strictTuple([acceptedName, number, v.literal(0), v.strictObject({})])]),
  v.transform(([layer, call]) => ({ layer, call })),
);
const references = v.pipe(v.array(reference), v.minLength(1), v.maxLength(importLimits.nodes));
/** One output may stand alone, without the list about it. */
const oneOrMore = v.union([references, v.pipe(reference, v.transform((only) => [only]))]);

/** A layer as it stands in a model, before anything is known about its class. */
const anyLayer = v.looseObject({
  class_name: v.pipe(v.string(), v.maxLength(100)),
  config: v.looseObject({}),
  name: v.optional(acceptedName),
  inbound_nodes: v.optional(v.pipe(v.array(v.unknown()), v.maxLength(1000))),
});
export type AnyLayer = v.InferOutput<typeof anyLayer>;

const layers = v.pipe(v.array(anyLayer), v.minLength(1), v.maxLength(importLimits.layers));

/** A chain of layers. Early Keras gave it as a bare list. */
const chain = v.object({ class_name: v.literal('Sequential'), config: v.union([v.object({ layers, build_input_shape: v.optional(v.unknown()) }), v.pipe(layers, v.transform((list) => ({ layers: list, build_input_shape: undefined })))]) });
const network = v.object({ class_name: v.picklist(['Model', 'Functional']), config: v.object({ layers, input_layers: oneOrMore, output_layers: oneOrMore }) });

export const topologySchema = v.variant('class_name', [chain, network]);
export type Topology = v.InferOutput<typeof topologySchema>;

export const callsSchema = v.array(references);

/** The parts of a layers model's `model.json` that are relied upon. */
export const layersModelSchema = v.object({
  modelTopology: v.looseObject({}),
  weightsManifest: weightsManifestSchema,
});
