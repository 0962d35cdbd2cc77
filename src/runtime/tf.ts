export { startBackend } from './tensor/backend.ts';
export type { BackendFailure, BackendInfo, BackendKind, BackendOptions } from './tensor/backend.ts';
export { loadGraph } from './tensor/graph-model.ts';
export { InputSampler } from './tensor/input-sampler.ts';
export { tensorCounts } from './tensor/tensor-counts.ts';
export type { TensorCounts } from './tensor/tensor-counts.ts';
export { loadWeights, WeightMap } from './tensor/weight-map.ts';
export { withTensors } from './tensor/with-tensors.ts';
export type { Keep } from './tensor/with-tensors.ts';
