import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compare } from '../../src/faces/index.ts';
import { madeDescriptor, modelId, ruleOf } from './made-faces.ts';

const numbers = fc.array(fc.float({ min: -4, max: 4, noNaN: true }), { minLength: 8, maxLength: 8 }).filter((list) => list.some((value) => Math.abs(value) > 1e-3));

describe('compare', () => {
  it('measures by the metric of the network', () => {
    const [a, b] = [madeDescriptor([3, 0]), madeDescriptor([0, 4])];
    expect(compare(a, b, ruleOf(2))).toEqual({ ok: true, value: 5 });
    expect(compare(a, b, ruleOf(2, 'cosine'))).toEqual({ ok: true, value: 1 });
  });

  it.each(['euclidean', 'cosine'] as const)('is symmetric, never negative, and 0 for the same face: %s', (metric) => {
    fc.assert(
      fc.property(numbers, numbers, (x, y) => {
        const [a, b] = [madeDescriptor(x), madeDescriptor(y)];
        const there = compare(a, b, ruleOf(8, metric));
        expect(there).toEqual(compare(b, a, ruleOf(8, metric)));
        expect(there.ok && there.value >= 0 && there.value <= (metric === 'cosine' ? 2 : Infinity)).toBe(true);
        const self = compare(a, a, ruleOf(8, metric));
        expect(self.ok ? self.value : NaN).toBeCloseTo(0, 6);
      }),
    );
  });

  it.each([
    ['other-model', { modelId: 'another', values: Float32Array.of(1, 2) }],
    ['wrong-length', { modelId, values: Float32Array.of(1, 2, 3) }],
    ['wrong-length', { modelId, values: new Float32Array(0) }],
    ['zero-norm', { modelId, values: Float32Array.of(0, 0) }],
    ['not-finite', { modelId, values: Float32Array.of(NaN, 1) }],
    ['not-finite', { modelId, values: Float32Array.of(1, -Infinity) }],
  ])('gives no distance but a failure on either side: %s', (code, wrong) => {
    const right = madeDescriptor([1, 2]);
    for (const [a, b] of [[wrong, right], [right, wrong]] as const) {
      const answer = compare(a, b, ruleOf(2));
      expect(answer.ok ? 'a distance' : answer.failure.code).toBe(code);
    }
  });
});
