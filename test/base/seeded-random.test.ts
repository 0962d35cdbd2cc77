import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../src/base/index.ts';

const take = (seed: number, count: number): number[] => {
  const random = seededRandom(seed);
  return Array.from({ length: count }, random);
};

describe('seededRandom', () => {
  it('gives the same numbers for the same seed and others for another', () => {
    expect(take(7, 20)).toEqual(take(7, 20));
    expect(take(7, 20)).not.toEqual(take(8, 20));
  });

  it('stays within 0 <= x < 1 and is spread evenly: each of ten bins has its tenth', () => {
    for (const seed of [0, 1, -1, 2 ** 31, 123456789]) {
      const bins = new Array<number>(10).fill(0);
      for (const x of take(seed, 20_000)) bins[Math.floor(x * 10)]!++;
      // Five deviations of a binomial count with n = 20,000 and p = 0.1.
      for (const count of bins) expect(Math.abs(count - 2000)).toBeLessThan(5 * Math.sqrt(20_000 * 0.1 * 0.9));
    }
  });

  it('does not tell the next number from the last: pairs are uncorrelated', () => {
    const numbers = take(42, 20_001);
    let sum = 0;
    for (let i = 0; i < 20_000; i++) sum += (numbers[i]! - 0.5) * (numbers[i + 1]! - 0.5);
    expect(Math.abs(sum / 20_000 / (1 / 12))).toBeLessThan(5 / Math.sqrt(20_000));
  });
});
