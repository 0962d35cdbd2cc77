import { io } from '@tensorflow/tfjs-core';
import type { Result } from '../../base/index.ts';
import { err, ok } from '../../base/index.ts';
import type { Size } from '../../geometry/index.ts';
import type { ModelCard } from '../card.ts';
import { readJson } from '../import/bounded-json.ts';
import { readLayersPlan } from '../import/layers/read-layers-plan.ts';
import { plainReason } from '../import/plain-reason.ts';
import type { ModelFailure, ModelSource } from '../model-source.ts';
import { checkWeightBytes } from '../weight-bytes.ts';
import type { LayersModel } from './layers/build-layers.ts';
import { WeightMap } from './weight-map.ts';

/** Loads a TensorFlow.js layers model from its source. The layers' code is loaded with the first such model. */
export async function loadLayers(source: ModelSource, onBytes?: (count: number) => void): Promise<Result<LayersModel, ModelFailure>> {
  const { files, id, input } = source.card;
  const graphFile = files.find((file) => file.role === 'graph');
  const weightFile = files.find((file) => file.role === 'weights');
  if (!graphFile || !weightFile) return err('model-mismatch', `the card of ${id} lists no network or no weights`);
  const [graph, weights] = await Promise.all([source.read(graphFile.name, onBytes), source.read(weightFile.name, onBytes)]);
  if (!graph.ok) return graph;
  if (!weights.ok) return weights;
  const { buildLayers } = await import('./layers/build-layers.ts');
  let tensors: WeightMap | null = null;
  try {
    const plan = readLayersPlan(readJson(graph.value, graphFile.name), graphFile.name);
    const specs = plan.weightsManifest.flatMap((group) => group.weights) as io.WeightsManifestEntry[];
    const checked = checkWeightBytes(specs, weights.value.byteLength, graphFile.name);
    if (!checked.ok) return checked;
    tensors = new WeightMap(io.decodeWeights(weights.value.buffer, specs));
    return ok(buildLayers(plan, tensors, sizeOf(input)));
  } catch (thrown) {
    return err('model-mismatch', plainReason(thrown));
  } finally {
    tensors?.dispose();
  }
}

function sizeOf(input: ModelCard['input']): Size {
  const fixed = 'fixedPx' in input ? input.fixedPx : undefined;
  return fixed ?? { width: input.defaultPx, height: input.defaultPx };
}
