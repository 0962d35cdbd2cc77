export { FaceVectorModel } from './tensor/face-vector-model.ts';
export type { FaceVectors } from './tensor/face-vector-model.ts';
export { loadFaceVectors } from './tensor/load-face-vectors.ts';
export { chooseComparer } from './tensor/train/choose-comparer.ts';
export type { ChooseFailure, ComparerChoice, ComparerScore } from './tensor/train/choose-comparer.ts';
export { learnLogistic, learnProjection, logisticRecipe, projectionRecipe } from './tensor/train/learn-comparer.ts';
export type { LearnOptions } from './tensor/train/learn-comparer.ts';
export { pairLoss } from './tensor/train/pair-loss.ts';
export { tripletLoss } from './tensor/train/triplet-loss.ts';
