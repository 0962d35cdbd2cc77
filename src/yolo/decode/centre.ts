import type { Candidates } from '../../geometry/index.ts';
import type { CentreHead } from '../heads/centre.ts';
import { CandidateList } from './candidate-list.ts';

/** The two grids of a centre head as they were read back, row-major. */
export interface CentreGrids {
  readonly rows: number;
  readonly columns: number;
  readonly classes: number;
  /** [rows, columns, classes], 0..1. */
  readonly scores: Float32Array;
  /** [rows, columns, 4]: left, top, right, bottom in input pixels. */
  readonly sizes: Float32Array;
}

/**
 * Boxes of a centre head, score filter first. A cell speaks for a class only where its score is the highest of the
 * 3x3 cells around it (ties included), which is how the head was trained to be read.
 * Ref: arXiv:1904.07850, section 4 "From points to bounding boxes".
 * Example: a cell in row 1, column 2 with stride 4 and distances 3, 2, 5, 6 is the box [5, 2, 13, 10].
 *
 * @returns boxes in input pixels
 */
export function decodeCentre(head: CentreHead, grids: CentreGrids, minScore: number): Candidates {
  const { rows, columns, classes, scores, sizes } = grids;
  const found = new CandidateList();
  for (let cell = 0, index = 0; cell < rows * columns; cell++) {
    for (let classId = 0; classId < classes; classId++, index++) {
      const score = scores[index] as number;
      if (score < minScore) continue;
      const row = Math.floor(cell / columns);
      const column = cell - row * columns;
      if (!isPeak(grids, row, column, index, score)) continue;
      const x = column * head.stride;
      const y = row * head.stride;
      const at = cell * 4;
      found.add(
        x - (sizes[at] as number),
        y - (sizes[at + 1] as number),
        x + (sizes[at + 2] as number),
        y + (sizes[at + 3] as number),
        score,
        classId,
      );
    }
  }
  return found.finish();
}

function isPeak({ rows, columns, classes, scores }: CentreGrids, row: number, column: number, index: number, score: number): boolean {
  const up = row > 0 ? -1 : 0;
  const down = row < rows - 1 ? 1 : 0;
  const left = column > 0 ? -1 : 0;
  const right = column < columns - 1 ? 1 : 0;
  for (let dy = up; dy <= down; dy++) {
    for (let dx = left; dx <= right; dx++) {
      if ((scores[index + (dy * columns + dx) * classes] as number) > score) return false;
    }
  }
  return true;
}
