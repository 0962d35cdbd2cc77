import { describe, expect, it } from 'vitest';
import type { V2Head } from '../../src/yolo/index.ts';
import { decodeV2 } from '../../src/yolo/index.ts';
import { readGolden } from '../golden/read-golden.ts';
import type { CandidateRow } from './candidate-rows.ts';
import { expectRows, rowsOf } from './candidate-rows.ts';

interface GoldenCase {
  readonly stride: number;
  readonly anchors: readonly (readonly [number, number])[];
  readonly minScore: number;
  readonly rows: number;
  readonly columns: number;
  readonly data: readonly number[];
  readonly expected: readonly CandidateRow[];
}

const golden = readGolden('v2-grid') as GoldenCase;

const head: V2Head = { family: 'v2', stride: golden.stride, outputLayer: 'out', anchors: golden.anchors.map(([w, h]) => [w, h]) };
const goldenGrid = { rows: golden.rows, columns: golden.columns, classes: 0, data: new Float32Array(golden.data) };

describe('decodeV2', () => {
  it('gives the boxes that were computed by hand', () => {
    expectRows(decodeV2(head, goldenGrid, golden.minScore), golden.expected);
  });

  it('filters by score', () => {
    expectRows(decodeV2(head, goldenGrid, 0.6), [golden.expected[0]!, golden.expected[2]!]);
    expect(decodeV2(head, goldenGrid, 0.95).count).toBe(0);
    expect(decodeV2(head, goldenGrid, 0).count).toBe(4);
  });

  it('moves with the cell: the same numbers one row down and one column right are one stride away', () => {
    const anchor = { ...head, anchors: [[1, 1]] } satisfies V2Head;
    const cell = [0.3, -0.2, 0.1, 0.4, 2];
    const silent = [0, 0, 0, 0, -20];
    const first = rowsOf(decodeV2(anchor, { rows: 2, columns: 2, classes: 0, data: new Float32Array([cell, silent, silent, silent].flat()) }, 0.5));
    const last = rowsOf(decodeV2(anchor, { rows: 2, columns: 2, classes: 0, data: new Float32Array([silent, silent, silent, cell].flat()) }, 0.5));
    expect(last[0]!.box.map((value, i) => value - first[0]!.box[i]!)).toEqual([32, 32, 32, 32].map((px) => expect.closeTo(px, 4) as number));
  });

  describe('with classes', () => {
    const one = { ...head, anchors: [[1, 1]] } satisfies V2Head;
    /** Objectness 0.9 and class logits. */
    const grid = (...logits: number[]) => ({ rows: 1, columns: 1, classes: logits.length, data: new Float32Array([0, 0, 0, 0, Math.log(9), ...logits]) });

    it('multiplies by the soft-max share: logits 0, ln 2, ln 5 are 1/8, 2/8 and 5/8', () => {
      expectRows(decodeV2(one, grid(0, Math.log(2), Math.log(5)), 0.1), [{ box: [0, 0, 32, 32], score: 0.9 * 0.625, classId: 2 }]);
    });

    it('filters by the product, not by the objectness alone', () => {
      expect(decodeV2(one, grid(0, Math.log(2), Math.log(5)), 0.6).count).toBe(0);
    });

    it('gives a tie to the first class, and stays finite for large logits', () => {
      expectRows(decodeV2(one, grid(7, 7), 0.1), [{ box: [0, 0, 32, 32], score: 0.45, classId: 0 }]);
      expectRows(decodeV2(one, grid(-1000, 1000), 0.1), [{ box: [0, 0, 32, 32], score: 0.9, classId: 1 }]);
    });
  });
});
