export { EyeSampler } from './tensor/eye-sampler.ts';
export { loadFacePoints, loadPosePoints } from './tensor/load-points.ts';
export { PointsModel } from './tensor/points-model.ts';
export type { FacePointsModel, FoundPoints, PosePointsModel } from './tensor/points-model.ts';
