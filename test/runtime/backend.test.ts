import { getBackend, getKernel, memory, registerKernel, tensor4d, unregisterKernel } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { startBackend } from '../../src/runtime/tf.ts';
import { nodeBackendOptions } from '../support/node-backend.ts';

describe('startBackend', () => {
  it('starts cpu, with 32 bits, and leaves no tensor of its sum behind', async () => {
    expect(await startBackend('cpu', nodeBackendOptions)).toEqual({ ok: true, value: { backend: 'cpu', precisionBits: 32, threads: 1, simd: false } });
    expect(getBackend()).toBe('cpu');
    expect(memory().numTensors).toBe(0);
  });

  it('starts wasm with SIMD on one thread from the files that it is given', async () => {
    expect(await startBackend('wasm', nodeBackendOptions)).toEqual({ ok: true, value: { backend: 'wasm', precisionBits: 32, threads: 1, simd: true } });
    expect(getBackend()).toBe('wasm');
    expect(memory().numTensors).toBe(0);
  });

  it('refuses a backend that computes something else', async () => {
    await startBackend('cpu', nodeBackendOptions);
    const kernel = getKernel('Conv2D', 'cpu');
    unregisterKernel('Conv2D', 'cpu');
    registerKernel({ ...kernel, kernelFunc: () => tensor4d([12, 16, 24, NaN], [1, 2, 2, 1]) });
    try {
      expect(await startBackend('cpu', nodeBackendOptions)).toEqual({
        ok: false,
        failure: { code: 'backend-wrong-numbers', detail: 'cpu computed [12, 16, 24, NaN] instead of [12, 16, 24, 28]' },
      });
      expect(memory().numTensors).toBe(0);
    } finally {
      unregisterKernel('Conv2D', 'cpu');
      registerKernel(kernel);
    }
  });

  it('reports webgl as unavailable where there is none', async () => {
    expect(await startBackend('webgl', nodeBackendOptions)).toMatchObject({ ok: false, failure: { code: 'backend-unavailable', detail: expect.stringContaining('webgl') as string } });
  });
});
