import type { GridLayout, ListLayout } from '../heads/parts.ts';

/**
 * How the places of one output lie in memory. A place is a cell, or an anchor of a cell, and has some fields. Places
 * come in groups; inside a group either a place's fields stand together, or each field's values of all places do
 * (`fieldsFirst`). Field f of place i of group g is at
 * `g * places * fields + (fieldsFirst ? f * places + i : i * fields + f)`.
 */
export interface PlaceLayout {
  readonly groups: number;
  /** Places in a group. */
  readonly places: number;
  readonly fields: number;
  readonly fieldsFirst: boolean;
}

/** A grid's places: numbered group by group, so by cell and then anchor in `hwc`, by anchor and then cell otherwise. */
export interface GridPlaces extends PlaceLayout {
  readonly rows: number;
  readonly columns: number;
}

/**
 * The places of a grid with `anchors` places per cell. Null when the shape cannot be such a grid.
 * Example: [1, 13, 13, 255] in `hwc` with 3 anchors is one group of 507 places with 85 fields each.
 */
export function gridPlaces(shape: readonly number[], layout: GridLayout, anchors: number): GridPlaces | null {
  const dims = innerShape(shape, layout === 'ahwf' ? 4 : 3);
  if (!dims) return null;
  if (layout === 'ahwf') {
    const [groups, rows, columns, fields] = dims as [number, number, number, number];
    return groups === anchors ? { groups, places: rows * columns, fields, fieldsFirst: false, rows, columns } : null;
  }
  const [a, b, c] = dims as [number, number, number];
  const [rows, columns, channels] = layout === 'hwc' ? [a, b, c] : [b, c, a];
  const fields = channels / anchors;
  if (!Number.isInteger(fields)) return null;
  const cells = rows * columns;
  return layout === 'hwc'
    ? { groups: 1, places: cells * anchors, fields, fieldsFirst: false, rows, columns }
    : { groups: anchors, places: cells, fields, fieldsFirst: true, rows, columns };
}

/** The places of a list. Null when the shape is none. */
export function listPlaces(shape: readonly number[], layout: ListLayout): PlaceLayout | null {
  const dims = innerShape(shape, 2);
  if (!dims) return null;
  const [first, second] = dims as [number, number];
  return layout === 'rows'
    ? { groups: 1, places: first, fields: second, fieldsFirst: false }
    : { groups: 1, places: second, fields: first, fieldsFirst: true };
}

/** The last `rank` dimensions; null when there are fewer, or when a dimension in front of them is not 1. */
export function innerShape(shape: readonly number[], rank: number): readonly number[] | null {
  const outer = shape.slice(0, Math.max(0, shape.length - rank));
  return shape.length >= rank && outer.every((side) => side === 1) ? shape.slice(-rank) : null;
}
