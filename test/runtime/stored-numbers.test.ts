import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromStored, toStored } from '../../src/runtime/tensor/stored-numbers.ts';

const half = { type: 'float16', quantisation: null } as const;
const bitsOf = (...values: readonly number[]): readonly number[] => Array.from(toStored(Float32Array.from(values), half));
const throughHalf = (values: readonly number[]): Float32Array => fromStored(toStored(Float32Array.from(values), half), null, true);

describe('numbers as they are stored', () => {
  it('are rounded to the steps of a quantisation and come back within half a step', () => {
    const quantisation = { scale: 1 / 255, zeroPoint: -128 };
    const stored = toStored(Float32Array.from([0, 0.5, 1, 2, -1]), { type: 'int8', quantisation });
    expect(Array.from(stored)).toEqual([-128, 0, 127, 127, -128]);
    const back = fromStored(stored, quantisation);
    for (const [i, value] of [0, 0.5, 1].entries()) expect(Math.abs((back[i] ?? NaN) - value)).toBeLessThanOrEqual(0.5 / 255 + 1e-6);
  });

  it('as float16 have the bits of the standard', () => {
    expect(bitsOf(0, -0, 1, -2, 65504, 0.0999755859375)).toEqual([0, 0x8000, 0x3c00, 0xc000, 0x7bff, 0x2e66]);
    expect(bitsOf(2 ** -24, 2 ** -14, 65519, 65520, -Infinity, NaN)).toEqual([1, 0x0400, 0x7bff, 0x7c00, 0xfc00, 0x7e00]);
    // Halfway between two neighbours the even one is taken, and rounding up may reach the next power of two.
    expect(bitsOf(1 + 2 ** -11, 1 + 3 * 2 ** -11, 2 - 2 ** -12, 2 ** -14 - 2 ** -26)).toEqual([0x3c00, 0x3c02, 0x4000, 0x0400]);
  });

  it('as float16 come back within half a step, and unchanged the second time', () => {
    fc.assert(
      fc.property(fc.array(fc.float({ noNaN: true, min: -65504, max: 65504 }), { minLength: 1 }), (values) => {
        const once = throughHalf(values);
        for (const [i, value] of values.entries()) {
          const step = 2 ** (Math.max(-14, Math.floor(Math.log2(Math.abs(value) || 2 ** -14))) - 10);
          expect(Math.abs((once[i] ?? NaN) - value)).toBeLessThanOrEqual(step / 2);
        }
        expect(Array.from(throughHalf(Array.from(once)))).toEqual(Array.from(once));
      }),
    );
  });
});
