import { memory } from '@tensorflow/tfjs-core';
import { expect } from 'vitest';

/** Runs the work and holds the library's counts of tensors and buffers to what they were, also when the work throws. */
export async function expectNoLeak<T>(work: () => T | Promise<T>): Promise<T> {
  const before = memory();
  try {
    return await work();
  } finally {
    const after = memory();
    expect({ tensors: after.numTensors, buffers: after.numDataBuffers }, 'tensors and buffers after the work').toEqual({
      tensors: before.numTensors,
      buffers: before.numDataBuffers,
    });
  }
}
