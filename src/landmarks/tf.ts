export { loadFacePoints, loadPosePoints } from './tensor/load-points.ts';
export { PointsModel } from './tensor/points-model.ts';
export type { FacePointsModel, FoundPoints, PosePointsModel } from './tensor/points-model.ts';
