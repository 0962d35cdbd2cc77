import { add, backend, memory, ones, tidy, tile, zeros } from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { breakBackend } from '../faults/backend-faults.ts';
import { useBackend } from '../support/node-backend.ts';

it('makes a wasm heap that is full throw, harms no number that is there, and leaves nothing behind', async () => {
  await useBackend('wasm');
  const kept = ones([64]);
  const before = memory().numTensors;
  const mend = breakBackend('memory');
  try {
    expect(() => zeros([10_000])).toThrow(/out of memory/);
    expect(() => tidy(() => add(tile(kept, [200]), 1))).toThrow(/out of memory/);
    expect([...kept.dataSync()]).toEqual(Array.from({ length: 64 }, () => 1));
  } finally {
    mend();
  }
  expect(memory().numTensors).toBe(before);
  const again = zeros([10_000]);
  expect(again.dataSync().every((value) => value === 0)).toBe(true);
  again.dispose();
  kept.dispose();
});

it('is put on a heap once, however often the backend is started', async () => {
  const allocator = (): unknown => (backend() as unknown as { readonly wasm: { readonly _malloc: unknown } }).wasm._malloc;
  await useBackend('wasm');
  const first = allocator();
  await useBackend('wasm');
  expect(allocator()).toBe(first);
});
