import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allFinite } from '../../src/runtime/index.ts';

describe('allFinite', () => {
  it('says the same as looking at every number', () => {
    const some = fc.float32Array({ maxLength: 40 });
    fc.assert(
      fc.property(some, (data) => {
        expect(allFinite(data)).toBe(data.every((value) => Number.isFinite(value)));
      }),
    );
  });

  it.each([NaN, Infinity, -Infinity])('finds a single %d anywhere', (bad) => {
    const at = fc.nat(99);
    fc.assert(
      fc.property(at, (index) => {
        const data = new Float32Array(100).fill(3e38);
        expect(allFinite(data)).toBe(true);
        data[index] = bad;
        expect(allFinite(data)).toBe(false);
      }),
    );
  });

  it('holds for nothing at all', () => {
    expect(allFinite(new Float32Array(0))).toBe(true);
  });
});
