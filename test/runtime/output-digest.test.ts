import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { digestOf } from '../../src/runtime/index.ts';

const arrays = fc.array(fc.float32Array({ maxLength: 40 }), { maxLength: 4 });
const finiteArray = fc.float32Array({ minLength: 2, maxLength: 40, noNaN: true, noDefaultInfinity: true, min: -1000, max: 1000 });

describe('digestOf', () => {
  it('is finite exactly where every number is', () => {
    fc.assert(fc.property(arrays, (data) => {
      expect(digestOf(data).finite).toBe(data.every((numbers) => numbers.every((value) => Number.isFinite(value))));
    }));
  });

  it.each([NaN, Infinity, -Infinity])('finds a single %d anywhere among the largest floats', (bad) => {
    fc.assert(fc.property(fc.nat(99), (index) => {
      const data = new Float32Array(100).fill(3.4e38);
      expect(digestOf([data]).finite).toBe(true);
      data[index] = bad;
      expect(digestOf([data]).finite).toBe(false);
    }));
  });

  it('finds two infinities that would make up for each other', () => {
    expect(digestOf([Float32Array.of(Infinity, 1, -Infinity)]).finite).toBe(false);
    expect(digestOf([Float32Array.of(Infinity), Float32Array.of(-Infinity)]).finite).toBe(false);
  });

  it('calls an array flat where each number is that before it, whatever it is and whatever stands beside it', () => {
    fc.assert(fc.property(finiteArray, fc.float({ noNaN: true, noDefaultInfinity: true }), fc.integer({ min: 2, max: 50 }), (other, value, length) => {
      const flat = new Float32Array(length).fill(value);
      expect(digestOf([other, flat]).flat).toBe(true);
      expect(digestOf([other]).flat).toBe(other.every((number) => number === other[0]));
      flat[length - 1] = value + 1 === value ? 0 : value + 1;
      if (flat[length - 1] !== flat[0]) expect(digestOf([flat]).flat).toBe(false);
    }));
  });

  it('does not call single numbers flat, nor nothing', () => {
    expect(digestOf([Float32Array.of(0), Float32Array.of(0)])).toEqual({ finite: true, flat: false, sum: 0 });
    expect(digestOf([])).toEqual({ finite: true, flat: false, sum: 0 });
  });

  it('tells outputs apart that differ in one number by a last bit, and gives one output the same sum each time', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 5000 }), fc.nat(), fc.integer({ min: 1 }), (length, at, seed) => {
      let state = seed;
      const data = Float32Array.from({ length }, () => (state = (state * 48271) % 2147483647) / 2147483647 + 0.01);
      const { sum } = digestOf([data]);
      expect(digestOf([data.slice()]).sum).toBe(sum);
      const bits = new Int32Array(data.buffer);
      bits[at % length] = (bits[at % length] as number) + 1;
      expect(digestOf([data]).sum).not.toBe(sum);
    }));
  });
});
