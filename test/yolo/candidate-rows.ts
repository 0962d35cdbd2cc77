import { expect } from 'vitest';
import type { Candidates } from '../../src/geometry/index.ts';

/** One candidate as a golden file writes it. */
export interface CandidateRow {
  readonly box: readonly number[];
  readonly score: number;
  readonly classId: number;
}

export function rowsOf({ count, boxes, scores, classIds }: Candidates): readonly CandidateRow[] {
  return Array.from({ length: count }, (_, i) => ({ box: [...boxes.subarray(i * 4, i * 4 + 4)], score: scores[i]!, classId: classIds[i]! }));
}

/** The same candidates in the same order, numbers within what float32 keeps. */
export function expectRows(candidates: Candidates, expected: readonly CandidateRow[], digits = 5): void {
  const rows = rowsOf(candidates);
  expect(rows.map((row) => row.classId)).toEqual(expected.map((row) => row.classId));
  for (const [i, row] of rows.entries()) {
    expect(row.score).toBeCloseTo(expected[i]!.score, digits);
    for (const [side, value] of row.box.entries()) expect(value).toBeCloseTo(expected[i]!.box[side]!, digits);
  }
}
