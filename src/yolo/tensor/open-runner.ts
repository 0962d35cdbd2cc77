import type { Result } from '../../base/index.ts';
import { err, messageOf, ok } from '../../base/index.ts';
import type { ModelFailure, ModelSource } from '../../runtime/index.ts';
import { loadGraph, loadLayers } from '../../runtime/tf.ts';
import { GraphRunner } from './graph-runner.ts';
import { LayersRunner } from './layers-runner.ts';
import type { OutputRunner } from './output-runner.ts';

/** Opens a TensorFlow.js model of either kind on the backend in use. A graph without exactly one input is a mismatch. */
export async function openRunner(source: ModelSource, format: 'tfjs-graph' | 'tfjs-layers', onBytes?: (count: number) => void): Promise<Result<OutputRunner, ModelFailure>> {
  if (format === 'tfjs-layers') {
    const layers = await loadLayers(source, onBytes);
    return layers.ok ? ok(new LayersRunner(layers.value)) : layers;
  }
  const graph = await loadGraph(source, onBytes);
  if (!graph.ok) return graph;
  try {
    return ok(new GraphRunner(graph.value));
  } catch (thrown) {
    graph.value.dispose();
    return err('model-mismatch', `${source.card.id}: ${messageOf(thrown)}`);
  }
}
