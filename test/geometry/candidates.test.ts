import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { largeCandidates, mapCandidates, poolCandidates, scaleShift } from '../../src/geometry/index.ts';
import { candidatesOf, crowdedRows } from './arbitraries.ts';

describe('mapCandidates', () => {
  it('maps boxes to upright boxes, leaves scores and classes, and touches no input', () => {
    const candidates = candidatesOf([{ box: { x1: 1, y1: 2, x2: 3, y2: 4 }, score: 0.5, classId: 7 }]);
    const before = structuredClone(candidates);
    const mapped = mapCandidates(candidates, scaleShift(-2, 2, 10, 0));
    expect([...mapped.boxes]).toEqual([4, 4, 8, 8]);
    expect([mapped.scores[0], mapped.classIds[0], mapped.count]).toEqual([0.5, 7, 1]);
    expect(candidates).toEqual(before);
  });

  it('reads no further than the count', () => {
    const candidates = { ...candidatesOf([{ box: { x1: 0, y1: 0, x2: 1, y2: 1 }, score: 1, classId: 0 }]), count: 0 };
    expect(mapCandidates(candidates, scaleShift(1, 1, 0, 0)).boxes.length).toBe(0);
  });
});

describe('largeCandidates', () => {
  it('keeps boxes by their longer side, in their order, and no more than the count', () => {
    const box = (width: number, height: number) => ({ x1: 5, y1: 5, x2: 5 + width, y2: 5 + height });
    const rows = [box(10, 2), box(9, 9), box(2, 12), box(NaN, 3)].map((each, i) => ({ box: each, score: i / 10, classId: i }));
    const large = largeCandidates(candidatesOf(rows), 10);
    expect([large.count, ...large.classIds, ...large.scores]).toEqual([2, 0, 2, 0, Math.fround(0.2)]);
    expect([...large.boxes]).toEqual([5, 5, 15, 7, 5, 5, 7, 17]);
    expect(largeCandidates({ ...candidatesOf(rows), count: 1 }, 0).count).toBe(1);
  });
});

describe('poolCandidates', () => {
  it('is the lists one after the other, without the room that they had left', () => {
    fc.assert(
      fc.property(fc.array(crowdedRows, { maxLength: 4 }), (lists) => {
        const roomy = lists.map((rows) => {
          const { boxes, scores, classIds } = candidatesOf([...rows, { box: { x1: 9, y1: 9, x2: 99, y2: 99 }, score: 1, classId: 9 }]);
          return { count: rows.length, boxes, scores, classIds };
        });
        expect(poolCandidates(roomy)).toEqual(candidatesOf(lists.flat()));
      }),
    );
  });
});
