import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SoftNmsDecay } from '../../src/geometry/index.ts';
import { iou, nms, softNms } from '../../src/geometry/index.ts';
import type { Row } from './arbitraries.ts';
import { candidatesOf, crowdedRows } from './arbitraries.ts';

const row = (x1: number, x2: number, score: number, classId = 0): Row => ({ box: { x1, y1: 0, x2, y2: 1 }, score, classId });
const all = { minScore: 0, maxBoxes: 1000 };
const decays = fc.constantFrom<SoftNmsDecay>({ kind: 'linear', iouThreshold: 0.3 }, { kind: 'linear', iouThreshold: 0 }, { kind: 'gaussian', sigma: 0.5 });

describe('softNms', () => {
  // [0,4] and [1,5] overlap by 3/5.
  const pair = candidatesOf([row(0, 4, 0.9), row(1, 5, 0.8)]);

  it('lowers 0.8 to 0.32 at IoU 0.6 linearly, and by exp(-0.36 / 0.5) with a Gaussian', () => {
    const linear = softNms(pair, { decay: { kind: 'linear', iouThreshold: 0.5 }, ...all });
    expect(linear.map(({ index }) => index)).toEqual([0, 1]);
    expect(linear[1]!.score).toBeCloseTo(0.32, 6);
    expect(softNms(pair, { decay: { kind: 'gaussian', sigma: 0.5 }, ...all })[1]!.score).toBeCloseTo(0.8 * Math.exp(-0.72), 6);
  });

  it('leaves an overlap at the linear threshold alone, and other classes', () => {
    expect(softNms(pair, { decay: { kind: 'linear', iouThreshold: 0.6 }, ...all })[1]!.score).toBeCloseTo(0.8, 6);
    const classes = candidatesOf([row(0, 4, 0.9, 0), row(0, 4, 0.8, 1)]);
    const gaussian = { decay: { kind: 'gaussian', sigma: 0.5 }, ...all } as const;
    expect(softNms(classes, gaussian)[1]!.score).toBeCloseTo(0.8, 6);
    expect(softNms(classes, { ...gaussian, classAgnostic: true })[1]!.score).toBeCloseTo(0.8 * Math.exp(-2), 6);
  });

  it('picks again by the lowered scores', () => {
    const three = candidatesOf([row(0, 4, 0.9), row(0, 4, 0.8), row(10, 14, 0.3)]);
    expect(softNms(three, { decay: { kind: 'gaussian', sigma: 0.5 }, ...all }).map(({ index }) => index)).toEqual([0, 2, 1]);
  });

  it('drops what falls below the lowest score and stops at the most boxes', () => {
    const linear = { kind: 'linear', iouThreshold: 0.5 } as const;
    expect(softNms(pair, { decay: linear, minScore: 0.33, maxBoxes: 9 }).map(({ index }) => index)).toEqual([0]);
    expect(softNms(pair, { decay: linear, minScore: 0, maxBoxes: 1 }).map(({ index }) => index)).toEqual([0]);
  });

  it('gives scores in falling order, never above what they were, one pick for each solid box, and touches no input', () => {
    fc.assert(
      fc.property(crowdedRows, decays, fc.boolean(), (rows, decay, classAgnostic) => {
        const candidates = candidatesOf([...rows, row(NaN, 1, 1), row(3, 3, 1)]);
        const before = structuredClone(candidates);
        const picks = softNms(candidates, { decay, classAgnostic, ...all });
        expect(candidates).toEqual(before);
        expect(picks.map(({ index }) => index).sort((a, b) => a - b)).toEqual(rows.map((_, i) => i));
        for (const [at, { index, score }] of picks.entries()) {
          expect(score).toBeLessThanOrEqual(rows[index]!.score);
          if (at > 0) expect(score).toBeLessThanOrEqual(picks[at - 1]!.score);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('changes no score of boxes that do not overlap, and agrees with nms on them', () => {
    fc.assert(
      fc.property(crowdedRows, decays, (rows, decay) => {
        const apart = rows.filter((one, i) => rows.slice(0, i).every((other) => iou(one.box, other.box) === 0));
        const picks = softNms(candidatesOf(apart), { decay, ...all });
        expect(picks.map(({ index }) => index)).toEqual(nms(candidatesOf(apart), { iouThreshold: 0.5, maxBoxes: 1000 }));
        for (const { index, score } of picks) expect(score).toBe(apart[index]!.score);
      }),
    );
  });
});
