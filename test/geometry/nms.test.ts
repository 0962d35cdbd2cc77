import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { iou, nms } from '../../src/geometry/index.ts';
import type { Row } from './arbitraries.ts';
import { candidatesOf, crowdedRows } from './arbitraries.ts';

const all = { maxBoxes: 1000 };
const threshold = fc.constantFrom(0, 0.25, 0.5, 0.75, 1);
const row = (x1: number, x2: number, score: number, classId = 0): Row => ({ box: { x1, y1: 0, x2, y2: 1 }, score, classId });

/** The rule as it is written down, in the plainest way. */
function slowNms(rows: readonly Row[], iouThreshold: number, classAgnostic: boolean): number[] {
  const order = rows.map((_, i) => i).sort((a, b) => rows[b]!.score - rows[a]!.score || a - b);
  const kept: number[] = [];
  for (const i of order) {
    const rivals = kept.filter((k) => classAgnostic || rows[k]!.classId === rows[i]!.classId);
    if (rivals.every((k) => iou(rows[k]!.box, rows[i]!.box) <= iouThreshold)) kept.push(i);
  }
  return kept;
}

describe('nms', () => {
  it('keeps the best of an overlapping pair and both of a pair that does not touch', () => {
    const rows = [row(0, 10, 0.6), row(1, 11, 0.9), row(20, 30, 0.3)];
    expect(nms(candidatesOf(rows), { iouThreshold: 0.5, ...all })).toEqual([1, 2]);
  });

  it('suppresses above the threshold, not at it', () => {
    const pair = candidatesOf([row(0, 3, 0.9), row(1, 4, 0.8)]);
    expect(nms(pair, { iouThreshold: 0.5, ...all }), 'IoU is exactly 1/2').toEqual([0, 1]);
    expect(nms(pair, { iouThreshold: 0.499, ...all })).toEqual([0]);
  });

  it('gives a tie to the lower index', () => {
    expect(nms(candidatesOf([row(0, 10, 0.5), row(0, 10, 0.5)]), { iouThreshold: 0.5, ...all })).toEqual([0]);
    expect(nms(candidatesOf([row(50, 60, 0.5), row(0, 10, 0.5)]), { iouThreshold: 0.5, ...all })).toEqual([0, 1]);
  });

  it('lets boxes of different classes be, unless told to compare all', () => {
    const rows = candidatesOf([row(0, 10, 0.5, 0), row(0, 10, 0.9, 1)]);
    expect(nms(rows, { iouThreshold: 0.5, ...all })).toEqual([1, 0]);
    expect(nms(rows, { iouThreshold: 0.5, classAgnostic: true, ...all })).toEqual([1]);
  });

  it('stops at the most boxes to keep', () => {
    const rows = candidatesOf([row(0, 1, 0.1), row(2, 3, 0.2), row(4, 5, 0.3)]);
    expect(nms(rows, { iouThreshold: 0.5, maxBoxes: 2 })).toEqual([2, 1]);
    expect(nms(rows, { iouThreshold: 0.5, maxBoxes: 0 })).toEqual([]);
  });

  it('reads no further than the count: decoded lists have room to grow', () => {
    const rows = candidatesOf([row(0, 1, 0.1), row(2, 3, 0.9)]);
    expect(nms({ ...rows, count: 1 }, { iouThreshold: 0.5, ...all })).toEqual([0]);
  });

  it('does what the rule says, on crowded boxes with ties', () => {
    fc.assert(
      fc.property(crowdedRows, threshold, fc.boolean(), (rows, iouThreshold, classAgnostic) => {
        expect(nms(candidatesOf(rows), { iouThreshold, classAgnostic, ...all })).toEqual(slowNms(rows, iouThreshold, classAgnostic));
      }),
      { numRuns: 300 },
    );
  });

  it('keeps each candidate once at most, best first, no pair of a class above the threshold, and touches no input', () => {
    fc.assert(
      fc.property(crowdedRows, threshold, (rows, iouThreshold) => {
        const candidates = candidatesOf(rows);
        const before = structuredClone(candidates);
        const kept = nms(candidates, { iouThreshold, ...all });
        expect(candidates).toEqual(before);
        expect(new Set(kept).size).toBe(kept.length);
        for (const [at, i] of kept.entries()) {
          const one = rows[i]!;
          if (at > 0) expect(rows[kept[at - 1]!]!.score).toBeGreaterThanOrEqual(one.score);
          for (const k of kept.slice(0, at)) {
            if (rows[k]!.classId === one.classId) expect(iou(rows[k]!.box, one.box)).toBeLessThanOrEqual(iouThreshold);
          }
        }
      }),
    );
  });

  it('never keeps a candidate with NaN, infinity or no area, nor lets it suppress another', () => {
    const bad = fc.constantFrom<Row>(
      { box: { x1: NaN, y1: 0, x2: 10, y2: 10 }, score: 1, classId: 0 },
      { box: { x1: 0, y1: 0, x2: Infinity, y2: 10 }, score: 1, classId: 0 },
      { box: { x1: -Infinity, y1: -Infinity, x2: Infinity, y2: Infinity }, score: 1, classId: 0 },
      { box: { x1: 5, y1: 5, x2: 5, y2: 9 }, score: 1, classId: 0 },
      { box: { x1: 9, y1: 9, x2: 1, y2: 1 }, score: 1, classId: 0 },
      { box: { x1: 0, y1: 0, x2: 10, y2: 10 }, score: NaN, classId: 0 },
      { box: { x1: 0, y1: 0, x2: 10, y2: 10 }, score: Infinity, classId: 0 },
    );
    fc.assert(
      fc.property(crowdedRows, fc.array(bad, { maxLength: 5 }), threshold, (good, broken, iouThreshold) => {
        const options = { iouThreshold, ...all };
        const shifted = nms(candidatesOf([...broken, ...good]), options).map((i) => i - broken.length);
        expect(shifted).toEqual(nms(candidatesOf(good), options));
      }),
    );
  });
});
