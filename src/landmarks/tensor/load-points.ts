import type { Result } from '../../base/index.ts';
import { err, messageOf, ok } from '../../base/index.ts';
import type { ModelFailure, ModelSource, PointsCard } from '../../runtime/index.ts';
import { loadGraph, loadWeights } from '../../runtime/tf.ts';
import { followsRegion, regionOfFacePoints, regionOfPosePoints } from '../crop/point-region.ts';
import { body17Mirror } from '../points/body-17.ts';
import { face68Mirror, levelOf68 } from '../points/face-68.ts';
import { levelOfMesh } from '../points/face-mesh.ts';
import { faceMeshMirror } from '../points/face-mesh-mirror.ts';
import { DensePointsNetwork } from './dense-points-network.ts';
import { MeshNetwork } from './mesh-network.ts';
import type { FacePointsModel, PointsKind, PosePointsModel } from './points-model.ts';
import { PointsModel } from './points-model.ts';
import type { PointsNetwork } from './points-network.ts';
import { PoseNetwork } from './pose-network.ts';

type OnBytes = (count: number) => void;
type Source = ModelSource<PointsCard>;

/** Loads a model of a face's points (`landmarks` or `mesh`) on the backend in use. */
export async function loadFacePoints(source: Source, onBytes?: OnBytes): Promise<Result<FacePointsModel, ModelFailure>> {
  const { card } = source;
  if (card.task === 'pose') return err('model-mismatch', `${card.id} finds no points of a face`);
  const [level, mirror] = card.task === 'mesh' ? [levelOfMesh, faceMeshMirror] : [levelOf68, face68Mirror];
  return load(source, { mirror, nextRegion: (points, frame) => regionOfFacePoints(points, level, frame, card), follows: followsRegion }, onBytes);
}

/** Loads a model of a body's points on the backend in use. */
export async function loadPosePoints(source: Source, onBytes?: OnBytes): Promise<Result<PosePointsModel, ModelFailure>> {
  const { card } = source;
  if (card.task !== 'pose') return err('model-mismatch', `${card.id} finds no points of a body`);
  return load(source, { mirror: body17Mirror, nextRegion: (points, frame, region) => regionOfPosePoints(points, frame, region, card), follows: () => true }, onBytes);
}

async function load(source: Source, kind: PointsKind, onBytes?: OnBytes): Promise<Result<PointsModel, ModelFailure>> {
  const network = await loadNetwork(source, onBytes);
  return network.ok ? ok(new PointsModel(source.card, network.value, kind)) : network;
}

async function loadNetwork(source: Source, onBytes?: OnBytes): Promise<Result<PointsNetwork, ModelFailure>> {
  const { head, id } = source.card;
  if (head.family !== 'dense-points') {
    const graph = await loadGraph(source, onBytes);
    if (!graph.ok) return graph;
    return ok(head.family === 'mesh' ? new MeshNetwork(graph.value, head) : new PoseNetwork(graph.value, head));
  }
  const weights = await loadWeights(source, onBytes);
  if (!weights.ok) return weights;
  try {
    return ok(new DensePointsNetwork(weights.value, head.outputLayer));
  } catch (thrown) {
    weights.value.dispose();
    return err('model-mismatch', `${id}: ${messageOf(thrown)}`);
  }
}
