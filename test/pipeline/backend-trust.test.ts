import { expect, it } from 'vitest';
import { BackendTrust } from '../../src/pipeline/backend-trust.ts';

const times = { avoidMs: 1000, longestWebglMs: 6000, longestMs: 3000, steadyMs: 60_000 };

/** Waits after each failure, one after the other, each at the moment at which it was usable again. */
function waits(backend: 'webgl' | 'wasm', count: number, ranMs = 0): number[] {
  const trust = new BackendTrust(times);
  let nowMs = 100;
  return Array.from({ length: count }, () => {
    trust.failed(backend, nowMs, ranMs);
    const waitMs = trust.usableAtMs(backend) - nowMs;
    nowMs += waitMs;
    return waitMs;
  });
}

it('leaves webgl alone for a time that doubles with every failure, up to an end', () => {
  expect(waits('webgl', 5)).toEqual([1000, 2000, 4000, 6000, 6000]);
});

it('gives another backend a second chance at once', () => {
  expect(waits('wasm', 5)).toEqual([0, 1000, 2000, 3000, 3000]);
});

it('forgets the failures of a backend that ran steadily before the next one', () => {
  expect(waits('webgl', 3, 60_000)).toEqual([1000, 1000, 1000]);
  expect(waits('wasm', 3, 60_000)).toEqual([0, 0, 0]);
});

it('knows each backend by itself', () => {
  const trust = new BackendTrust(times);
  trust.failed('webgl', 100, 0);
  expect([trust.usableAtMs('webgl'), trust.usableAtMs('wasm'), trust.usableAtMs('cpu')]).toEqual([1100, 0, 0]);
});
