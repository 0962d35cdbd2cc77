import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { largestStep, sizesAtStep } from '../../src/pipeline/adaptive-size.ts';
import { afterShortage, limitAt, noLimit, sizesWithin } from '../../src/pipeline/memory-limit.ts';

const minuteMs = 60_000;
const largest = sizesAtStep(largestStep);

describe('the limit of the sizes', () => {
  it('is none before memory ever ran short', () => {
    expect(limitAt(noLimit, 1e9)).toBe(largestStep);
    expect(sizesWithin(largest, limitAt(noLimit, 0))).toEqual(largest);
  });

  it('is one step under the sizes that were too much, and a second shortage takes another', () => {
    const once = afterShortage(noLimit, largest, 0);
    expect(sizesWithin(largest, limitAt(once, 0))).toEqual({ objects: 448, faces: 352 });
    const twice = afterShortage(once, sizesWithin(largest, limitAt(once, 1000)), 1000);
    expect(limitAt(twice, 1000)).toBe(largestStep - 2);
  });

  it('goes by the sizes in use where they were small already', () => {
    const limit = afterShortage(noLimit, { objects: 256, faces: 256 }, 0);
    expect(sizesWithin({ objects: 256, faces: 256 }, limitAt(limit, 0))).toEqual({ objects: 256, faces: 224 });
  });

  it('gives a step back after five quiet minutes, and after a second shortage after ten', () => {
    const once = afterShortage(noLimit, largest, 0);
    expect([5 * minuteMs - 1, 5 * minuteMs].map((tMs) => limitAt(once, tMs))).toEqual([largestStep - 1, largestStep]);
    const twice = afterShortage(once, largest, 5 * minuteMs);
    expect([15 * minuteMs - 1, 15 * minuteMs].map((tMs) => limitAt(twice, tMs))).toEqual([largestStep - 1, largestStep]);
  });

  it('never leaves the steps, falls with every shortage until the smallest, and only rises between them', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(4_000_000), { maxLength: 30 }), (waitsMs) => {
        let [limit, nowMs] = [noLimit, 0];
        for (const waitMs of waitsMs) {
          const early = limitAt(limit, nowMs);
          nowMs += waitMs;
          const late = limitAt(limit, nowMs);
          expect(late).toBeGreaterThanOrEqual(early);
          limit = afterShortage(limit, sizesAtStep(late), nowMs);
          expect(limitAt(limit, nowMs)).toBe(Math.max(0, late - 1));
        }
      }),
    );
  });
});
