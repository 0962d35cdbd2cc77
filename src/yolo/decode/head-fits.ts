import type { Result } from '../../base/index.ts';
import { err, ok } from '../../base/index.ts';
import type { Size } from '../../geometry/index.ts';
import type { CentreHead } from '../heads/centre.ts';
import type { End2endHead } from '../heads/end2end.ts';
import type { HeadSpec } from '../heads/read-head.ts';
import { densePlanOf } from './dense-plan-of.ts';
import type { HeadMismatch } from './expect-places.ts';
import { expectGrid, expectList, mismatch, shapeOf } from './expect-places.ts';
import { joinedShape, joinOutputs, joinsOf } from './join-outputs.ts';
import type { OutputShape } from './raw-output.ts';

/**
 * Whether a network's outputs are what its head describes, for an input of this size; asked when a model is loaded.
 * The detail of a mismatch names the output, its shape, and the shape that the head calls for.
 */
export function headFits(head: HeadSpec, outputs: readonly OutputShape[], input: Size): Result<null, HeadMismatch> {
  const { head: whole, joins } = joinsOf(head);
  return wholeFits(whole, joinOutputs(joins, outputs, joinedShape), input);
}

function wholeFits(head: HeadSpec, outputs: readonly OutputShape[], input: Size): Result<null, HeadMismatch> {
  switch (head.family) {
    case 'centre':
      return centreFits(head, outputs, input);
    case 'end2end':
      return end2endFits(head, outputs);
    default: {
      const plan = densePlanOf(head, outputs, input);
      return plan.ok ? ok(null) : plan;
    }
  }
}

function centreFits(head: CentreHead, outputs: readonly OutputShape[], input: Size): Result<null, HeadMismatch> {
  const { stride, scoresNode, sizesNode } = head;
  const scores = shapeOf(outputs, scoresNode);
  if (!scores.ok) return scores;
  for (const [output, fields] of [[scoresNode, scores.value.at(-1) ?? 0], [sizesNode, 4]] as const) {
    const grid = expectGrid(outputs, { output, layout: 'hwc', stride, anchors: 1, fields }, input);
    if (!grid.ok) return grid;
  }
  return ok(null);
}

function end2endFits(head: End2endHead, outputs: readonly OutputShape[]): Result<null, HeadMismatch> {
  if (head.form === 'rows') {
    const last = Math.max(head.boxAt + 3, head.scoreAt, head.classAt);
    if (last >= head.fields) return err('head-mismatch', `a row of ${head.fields} numbers has no number ${last}`);
    const rows = expectList(outputs, head.output, 'rows', null, head.fields);
    return rows.ok ? ok(null) : rows;
  }
  const boxes = expectList(outputs, head.boxesOutput, 'rows', null, 4);
  if (!boxes.ok) return boxes;
  for (const output of [head.scoresOutput, head.classesOutput]) {
    const shape = shapeOf(outputs, output);
    if (!shape.ok) return shape;
    const count = shape.value.reduce((product, side) => product * side, 1);
    if (count !== boxes.value.places) return mismatch(output, shape.value, `one number for each of ${boxes.value.places} boxes`);
  }
  if (head.countOutput === null) return ok(null);
  const counted = shapeOf(outputs, head.countOutput);
  return counted.ok ? ok(null) : counted;
}
