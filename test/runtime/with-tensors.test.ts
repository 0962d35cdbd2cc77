import { memory, tensor1d } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { tensorCounts, withTensors } from '../../src/runtime/tf.ts';
import { expectNoLeak } from '../support/expect-no-leak.ts';
import { useBackend } from '../support/node-backend.ts';

beforeAll(async () => {
  await useBackend('cpu');
});

describe('withTensors', () => {
  it('disposes what was kept, after the work is done and not before', async () => {
    const sum = await expectNoLeak(() =>
      withTensors(async (keep) => {
        const a = keep(tensor1d([1, 2, 3]));
        await Promise.resolve();
        expect(a.isDisposed).toBe(false);
        return (await a.data<'float32'>()).reduce((total, value) => total + value, 0);
      }),
    );
    expect(sum).toBe(6);
  });

  it('disposes when the work throws, and lets the error through', async () => {
    await expect(
      expectNoLeak(() =>
        withTensors(async (keep) => {
          keep(tensor1d([1]));
          await Promise.resolve();
          throw new Error('halfway');
        }),
      ),
    ).rejects.toThrow('halfway');
  });

  it('does not mind a tensor that the work disposed itself', async () => {
    await expectNoLeak(() =>
      withTensors(async (keep) => {
        keep(tensor1d([1])).dispose();
        await Promise.resolve();
      }),
    );
  });
});

describe('tensorCounts', () => {
  it('counts what the library holds', () => {
    const before = tensorCounts();
    const one = tensor1d([1, 2, 3]);
    expect(tensorCounts()).toEqual({ tensors: before.tensors + 1, dataBuffers: before.dataBuffers + 1, bytes: before.bytes + 12 });
    one.dispose();
    expect(tensorCounts()).toEqual(before);
    expect(before.tensors).toBe(memory().numTensors);
  });
});
