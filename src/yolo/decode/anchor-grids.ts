import type { Result } from '../../base/index.ts';
import { ok } from '../../base/index.ts';
import type { Size } from '../../geometry/index.ts';
import type { GridLayout } from '../heads/parts.ts';
import type { DenseOutput } from './dense-plan.ts';
import type { HeadMismatch } from './expect-places.ts';
import { expectGrid } from './expect-places.ts';
import type { OutputShape } from './raw-output.ts';

type Anchors = readonly (readonly [number, number])[];

/** One grid of a head with anchors. */
export interface AnchorScale {
  readonly output: string;
  readonly stride: number;
  readonly anchors: Anchors;
}

/** What the box of an anchor is read from: cell, stride in input pixels, the anchor's sides in the head's unit. */
export interface AnchorCell {
  readonly row: number;
  readonly column: number;
  readonly stride: number;
  readonly anchorW: number;
  readonly anchorH: number;
}

/** Writes centre and size in input pixels. */
export type AnchorBoxOf<S> = (a: number, b: number, c: number, d: number, cell: AnchorCell, scale: S) => readonly [cx: number, cy: number, w: number, h: number];

/** The outputs of a head whose places are the anchors of the cells of its grids. */
export function anchorGrids<S extends AnchorScale>(
  outputs: readonly OutputShape[],
  input: Size,
  head: { readonly layout: GridLayout; readonly fields: number; readonly scales: readonly S[] },
  boxOf: AnchorBoxOf<S>,
): Result<readonly DenseOutput[], HeadMismatch> {
  const dense: DenseOutput[] = [];
  for (const scale of head.scales) {
    const { output, stride, anchors } = scale;
    const grid = expectGrid(outputs, { output, layout: head.layout, stride, anchors: anchors.length, fields: head.fields }, input);
    if (!grid.ok) return grid;
    const { groups, places, columns } = grid.value;
    const cells = (groups * places) / anchors.length;
    dense.push({
      output,
      layout: grid.value,
      boxOf(a, b, c, d, place, corners) {
        const anchorId = groups === 1 ? place % anchors.length : Math.floor(place / cells);
        const cell = groups === 1 ? Math.floor(place / anchors.length) : place % cells;
        const [anchorW, anchorH] = anchors[anchorId] as readonly [number, number];
        const row = Math.floor(cell / columns);
        const [cx, cy, w, h] = boxOf(a, b, c, d, { row, column: cell - row * columns, stride, anchorW, anchorH }, scale);
        writeCentred(corners, cx, cy, w, h);
      },
    });
  }
  return ok(dense);
}

/** Corners of a box by its centre and size. */
export function writeCentred(corners: Float32Array, cx: number, cy: number, w: number, h: number): void {
  corners[0] = cx - w / 2;
  corners[1] = cy - h / 2;
  corners[2] = cx + w / 2;
  corners[3] = cy + h / 2;
}
