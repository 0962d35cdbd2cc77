import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../src/base/index.ts';
import { OneEuroFilter } from '../../src/tracking/index.ts';

const options = { minCutoffHz: 1.5, beta: 25, derivativeCutoffHz: 1 };

/** Feeds one number per frame; @returns the smoothed ones */
function smoothed(values: readonly number[], timesMs: readonly number[], size = 1): readonly number[] {
  const filter = new OneEuroFilter(options);
  return values.map((value, i) => filter.next(Float32Array.of(value), timesMs[i]!, [size])[0]!);
}

const every = (stepMs: number, count: number): readonly number[] => Array.from({ length: count }, (_, i) => i * stepMs);

describe('the One Euro filter', () => {
  it('calms what trembles and follows what moves', () => {
    const random = seededRandom(1);
    const times = every(66, 200);
    const trembling = times.map(() => 0.5 + 0.004 * (random() - 0.5));
    const spread = (list: readonly number[]): number => Math.hypot(...list.slice(20).map((value) => value - 0.5));
    expect(spread(smoothed(trembling, times))).toBeLessThan(0.6 * spread(trembling));
    const moving = times.map((t) => t / 1000);
    const lag = moving.map((value, i) => value - smoothed(moving, times)[i]!);
    expect(Math.max(...lag.slice(30)), 'less than two frames behind at one size a second').toBeLessThan(0.066);
  });

  it('takes speed relative to the size: a face at a third of the size is smoothed to a third', () => {
    const times = every(50, 60);
    const path = times.map((t) => Math.sin(t / 300));
    const [large, small] = [smoothed(path, times), smoothed(path.map((x) => x / 3), times, 1 / 3)];
    for (const [i, value] of large.entries()) expect(small[i]).toBeCloseTo(value / 3, 6);
  });

  it('goes by time, not by frames: dropped frames leave it where it would have been', () => {
    const times = every(20, 101);
    const path = times.map((t) => t / 4000);
    const few = times.filter((_, i) => i % 4 === 0);
    expect(smoothed(few.map((t) => t / 4000), few).at(-1)).toBeCloseTo(smoothed(path, times).at(-1)!, 1);
  });

  it('starts anew after a pause and when time runs backwards; a frame seen twice changes nothing', () => {
    expect(smoothed([1, 5], [0, 600])).toEqual([1, 5]);
    expect(smoothed([1, 5], [1000, 900])).toEqual([1, 5]);
    expect(smoothed([1, 5], [10, 10])).toEqual([1, 1]);
  });

  it('is never other than finite, and never outside of what it has seen', () => {
    const value = fc.double({ min: -10, max: 10, noNaN: true });
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.oneof(value, fc.constant(Number.NaN), fc.constant(Infinity)), fc.integer({ min: 0, max: 300 })), { minLength: 1, maxLength: 40 }), fc.double({ min: 0, max: 1, noNaN: true }), (frames, size) => {
        let t = 0;
        const times = frames.map(([, gap]) => (t += gap));
        const seen = [0, ...frames.map(([x]) => x).filter(Number.isFinite)];
        const [low, high] = [Math.min(...seen) - 1e-5, Math.max(...seen) + 1e-5];
        for (const out of smoothed(frames.map(([x]) => x), times, size)) expect(out >= low && out <= high).toBe(true);
      }),
    );
  });
});
