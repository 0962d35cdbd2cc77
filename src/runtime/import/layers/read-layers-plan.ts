import * as v from 'valibot';
import { issueText } from '../../issue-text.ts';
import { ImportError } from '../import-failure.ts';
import type { StatedShape } from '../model-facts.ts';
import { orderLayers } from './order-layers.ts';
import type { KnownLayer } from './layer-schemas.ts';
import { layerClasses, layerSchema } from './layer-schemas.ts';
import type { CallRef, LayersPlan, PlannedInput, PlannedLayer } from './layers-plan.ts';
import type { AnyLayer, Topology } from './topology-schema.ts';
import { callsSchema, layersModelSchema, topologySchema } from './topology-schema.ts';

/** Whether parsed JSON is a layers model rather than a graph model. */
export function isLayersModel(json: unknown): boolean {
  const { format, modelTopology } = json as { format?: unknown; modelTopology?: object | null };
  return format === 'layers-model' || (typeof modelTopology === 'object' && modelTopology !== null && ('model_config' in modelTopology || 'class_name' in modelTopology));
}

/**
 * Reads a TensorFlow.js layers model: a chain of layers or a network of them, each of a class that is run here.
 * Ref: the JSON that `tensorflowjs_converter` and `LayersModel.save` write, which holds a Keras model's own configuration.
 *
 * @throws ImportError `graph-invalid` or `layer-unsupported`
 */
export function readLayersPlan(json: unknown, path: string): LayersPlan {
  const { modelTopology, weightsManifest } = parsed(layersModelSchema, json, path);
  const topology = parsed(topologySchema, modelTopology['model_config'] ?? modelTopology, `${path}: the network`);
  const network = topology.class_name === 'Sequential' ? readChain(topology.config.layers, path) : readNetwork(topology.config, path);
  return { ...network, weightsManifest };
}

type Network = Omit<LayersPlan, 'weightsManifest'>;

/** A chain states the shape of its picture in an input layer or with its first layer. */
function readChain(list: readonly AnyLayer[], path: string): Network {
  const known = list.map((each) => readLayer(each, path));
  const [first, ...rest] = known;
  if (!first) throw new ImportError('graph-invalid', `${path}: it has no layers`);
  const isInput = first.class_name === 'InputLayer';
  const input = isInput ? inputOf(first, path) : { name: `${first.config.name}_input`, shape: statedShape((list[0] as AnyLayer).config, first.config.name, path) };
  const chained = isInput ? rest : known;
  let before = input.name;
  const layers = chained.map((layer): PlannedLayer => {
    const calls = [[{ layer: before, call: 0 }]];
    before = layer.config.name;
    return { name: before, layer, calls };
  });
  return { inputs: [input], layers: orderLayers(layers, [input], path), outputs: [{ layer: before, call: 0 }] };
}

function readNetwork({ layers, input_layers, output_layers }: Extract<Topology, { class_name: 'Model' | 'Functional' }>['config'], path: string): Network {
  const known = layers.map((each): PlannedLayer => {
    const layer = readLayer(each, path);
    const { name } = layer.config;
    return { name, layer, calls: parsed(callsSchema, each.inbound_nodes ?? [], `${path}: what the layer ${name} is given`) };
  });
  const inputs = known.flatMap(({ layer }) => (layer.class_name === 'InputLayer' ? [inputOf(layer, path)] : []));
  if (inputs.length !== input_layers.length) throw new ImportError('graph-invalid', `${path}: it states ${input_layers.length} inputs and has ${inputs.length}`);
  const called = known.filter(({ layer }) => layer.class_name !== 'InputLayer');
  const idle = called.find(({ calls }) => calls.length === 0);
  if (idle) throw new ImportError('graph-invalid', `${path}: the layer ${idle.name} is given nothing`);
  const ordered = orderLayers(called, inputs, path);
  for (const { layer, call } of output_layers) {
    if (!hasCall(known, { layer, call })) throw new ImportError('graph-invalid', `${path}: its output ${layer} is not among its layers`);
  }
  return { inputs, layers: ordered, outputs: output_layers };
}

function hasCall(layers: readonly PlannedLayer[], { layer, call }: CallRef): boolean {
  const found = layers.find(({ name }) => name === layer);
  return found !== undefined && call < Math.max(1, found.calls.length);
}

function readLayer(each: AnyLayer, path: string): KnownLayer {
  const name = each.name ?? each.config['name'];
  const called = typeof name === 'string' ? ` ${name.slice(0, 100)}` : '';
  if (!layerClasses.has(each.class_name)) throw new ImportError('layer-unsupported', `${path}: the layer${called} is of the kind ${each.class_name}`);
  const read = v.safeParse(layerSchema, { class_name: each.class_name, config: each.config });
  if (read.success) return read.output;
  const [issue] = read.issues;
  const option = v.getDotPath(issue)?.replace(/^config\./, '') ?? 'options';
  const value = issue.input === undefined ? 'not set' : JSON.stringify(issue.input).slice(0, 80);
  throw new ImportError('layer-unsupported', `${path}: the layer${called} (${each.class_name}) has the option ${option}: ${value}`);
}

function inputOf(layer: Extract<KnownLayer, { class_name: 'InputLayer' }>, path: string): PlannedInput {
  const { name, batch_input_shape, batch_shape } = layer.config;
  const shape = batch_input_shape ?? batch_shape;
  if (!shape) throw new ImportError('graph-invalid', `${path}: the input ${name} has no shape`);
  return { name, shape };
}

function statedShape(config: AnyLayer['config'], name: string, path: string): StatedShape {
  const read = v.safeParse(layerSchema, { class_name: 'InputLayer', config: { name, batch_input_shape: config['batch_input_shape'] } });
  const shape = read.success && read.output.class_name === 'InputLayer' ? read.output.config.batch_input_shape : undefined;
  if (!shape) throw new ImportError('graph-invalid', `${path}: its first layer ${name} states no shape of its input`);
  return shape;
}

function parsed<S extends v.GenericSchema>(schema: S, json: unknown, what: string): v.InferOutput<S> {
  const read = v.safeParse(schema, json);
  if (read.success) return read.output;
  throw new ImportError('graph-invalid', `${what}: ${issueText(read.issues[0])}`);
}
