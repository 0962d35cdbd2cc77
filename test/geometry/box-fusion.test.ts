import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Candidates } from '../../src/geometry/index.ts';
import { fuseBoxes } from '../../src/geometry/index.ts';
import type { Row } from './arbitraries.ts';
import { candidatesOf, crowdedRows } from './arbitraries.ts';

const row = (x1: number, x2: number, score: number, classId = 0): Row => ({ box: { x1, y1: 0, x2, y2: 10 }, score, classId });
const options = { iouThreshold: 0.55 };
const boxesOf = ({ boxes }: Candidates): number[] => [...boxes].map((side) => +side.toFixed(4));
const scoresOf = ({ scores }: Candidates): number[] => [...scores].map((score) => +score.toFixed(4));

describe('fuseBoxes', () => {
  it('means [0,0,10,10] at 0.9 and [2,0,12,10] at 0.3 to [0.5,0,10.5,10] at 0.6', () => {
    const fused = fuseBoxes([candidatesOf([row(0, 10, 0.9)]), candidatesOf([row(2, 12, 0.3)])], options);
    expect(boxesOf(fused)).toEqual([0.5, 0, 10.5, 10]);
    expect(scoresOf(fused)).toEqual([0.6]);
  });

  it('counts a box that one of two lists saw half', () => {
    const fused = fuseBoxes([candidatesOf([row(0, 10, 0.8)]), candidatesOf([])], options);
    expect([boxesOf(fused), scoresOf(fused)]).toEqual([[0, 0, 10, 10], [0.4]]);
  });

  it('joins the cluster that overlaps most, measured against the fused box', () => {
    // [2,12] overlaps [0,10] by 8/12 and [3,13] by 9/11.
    const fused = fuseBoxes([candidatesOf([row(0, 10, 0.9), row(3, 13, 0.8), row(2, 12, 0.4)])], { iouThreshold: 0.6 });
    expect(boxesOf(fused)).toEqual([0, 0, 10, 10, +((3 * 0.8 + 2 * 0.4) / 1.2).toFixed(4), 0, +((13 * 0.8 + 12 * 0.4) / 1.2).toFixed(4), 10]);
    expect(scoresOf(fused)).toEqual([0.9, 0.6]);
  });

  it('does not join at the threshold, nor across classes', () => {
    expect(fuseBoxes([candidatesOf([row(0, 3, 0.9), row(1, 4, 0.8)])], { iouThreshold: 0.5 }).count).toBe(2);
    expect(fuseBoxes([candidatesOf([row(0, 3, 0.9, 0), row(0, 3, 0.8, 1)])], options).count).toBe(2);
  });

  it('of nothing is nothing', () => {
    expect(fuseBoxes([], options).count).toBe(0);
    expect(fuseBoxes([candidatesOf([])], options).count).toBe(0);
  });

  it('stays within the hull and the highest score of its class, best first, and ignores broken boxes', () => {
    const broken = [row(NaN, 1, 1), row(4, 4, 1), row(0, Infinity, 1), row(0, 5, NaN), row(0, 5, 0)];
    fc.assert(
      fc.property(fc.array(crowdedRows, { minLength: 1, maxLength: 3 }), (lists) => {
        const fused = fuseBoxes(lists.map((rows) => candidatesOf([...broken, ...rows])), options);
        const all = lists.flat().filter(({ score }) => score > 0);
        expect(fused.count).toBeLessThanOrEqual(all.length);
        for (let i = 0; i < fused.count; i++) {
          const peers = all.filter(({ classId }) => classId === fused.classIds[i]);
          const [x1, y1, x2, y2] = fused.boxes.subarray(i * 4, i * 4 + 4);
          expect(x1).toBeGreaterThanOrEqual(Math.min(...peers.map(({ box }) => box.x1)) - 1e-5);
          expect(y2).toBeLessThanOrEqual(Math.max(...peers.map(({ box }) => box.y2)) + 1e-5);
          expect(x2! > x1! && y2! > y1!).toBe(true);
          expect(fused.scores[i]).toBeLessThanOrEqual(Math.max(...peers.map(({ score }) => score)) + 1e-6);
          if (i > 0) expect(fused.scores[i]).toBeLessThanOrEqual(fused.scores[i - 1]!);
        }
      }),
      { numRuns: 200 },
    );
  });
});
