import { memory } from '@tensorflow/tfjs-core';

export interface TensorCounts {
  readonly tensors: number;
  readonly dataBuffers: number;
  readonly bytes: number;
}

/** What the tensor library holds right now; flat from frame to frame in a healthy app. */
export function tensorCounts(): TensorCounts {
  const { numTensors, numDataBuffers, numBytes } = memory();
  return { tensors: numTensors, dataBuffers: numDataBuffers, bytes: numBytes };
}
