import type { Result } from '../../base/index.ts';
import { err, messageOf, ok } from '../../base/index.ts';
import type { ModelFailure, ModelSource, VectorCard } from '../../runtime/index.ts';
import { loadGraph, loadWeights } from '../../runtime/tf.ts';
import { DlibResnetNetwork } from './dlib-resnet-network.ts';
import { FaceVectorModel } from './face-vector-model.ts';
import { VectorGraphNetwork } from './vector-graph-network.ts';
import type { VectorNetwork } from './vector-network.ts';

type OnBytes = (count: number) => void;
type Source = ModelSource<VectorCard>;

/** Loads a model of a face's numbers (`descriptor`, `liveness` or `antispoof`) on the backend in use. */
export async function loadFaceVectors(source: Source, onBytes?: OnBytes): Promise<Result<FaceVectorModel, ModelFailure>> {
  const network = await loadNetwork(source, onBytes);
  return network.ok ? ok(new FaceVectorModel(source.card, network.value)) : network;
}

async function loadNetwork(source: Source, onBytes?: OnBytes): Promise<Result<VectorNetwork, ModelFailure>> {
  const { head, id } = source.card;
  if (head.family === 'vector-graph') {
    const graph = await loadGraph(source, onBytes);
    return graph.ok ? ok(new VectorGraphNetwork(graph.value, head)) : graph;
  }
  const weights = await loadWeights(source, onBytes);
  if (!weights.ok) return weights;
  try {
    return ok(new DlibResnetNetwork(weights.value, head.outputLayer));
  } catch (thrown) {
    return err('model-mismatch', `${id}: ${messageOf(thrown)}`);
  } finally {
    weights.value.dispose();
  }
}
