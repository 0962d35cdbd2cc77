import { area } from '../../geometry/index.ts';
import { gaussianRadius } from './gaussian-radius.ts';
import type { Truth } from './truth.ts';
import { isTeachable } from './truth.ts';

/** The grid of a centre head at one input size. */
export interface CentreLevel {
  readonly rows: number;
  readonly columns: number;
  readonly classes: number;
  /** Input pixels per cell. */
  readonly stridePx: number;
}

/** What a centre head should say about one image. */
export interface CentreTargets {
  /** [rows, columns, classes]: 1 at the centre of an object, falling off around it as a bell; 0..1. */
  readonly heat: Float32Array;
  /** Cells that tell the size of an object (row * columns + column), ascending, each once. */
  readonly cells: Int32Array;
  /** [cells, 4]: left, top, right, bottom of the object in input pixels from the cell's corner. */
  readonly sidesPx: Float32Array;
  /** Indices of the truths whose size no cell tells: degenerate, or crowded out. */
  readonly lost: readonly number[];
}

export interface CentreOptions {
  /** The bell reaches as far as a box with its corners there would still overlap the truth by this IoU. */
  readonly minIou: number;
}

/**
 * Targets of a centre head: the class of an object is shown in the cell that holds its centre, and fades around it,
 * since a box from a cell nearby is nearly right; where bells of one class meet, the higher counts. Its size is told
 * by that cell only. A cell tells one size, that of its smallest object (ties to the earlier); the class of the others
 * is still shown.
 * Ref: Zhou et al., Objects as Points, arXiv:1904.07850, section 3; the radius from arXiv:1808.01244, section 3.2.
 *
 * Throws RangeError for a class that the head does not have.
 */
export function encodeCentre(level: CentreLevel, truths: readonly Truth[], options: CentreOptions): CentreTargets {
  const heat = new Float32Array(level.rows * level.columns * level.classes);
  const owner = new Map<number, number>();
  for (const [index, truth] of truths.entries()) {
    if (!isTeachable(truth)) continue;
    if (!(truth.classId >= 0 && truth.classId < level.classes)) throw new RangeError(`class ${truth.classId} of ${level.classes}`);
    const { row, column } = centreCell(level, truth);
    drawBell(heat, level, truth, row, column, options.minIou);
    const cell = row * level.columns + column;
    const rival = truths[owner.get(cell) ?? -1];
    if (!rival || area(truth.box) < area(rival.box)) owner.set(cell, index);
  }
  const cells = Int32Array.from(owner.keys()).sort();
  const sidesPx = new Float32Array(cells.length * 4);
  for (const [i, cell] of cells.entries()) sidesPx.set(sidesFrom(level, truths[owner.get(cell) as number] as Truth, cell), i * 4);
  const told = new Set(owner.values());
  return { heat, cells, sidesPx, lost: [...truths.keys()].filter((index) => !told.has(index)) };
}

function centreCell({ rows, columns }: CentreLevel, { box }: Truth): { row: number; column: number } {
  return {
    row: Math.min(rows - 1, Math.floor(((box.y1 + box.y2) / 2) * rows)),
    column: Math.min(columns - 1, Math.floor(((box.x1 + box.x2) / 2) * columns)),
  };
}

function drawBell(heat: Float32Array, level: CentreLevel, { box, classId }: Truth, row: number, column: number, minIou: number): void {
  const { rows, columns, classes } = level;
  const radius = Math.floor(gaussianRadius((box.x2 - box.x1) * columns, (box.y2 - box.y1) * rows, minIou));
  // Three deviations on either side fill the bell's width.
  const deviation = (2 * radius + 1) / 6;
  for (let y = Math.max(0, row - radius); y <= Math.min(rows - 1, row + radius); y++) {
    for (let x = Math.max(0, column - radius); x <= Math.min(columns - 1, column + radius); x++) {
      const at = (y * columns + x) * classes + classId;
      const value = Math.exp(-((x - column) ** 2 + (y - row) ** 2) / (2 * deviation ** 2));
      heat[at] = Math.max(heat[at] as number, value);
    }
  }
}

function sidesFrom({ columns, rows, stridePx }: CentreLevel, { box }: Truth, cell: number): readonly number[] {
  const x = (cell % columns) * stridePx;
  const y = Math.floor(cell / columns) * stridePx;
  const [widthPx, heightPx] = [columns * stridePx, rows * stridePx];
  return [x - box.x1 * widthPx, y - box.y1 * heightPx, box.x2 * widthPx - x, box.y2 * heightPx - y];
}
