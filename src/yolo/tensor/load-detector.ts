import type { Result } from '../../base/index.ts';
import { err, messageOf, ok } from '../../base/index.ts';
import type { ModelFailure, ModelSource } from '../../runtime/index.ts';
import { loadGraph, loadWeights } from '../../runtime/tf.ts';
import type { CentreHead } from '../heads/centre.ts';
import { readHead } from '../heads/read-head.ts';
import type { V2Head } from '../heads/v2.ts';
import { CentreNetwork } from './centre-network.ts';
import { Detector } from './detector.ts';
import { TinyV2Network } from './tiny-v2-network.ts';

/** Loads a model on the backend in use and makes it a detector, by the head family that its card names. */
export async function loadDetector(source: ModelSource, onBytes?: (count: number) => void): Promise<Result<Detector, ModelFailure>> {
  const head = readHead(source.card.head);
  if (!head.ok) return err('model-mismatch', `card of ${source.card.id}: ${head.failure.detail}`);
  switch (head.value.family) {
    case 'centre':
      return loadCentre(source, head.value, onBytes);
    case 'v2':
      return loadTinyV2(source, head.value, onBytes);
  }
}

async function loadCentre(source: ModelSource, head: CentreHead, onBytes?: (count: number) => void): Promise<Result<Detector, ModelFailure>> {
  const graph = await loadGraph(source, onBytes);
  return graph.ok ? ok(new Detector(source.card, new CentreNetwork(graph.value, head))) : graph;
}

async function loadTinyV2(source: ModelSource, head: V2Head, onBytes?: (count: number) => void): Promise<Result<Detector, ModelFailure>> {
  const weights = await loadWeights(source, onBytes);
  if (!weights.ok) return weights;
  try {
    return ok(new Detector(source.card, new TinyV2Network(weights.value, head)));
  } catch (thrown) {
    weights.value.dispose();
    return err('model-mismatch', `${source.card.id}: ${messageOf(thrown)}`);
  }
}
