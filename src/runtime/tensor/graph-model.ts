import type { GraphModel } from '@tensorflow/tfjs-converter';
import { loadGraphModelSync } from '@tensorflow/tfjs-converter';
import { io, keep, tidy } from '@tensorflow/tfjs-core';
import type { Result } from '../../base/index.ts';
import { err, ok } from '../../base/index.ts';
import { plainReason } from '../import/plain-reason.ts';
import type { FilesOfCard, ModelFailure, ModelSource } from '../model-source.ts';
import { checkWeightBytes } from '../weight-bytes.ts';

interface GraphJson {
  readonly modelTopology: { readonly node: readonly GraphNode[] };
  /** Names the inputs and outputs and gives their order; without it they are the nodes at the ends. */
  readonly signature?: object;
  readonly weightsManifest: readonly { readonly weights: io.WeightsManifestEntry[] }[];
}

interface GraphNode {
  readonly op: string;
  readonly attr?: Readonly<Record<string, unknown>>;
}

/**
 * Loads a TensorFlow.js graph model from its source. The fixed shape of its inputs is set free, so that a fully
 * convolutional graph takes any size that its strides allow.
 */
export async function loadGraph(source: ModelSource<FilesOfCard>, onBytes?: (count: number) => void): Promise<Result<GraphModel, ModelFailure>> {
  const graphFile = source.card.files.find((file) => file.role === 'graph');
  const weightFile = source.card.files.find((file) => file.role === 'weights');
  if (!graphFile || !weightFile) return err('model-mismatch', `the card of ${source.card.id} lists no graph or no weights`);
  const [graph, weights] = await Promise.all([source.read(graphFile.name, onBytes), source.read(weightFile.name, onBytes)]);
  if (!graph.ok) return graph;
  if (!weights.ok) return weights;
  try {
    const json = JSON.parse(new TextDecoder().decode(graph.value)) as GraphJson;
    const weightSpecs = json.weightsManifest.flatMap((group) => group.weights);
    const checked = checkWeightBytes(weightSpecs, weights.value.byteLength, `${source.card.id}/${graphFile.name}`);
    if (!checked.ok) return checked;
    return ok(
      buildGraph({
        modelTopology: { ...json.modelTopology, node: json.modelTopology.node.map(freeInputShape) },
        ...(json.signature ? { signature: json.signature } : {}),
        weightSpecs,
        weightData: weights.value.buffer,
      }),
    );
  } catch (thrown) {
    return err('model-mismatch', `${source.card.id}/${graphFile.name}: ${plainReason(thrown)}`);
  }
}

/** The weights become tensors before the graph is understood: of a graph that is not, they must not stay. */
function buildGraph(artifacts: io.ModelArtifacts): GraphModel {
  const built: GraphModel<io.IOHandlerSync>[] = [];
  tidy(() => {
    const model = loadGraphModelSync(io.fromMemorySync(artifacts));
    for (const tensors of Object.values(model.weights)) tensors.forEach(keep);
    built.push(model);
  });
  // Where a graph came from matters to its `load` alone, which is over.
  return built[0] as unknown as GraphModel;
}

function freeInputShape(node: GraphNode): GraphNode {
  if (node.op !== 'Placeholder') return node;
  return { ...node, attr: Object.fromEntries(Object.entries(node.attr ?? {}).filter(([name]) => name !== 'shape')) };
}
