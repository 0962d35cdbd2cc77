import type { Result } from '../../base/index.ts';
import { ok } from '../../base/index.ts';
import type { Size } from '../../geometry/index.ts';
import type { Places } from '../heads/parts.ts';
import type { DenseOutput } from './dense-plan.ts';
import type { HeadMismatch } from './expect-places.ts';
import { cellsAlong, expectGrid, expectList } from './expect-places.ts';
import type { OutputShape } from './raw-output.ts';

export interface PointCell {
  readonly row: number;
  readonly column: number;
  readonly stride: number;
}

/** Writes the corners in input pixels. */
export type PointBoxOf = (a: number, b: number, c: number, d: number, cell: PointCell, corners: Float32Array) => void;

/** The outputs of a head whose places are cells without anchors, in grids of their own or one after another in a list. */
export function pointPlaces(outputs: readonly OutputShape[], input: Size, head: { readonly places: Places; readonly fields: number }, boxOf: PointBoxOf): Result<readonly DenseOutput[], HeadMismatch> {
  const { places, fields } = head;
  if (places.kind === 'list') {
    const grids = places.strides.map((stride) => ({ stride, columns: cellsAlong(input.width, stride), cells: cellsAlong(input.width, stride) * cellsAlong(input.height, stride) }));
    const count = grids.reduce((sum, grid) => sum + grid.cells, 0);
    const layout = expectList(outputs, places.output, places.layout, count, fields);
    if (!layout.ok) return layout;
    return ok([{ output: places.output, layout: layout.value, boxOf: (a, b, c, d, place, corners) => boxOf(a, b, c, d, cellOfList(grids, place), corners) }]);
  }
  const dense: DenseOutput[] = [];
  for (const { output, stride } of places.scales) {
    const grid = expectGrid(outputs, { output, layout: places.layout, stride, anchors: 1, fields }, input);
    if (!grid.ok) return grid;
    const { columns } = grid.value;
    dense.push({ output, layout: grid.value, boxOf: (a, b, c, d, place, corners) => boxOf(a, b, c, d, cellOfGrid(columns, stride, place), corners) });
  }
  return ok(dense);
}

interface ListGrid {
  readonly stride: number;
  readonly columns: number;
  readonly cells: number;
}

function cellOfList(grids: readonly ListGrid[], place: number): PointCell {
  let rest = place;
  for (const { stride, columns, cells } of grids) {
    if (rest < cells) return cellOfGrid(columns, stride, rest);
    rest -= cells;
  }
  throw new RangeError(`place ${place} is behind the last cell`);
}

function cellOfGrid(columns: number, stride: number, place: number): PointCell {
  const row = Math.floor(place / columns);
  return { row, column: place - row * columns, stride };
}
