import type { AnchorLevel, AnchorTargets } from './anchor-levels.ts';
import { cellOf, inCells } from './anchor-levels.ts';
import type { Claim } from './place-claims.ts';
import { placeClaims } from './place-claims.ts';
import type { Shape } from './shape.ts';
import { shapeIou } from './shape.ts';
import type { Truth } from './truth.ts';
import { isTeachable } from './truth.ts';

export interface NearAnchorOptions {
  /** An anchor takes a truth whose sides differ from its own by less than this factor. */
  readonly maxRatio: number;
}

/** Of YOLOv5 and v7. Ref: the documentation of YOLOv5, "Build Targets". */
export const v5Nearness: NearAnchorOptions = { maxRatio: 4 };

/**
 * Targets of a v5/v7 head: a truth is taught to every anchor of every grid that is near to its shape, in the cell that
 * holds its centre and in the nearest cell to the side and the nearest above or below, where the grid has them: the
 * head can put a centre up to half a cell outside its own. An exact middle has no nearest side.
 * Example: in cells of a 4x4 grid the centre (1.3, 2.8) is taught to the cells (1, 2), (0, 2) and (1, 3).
 * Ref: the documentation of YOLOv5, "Architecture Description", sections "Eliminate Grid Sensitivity" and "Build
 * Targets"; Wang et al., YOLOv7, arXiv:2207.02696, which keeps both.
 */
export function encodeNearAnchors(levels: readonly AnchorLevel[], truths: readonly Truth[], options: NearAnchorOptions): AnchorTargets {
  const claims = [...truths.entries()].flatMap(([index, truth]) =>
    isTeachable(truth) ? levels.flatMap((level, i) => claimsIn(level, i, truth, index, options.maxRatio)) : [],
  );
  return placeClaims(levels, truths, claims);
}

function claimsIn(level: AnchorLevel, levelIndex: number, truth: Truth, index: number, maxRatio: number): readonly Claim[] {
  const { cx, cy, w, h } = inCells(truth, level);
  const column = cellOf(cx, level.columns);
  const row = cellOf(cy, level.rows);
  const near = [
    { row, column: column + nearestSide(cx - column) },
    { row: row + nearestSide(cy - row), column },
  ].filter((cell) => (cell.row !== row || cell.column !== column) && isInGrid(cell, level));
  const cells = [{ row, column, rank: 0 as const }, ...near.map((cell) => ({ ...cell, rank: 1 as const }))];
  return level.anchors.flatMap((anchor, i) => {
    if (sideRatio([w, h], anchor) >= maxRatio) return [];
    const fit = shapeIou([w, h], anchor);
    return cells.map((cell) => ({ ...cell, truth: index, level: levelIndex, anchor: i, fit }));
  });
}

function isInGrid(cell: { readonly row: number; readonly column: number }, { rows, columns }: AnchorLevel): boolean {
  return cell.row >= 0 && cell.row < rows && cell.column >= 0 && cell.column < columns;
}

/** The direction of the cell nearest to an offset within a cell: -1, 0 at the exact middle, or 1. */
function nearestSide(offset: number): number {
  return Math.sign(offset - 0.5);
}

/** By how much the sides differ at most, as a factor of 1 or more. Example: [2, 3] and [4, 2] differ by 2. */
function sideRatio(a: Shape, b: Shape): number {
  return Math.max(a[0] / b[0], b[0] / a[0], a[1] / b[1], b[1] / a[1]);
}
