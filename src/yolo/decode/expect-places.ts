import type { Failure, Result } from '../../base/index.ts';
import { err, ok } from '../../base/index.ts';
import type { Size } from '../../geometry/index.ts';
import type { GridLayout, ListLayout } from '../heads/parts.ts';
import type { GridPlaces, PlaceLayout } from './place-layout.ts';
import { gridPlaces, listPlaces } from './place-layout.ts';
import type { OutputShape } from './raw-output.ts';

/** The outputs of a network are not what a head describes; the detail names the output and both shapes. */
export type HeadMismatch = Failure<'head-mismatch'>;

/** What a head says of one grid. */
export interface WantedGrid {
  readonly output: string;
  readonly layout: GridLayout;
  readonly stride: number;
  /** Anchors per cell; 1 for a head without them. */
  readonly anchors: number;
  /** Fields per place. */
  readonly fields: number;
}

/** The places of a grid, if the output has the shape that the head and the input's size call for. */
export function expectGrid(outputs: readonly OutputShape[], wanted: WantedGrid, input: Size): Result<GridPlaces, HeadMismatch> {
  const found = shapeOf(outputs, wanted.output);
  if (!found.ok) return found;
  const [rows, columns] = [cellsAlong(input.height, wanted.stride), cellsAlong(input.width, wanted.stride)];
  const places = gridPlaces(found.value, wanted.layout, wanted.anchors);
  if (places?.rows === rows && places.columns === columns && places.fields === wanted.fields) return ok(places);
  const { layout, anchors, fields, output } = wanted;
  return mismatch(output, found.value, `${layout} of ${rows} rows, ${columns} columns, ${anchors} x ${fields} numbers per cell`);
}

/** The places of a list. @param count of places; null when the input's size does not tell it */
export function expectList(outputs: readonly OutputShape[], output: string, layout: ListLayout, count: number | null, fields: number): Result<PlaceLayout, HeadMismatch> {
  const found = shapeOf(outputs, output);
  if (!found.ok) return found;
  const places = listPlaces(found.value, layout);
  if (places?.fields === fields && (count === null || places.places === count)) return ok(places);
  return mismatch(output, found.value, `${layout} of ${count ?? 'any number of'} places with ${fields} numbers each`);
}

/** Cells along a side of the input: a cell that sticks out counts. */
export function cellsAlong(sidePx: number, stride: number): number {
  return Math.ceil(sidePx / stride);
}

export function shapeOf(outputs: readonly OutputShape[], name: string): Result<readonly number[], HeadMismatch> {
  const output = outputs.find((candidate) => candidate.name === name);
  if (output) return ok(output.shape);
  return err('head-mismatch', `no output ${name} among ${outputs.map((each) => each.name).join(', ') || 'none'}`);
}

export function mismatch(output: string, shape: readonly number[], wanted: string): Result<never, HeadMismatch> {
  return err('head-mismatch', `output ${output} is [${shape.join(', ')}], not ${wanted}`);
}
