import type { Result } from '../../base/index.ts';
import { err, messageOf, ok } from '../../base/index.ts';
import type { ModelFailure, ModelSource } from '../../runtime/index.ts';
import { loadGraph, loadWeights, openPlainNetwork } from '../../runtime/tf.ts';
import type { HeadSpec } from '../heads/read-head.ts';
import { readHead } from '../heads/read-head.ts';
import { CentreNetwork } from './centre-network.ts';
import { Detector } from './detector.ts';
import { GraphNetwork } from './graph-network.ts';
import type { GridNetwork } from './grid-network.ts';
import { RuntimeNetwork } from './runtime-network.ts';
import { TinyV2Network } from './tiny-v2-network.ts';

type OnBytes = (count: number) => void;

/** Loads a model on the backend in use, or in a runtime of its own, and makes it a detector, as its card says. */
export async function loadDetector(source: ModelSource, onBytes?: OnBytes): Promise<Result<Detector, ModelFailure>> {
  const head = readHead(source.card.head);
  if (!head.ok) return err('model-mismatch', `card of ${source.card.id}: ${head.failure.detail}`);
  const network = await loadNetwork(source, head.value, onBytes);
  return network.ok ? ok(new Detector(source.card, network.value)) : network;
}

function loadNetwork(source: ModelSource, head: HeadSpec, onBytes?: OnBytes): Promise<Result<GridNetwork, ModelFailure>> {
  switch (source.card.format) {
    case 'tfjs-graph':
      return loadGraphNetwork(source, head, onBytes);
    case 'tfjs-weights':
      return loadTinyV2(source, head, onBytes);
    case 'onnx':
    case 'tflite':
      return loadRuntimeNetwork(source, source.card.format, head, onBytes);
    case 'darknet':
      return Promise.resolve(err('model-mismatch', `${source.card.id}: darknet files cannot be loaded yet`));
  }
}

async function loadGraphNetwork(source: ModelSource, head: HeadSpec, onBytes?: OnBytes): Promise<Result<GridNetwork, ModelFailure>> {
  const graph = await loadGraph(source, onBytes);
  if (!graph.ok) return graph;
  return owned(graph.value, source, () => (head.family === 'centre' ? new CentreNetwork(graph.value, head) : new GraphNetwork(graph.value, head)));
}

async function loadTinyV2(source: ModelSource, head: HeadSpec, onBytes?: OnBytes): Promise<Result<GridNetwork, ModelFailure>> {
  if (head.family !== 'v2') return err('model-mismatch', `card of ${source.card.id}: named weights with a ${head.family} head`);
  const weights = await loadWeights(source, onBytes);
  if (!weights.ok) return weights;
  return owned(weights.value, source, () => new TinyV2Network(weights.value, head));
}

async function loadRuntimeNetwork(
  source: ModelSource,
  format: 'onnx' | 'tflite',
  head: HeadSpec,
  onBytes?: OnBytes,
): Promise<Result<GridNetwork, ModelFailure>> {
  const file = source.card.files.find(({ role }) => role === 'model');
  if (!file) return err('model-mismatch', `the card of ${source.card.id} lists no model file`);
  const bytes = await source.read(file.name, onBytes);
  if (!bytes.ok) return bytes;
  const network = await openPlainNetwork(format, bytes.value);
  return network.ok ? ok(new RuntimeNetwork(network.value, head, source.card.input.layout)) : network;
}

/** Builds a network around what it takes over; when it refuses, what it would have owned is given back. */
function owned(held: { dispose(): void }, { card }: ModelSource, build: () => GridNetwork): Result<GridNetwork, ModelFailure> {
  try {
    return ok(build());
  } catch (thrown) {
    held.dispose();
    return err('model-mismatch', `${card.id}: ${messageOf(thrown)}`);
  }
}
