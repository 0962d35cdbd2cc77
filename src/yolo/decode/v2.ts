import type { Result } from '../../base/index.ts';
import { ok } from '../../base/index.ts';
import type { Candidates, Size } from '../../geometry/index.ts';
import type { V2Head } from '../heads/v2.ts';
import { anchorGrids } from './anchor-grids.ts';
import { decodeDense } from './decode-dense.ts';
import type { DensePlan } from './dense-plan.ts';
import type { HeadMismatch } from './expect-places.ts';
import { mismatch, shapeOf } from './expect-places.ts';
import { logistic } from './logistic.ts';
import { gridPlaces } from './place-layout.ts';
import type { OutputShape } from './raw-output.ts';

/** The grid of a v2 head as it was read back: [rows, columns, anchors * (5 + classes)], row-major, raw numbers. */
export interface V2Grid {
  readonly rows: number;
  readonly columns: number;
  /** Number of class logits per anchor; 0 when the head knows a single class. */
  readonly classes: number;
  readonly data: Float32Array;
}

/** Fields of an anchor before its classes: x, y, w, h, objectness. */
const ownFields = 5;

/**
 * A v2 head: centre = (cell + logistic(t)) * stride, size = anchor * exp(t) * stride, score = objectness times the
 * soft-max class probability. Ref: arXiv:1612.08242, section 2.
 */
export function v2Plan(head: V2Head, outputs: readonly OutputShape[], input: Size): Result<DensePlan, HeadMismatch> {
  const layout = head.layout ?? 'hwc';
  const shape = shapeOf(outputs, head.outputLayer);
  if (!shape.ok) return shape;
  const fields = gridPlaces(shape.value, layout, head.anchors.length)?.fields ?? 0;
  if (fields < ownFields) return mismatch(head.outputLayer, shape.value, `${layout} with ${head.anchors.length} anchors of ${ownFields} numbers or more`);
  const scales = [{ output: head.outputLayer, stride: head.stride, anchors: head.anchors }];
  const dense = anchorGrids(outputs, input, { layout, fields, scales }, (a, b, c, d, { row, column, stride, anchorW, anchorH }) => [
    (column + logistic(a)) * stride,
    (row + logistic(b)) * stride,
    anchorW * Math.exp(c) * stride,
    anchorH * Math.exp(d) * stride,
  ]);
  if (!dense.ok) return dense;
  const score = { objectness: 'logistic', classes: 'soft-max', objectnessPower: 1, classPower: 1 } as const;
  return ok({ outputs: dense.value, boxAt: 0, bins: 1, objectnessAt: 4, classesAt: ownFields, classes: fields - ownFields, labels: 'best', score });
}

/**
 * Boxes of a v2 head in `hwc` layout, without knowing the input: its size is that of the grid.
 *
 * @returns boxes in input pixels
 */
export function decodeV2(head: V2Head, grid: V2Grid, minScore: number): Candidates {
  const shape = [1, grid.rows, grid.columns, head.anchors.length * (ownFields + grid.classes)];
  const output = { name: head.outputLayer, shape, data: grid.data };
  const plan = v2Plan(head, [output], { width: grid.columns * head.stride, height: grid.rows * head.stride });
  if (!plan.ok) throw new Error(plan.failure.detail);
  return decodeDense(plan.value, [output], minScore);
}
