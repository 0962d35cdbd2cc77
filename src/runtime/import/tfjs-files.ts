import * as v from 'valibot';
import { issueText } from '../issue-text.ts';
import { checkWeightBytes } from '../weight-bytes.ts';
import { ImportError } from './import-failure.ts';
import { importLimits } from './import-limits.ts';
import type { NamedBytes } from './imported-model.ts';
import type { NetworkFacts, StatedShape, StatedTensor } from './model-facts.ts';
import { countOperations } from './model-facts.ts';
import { folderOf, safePath } from './safe-path.ts';
import type { LayersPlan } from './layers/layers-plan.ts';
import { outputName } from './layers/layers-plan.ts';
import { isLayersModel, readLayersPlan } from './layers/read-layers-plan.ts';
import type { ShapeJson, TfjsGraphJson } from './tfjs-graph-schema.ts';
import { shapeSchema, tfjsGraphSchema } from './tfjs-graph-schema.ts';
import type { WeightsManifest } from './weights-manifest-schema.ts';

export interface TfjsModel {
  readonly format: 'tfjs-graph' | 'tfjs-layers';
  readonly facts: NetworkFacts;
  /** All shards, one behind the other in the order of the manifest. */
  readonly weights: Uint8Array<ArrayBuffer>;
}

/** Whether parsed JSON is a `model.json` of TensorFlow.js, of either kind. */
export function looksLikeTfjs(json: unknown): boolean {
  return typeof json === 'object' && json !== null && 'modelTopology' in json && 'weightsManifest' in json;
}

/**
 * Reads a TensorFlow.js model, a graph or layers: its network is checked, every path of the manifest is one of the files
 * beside it, and the shards of each group hold exactly the bytes that its weights need.
 *
 * @param path of `model.json` among the files
 * @throws ImportError
 */
export function readTfjsFiles(json: unknown, path: string, files: readonly NamedBytes[]): TfjsModel {
  if (isLayersModel(json)) {
    const plan = readLayersPlan(json, path);
    const weights = joinShards(plan.weightsManifest, path, files);
    return { format: 'tfjs-layers', facts: factsOfLayers(plan, weights.byteLength), weights };
  }
  const parsed = v.safeParse(tfjsGraphSchema, json);
  if (!parsed.success) throw new ImportError('graph-invalid', `${path}: ${issueText(parsed.issues[0])}`);
  const graph = parsed.output;
  const weights = joinShards(graph.weightsManifest, path, files);
  return { format: 'tfjs-graph', facts: factsOfGraph(graph, weights.byteLength), weights };
}

function joinShards(weightsManifest: WeightsManifest, path: string, files: readonly NamedBytes[]): Uint8Array<ArrayBuffer> {
  const names = weightsManifest.flatMap((group) => group.weights.map(({ name }) => name));
  if (new Set(names).size < names.length) throw new ImportError('weights-mismatch', `${path}: two weights have one name`);
  const paths = weightsManifest.flatMap((group) => group.paths);
  if (new Set(paths).size < paths.length) throw new ImportError('weights-mismatch', `${path}: one file is named twice`);
  const shards = weightsManifest.flatMap((group) => {
    const parts = group.paths.map((name) => shardNamed(name, path, files));
    const present = parts.reduce((sum, { bytes }) => sum + bytes.byteLength, 0);
    const checked = checkWeightBytes(group.weights.map(specOf), present, path);
    if (!checked.ok) throw new ImportError('weights-mismatch', `${checked.failure.detail} (${group.paths.slice(0, 3).join(', ')})`);
    return parts;
  });
  const joined = new Uint8Array(shards.reduce((sum, { bytes }) => sum + bytes.byteLength, 0));
  let at = 0;
  for (const { bytes } of shards) {
    joined.set(bytes, at);
    at += bytes.byteLength;
  }
  return joined;
}

type Weight = WeightsManifest[number]['weights'][number];

function specOf({ name, shape, dtype, quantization }: Weight): Parameters<typeof checkWeightBytes>[0][number] {
  return { name, shape, dtype, ...(quantization?.dtype === undefined ? {} : { quantization: { dtype: quantization.dtype } }) };
}

function shardNamed(name: string, modelPath: string, files: readonly NamedBytes[]): NamedBytes {
  const wanted = folderOf(modelPath) + safePath(name);
  const file = files.find((candidate) => candidate.name === wanted);
  if (!file) throw new ImportError('files-missing', `${modelPath} needs ${wanted}, which is not among the files`);
  return file;
}

/** Shapes of outputs are not worked out here: the network is run once for them. */
function factsOfLayers({ inputs, layers, outputs }: LayersPlan, weightBytes: number): NetworkFacts {
  return {
    inputs: inputs.map(({ name, shape }) => ({ name, shape, type: 'float32' })),
    outputs: outputs.map((ref) => ({ name: outputName(ref), shape: null, type: 'float32' })),
    operations: countOperations(layers.map(({ layer }) => layer.class_name)),
    weightBytes,
    metadata: new Map(),
  };
}

function factsOfGraph({ modelTopology, signature }: TfjsGraphJson, weightBytes: number): NetworkFacts {
  const nodes = modelTopology.node;
  const consumed = new Set(nodes.flatMap(({ input }) => (input ?? []).map(nodeName)));
  const outputs = Object.values(signature?.outputs ?? {}).map(tensorOf);
  const placeholders = nodes.filter(({ op }) => op === 'Placeholder');
  const loose = nodes.filter(({ name, op }) => !consumed.has(name) && op !== 'Placeholder' && op !== 'Const' && op !== 'NoOp');
  const signed = new Map(Object.values(signature?.inputs ?? {}).map((info) => [nodeName(info.name ?? ''), info] as const));
  return {
    inputs: placeholders.map(({ name, attr }) => {
      const own = v.safeParse(v.object({ shape: shapeSchema }), attr?.['shape']);
      const info = signed.get(name);
      return { name, shape: info?.tensorShape ? shapeOf(info.tensorShape) : own.success ? shapeOf(own.output.shape) : null, type: typeOf(info?.dtype) };
    }),
    outputs: outputs.length > 0 ? outputs : loose.map(({ name }) => ({ name, shape: null, type: 'float32' })),
    operations: countOperations(nodes.map(({ op }) => op)),
    weightBytes,
    metadata: new Map(),
  };
}

function tensorOf({ name, dtype, tensorShape }: { name?: string | undefined; dtype?: string | undefined; tensorShape?: ShapeJson | undefined }): StatedTensor {
  return { name: nodeName(name ?? ''), shape: tensorShape ? shapeOf(tensorShape) : null, type: typeOf(dtype) };
}

/** `^node` is a control input, `node:1` a further output. */
function nodeName(reference: string): string {
  return reference.replace(/^\^/, '').replace(/:\d+$/, '');
}

function shapeOf({ unknownRank, dim }: ShapeJson): StatedShape | null {
  if (unknownRank) return null;
  return (dim ?? []).map(({ size }) => {
    const side = Number(size);
    return Number.isInteger(side) && side > 0 && side <= importLimits.tensorItems ? side : null;
  });
}

function typeOf(dtype: string | undefined): string {
  return dtype === undefined || dtype === 'DT_FLOAT' ? 'float32' : dtype.replace('DT_', '').toLowerCase();
}
