import type { Result } from '../../base/index.ts';
import { err, messageOf, ok } from '../../base/index.ts';
import type { ModelFailure, ModelSource } from '../../runtime/index.ts';
import { loadGraph, loadWeights, openPlainNetwork } from '../../runtime/tf.ts';
import { readDarknetPlan } from '../darknet/read-darknet-plan.ts';
import type { CentreHead } from '../heads/centre.ts';
import type { HeadSpec } from '../heads/read-head.ts';
import { readHead } from '../heads/read-head.ts';
import { CentreNetwork } from './centre-network.ts';
import { DarknetNetwork } from './darknet/darknet-network.ts';
import { Detector } from './detector.ts';
import { GraphNetwork } from './graph-network.ts';
import type { GridNetwork } from './grid-network.ts';
import { openRunner } from './open-runner.ts';
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
      return head.family === 'centre' ? loadCentre(source, head, onBytes) : loadTensors(source, source.card.format, head, onBytes);
    case 'tfjs-layers':
      return loadTensors(source, source.card.format, head, onBytes);
    case 'tfjs-weights':
      return loadTinyV2(source, head, onBytes);
    case 'onnx':
    case 'tflite':
      return loadRuntimeNetwork(source, source.card.format, head, onBytes);
    case 'darknet':
      return loadDarknet(source, onBytes);
  }
}

/** A centre head needs feeds of its own beside the picture; every other head reads the outputs of one input. */
async function loadCentre(source: ModelSource, head: CentreHead, onBytes?: OnBytes): Promise<Result<GridNetwork, ModelFailure>> {
  const graph = await loadGraph(source, onBytes);
  return graph.ok ? ok(new CentreNetwork(graph.value, head)) : graph;
}

async function loadTensors(source: ModelSource, format: 'tfjs-graph' | 'tfjs-layers', head: HeadSpec, onBytes?: OnBytes): Promise<Result<GridNetwork, ModelFailure>> {
  const runner = await openRunner(source, format, onBytes);
  return runner.ok ? ok(new GraphNetwork(runner.value, head)) : runner;
}

async function loadTinyV2(source: ModelSource, head: HeadSpec, onBytes?: OnBytes): Promise<Result<GridNetwork, ModelFailure>> {
  if (head.family !== 'v2') return err('model-mismatch', `card of ${source.card.id}: named weights with a ${head.family} head`);
  const weights = await loadWeights(source, onBytes);
  if (!weights.ok) return weights;
  return owned(weights.value, source, () => new TinyV2Network(weights.value, head));
}

/** Reads the `.cfg` for the layers and the `.weights` for their numbers. The head is the one of the card's own `.cfg`. */
async function loadDarknet(source: ModelSource, onBytes?: OnBytes): Promise<Result<GridNetwork, ModelFailure>> {
  const { id, files } = source.card;
  const cfgFile = files.find(({ role }) => role === 'graph');
  const weightsFile = files.find(({ role }) => role === 'weights');
  if (!cfgFile || !weightsFile) return err('model-mismatch', `the card of ${id} lists no .cfg or no .weights`);
  const [cfg, weights] = await Promise.all([source.read(cfgFile.name, onBytes), source.read(weightsFile.name, onBytes)]);
  if (!cfg.ok) return cfg;
  if (!weights.ok) return weights;
  const plan = readDarknetPlan(cfg.value);
  const network = plan.ok ? DarknetNetwork.build(plan.value, weights.value) : plan;
  return network.ok ? network : err('model-mismatch', `${id}: ${network.failure.code}: ${network.failure.detail}`);
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
