import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CentreGrids, CentreHead } from '../../src/yolo/index.ts';
import { decodeCentre } from '../../src/yolo/index.ts';
import { readGolden } from '../golden/read-golden.ts';
import type { CandidateRow } from './candidate-rows.ts';
import { expectRows, rowsOf } from './candidate-rows.ts';

interface GoldenCase {
  readonly stride: number;
  readonly minScore: number;
  readonly rows: number;
  readonly columns: number;
  readonly classes: number;
  readonly scores: readonly number[];
  readonly sizes: readonly number[];
  readonly expected: readonly CandidateRow[];
}

const golden = readGolden('centre-grid') as GoldenCase;

const head: CentreHead = { family: 'centre', stride: golden.stride, inputNode: 'in', scoresNode: 'scores', sizesNode: 'sizes', upsampleNodes: [] };
const goldenGrids: CentreGrids = { ...golden, scores: new Float32Array(golden.scores), sizes: new Float32Array(golden.sizes) };

/** Grids with few distinct scores, so that ties and plateaus are common. */
const grids = fc.record({ rows: fc.integer({ min: 1, max: 5 }), columns: fc.integer({ min: 1, max: 5 }), classes: fc.integer({ min: 1, max: 3 }) }).chain(({ rows, columns, classes }) =>
  fc.array(fc.nat(4), { minLength: rows * columns * classes, maxLength: rows * columns * classes }).map(
    (quarters): CentreGrids => ({ rows, columns, classes, scores: new Float32Array(quarters.map((q) => q / 4)), sizes: new Float32Array(rows * columns * 4).fill(1) }),
  ),
);

/** The rule as written: highest of the 3x3 cells around, ties included, and not below the lowest score. */
function peaks({ rows, columns, classes, scores }: CentreGrids, minScore: number): { row: number; column: number; classId: number }[] {
  const at = (row: number, column: number, classId: number): number =>
    row < 0 || column < 0 || row >= rows || column >= columns ? -1 : scores[(row * columns + column) * classes + classId]!;
  const found = [];
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      for (let classId = 0; classId < classes; classId++) {
        const around = [-1, 0, 1].flatMap((dy) => [-1, 0, 1].map((dx) => at(row + dy, column + dx, classId)));
        if (at(row, column, classId) >= minScore && Math.max(...around) === at(row, column, classId)) found.push({ row, column, classId });
      }
    }
  }
  return found;
}

describe('decodeCentre', () => {
  it('gives the boxes that were computed by hand', () => {
    expectRows(decodeCentre(head, goldenGrids, golden.minScore), golden.expected);
  });

  it('filters by score first, the score itself included', () => {
    const scores = (minScore: number): number[] => rowsOf(decodeCentre(head, goldenGrids, minScore)).map((row) => +row.score.toFixed(3));
    expect(scores(0.65)).toEqual([0.7, 0.7, 0.9]);
    expect(scores(Math.fround(0.9))).toEqual([0.9]);
    expect(scores(0.95)).toEqual([]);
  });

  it('finds the peaks and nothing else, at borders, on plateaus and in single cells', () => {
    fc.assert(
      fc.property(grids, fc.constantFrom(0, 0.25, 0.5, 1), (grid, minScore) => {
        const expected = peaks(grid, minScore).map(({ row, column, classId }) => ({ classId, corner: [column * 4 - 1, row * 4 - 1] }));
        const found = rowsOf(decodeCentre(head, grid, minScore)).map(({ box, classId }) => ({ classId, corner: box.slice(0, 2) }));
        expect(found).toEqual(expected);
      }),
      { numRuns: 300 },
    );
  });

  it('keeps every box of a grid that has more of them than the list has room at first', () => {
    const rows = 40;
    const columns = 40;
    const grid = { rows, columns, classes: 1, scores: new Float32Array(rows * columns).fill(0.5), sizes: new Float32Array(rows * columns * 4).fill(2) };
    const found = rowsOf(decodeCentre(head, grid, 0.1));
    expect(found).toHaveLength(1600);
    expect(found.at(-1)).toEqual({ box: [154, 154, 158, 158], score: 0.5, classId: 0 });
  });
});
