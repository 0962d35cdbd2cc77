import type { Result } from '../../base/index.ts';
import { ok } from '../../base/index.ts';
import type { Size } from '../../geometry/index.ts';
import type { V8GridHead, V8Head, V8ListHead } from '../heads/v8.ts';
import { writeCentred } from './anchor-grids.ts';
import type { BoxOf, DensePlan } from './dense-plan.ts';
import type { HeadMismatch } from './expect-places.ts';
import { expectList } from './expect-places.ts';
import { pointPlaces } from './point-places.ts';
import type { OutputShape } from './raw-output.ts';
import { productRule } from './score-rule.ts';

/** An anchor-free head with distances, raw or already decoded. */
export function v8Plan(head: V8Head, outputs: readonly OutputShape[], input: Size): Result<DensePlan, HeadMismatch> {
  return head.form === 'grid' ? gridPlan(head, outputs, input) : listPlan(head, outputs, input);
}

/**
 * A side stands `distance` cells from the point ((column + p) * stride, (row + p) * stride).
 * Ref: arXiv:1904.01355, equation 1; arXiv:2006.04388, section 3.2.
 * Example: stride 8, cell (2, 1), p = 0.5 and distances 1, 0.5, 2, 1.5 give the box [12, 8, 36, 24].
 */
function gridPlan(head: V8GridHead, outputs: readonly OutputShape[], input: Size): Result<DensePlan, HeadMismatch> {
  const { bins, classes, pointInCell, places } = head;
  const dense = pointPlaces(outputs, input, { places, fields: 4 * bins + classes }, (left, top, right, bottom, { row, column, stride }, corners) => {
    const x = column + pointInCell;
    const y = row + pointInCell;
    corners[0] = (x - left) * stride;
    corners[1] = (y - top) * stride;
    corners[2] = (x + right) * stride;
    corners[3] = (y + bottom) * stride;
  });
  if (!dense.ok) return dense;
  const boxesFirst = head.order === 'boxes-first';
  const score = productRule(head.logistic);
  return ok({ outputs: dense.value, boxAt: boxesFirst ? 0 : classes, bins, objectnessAt: null, classesAt: boxesFirst ? 4 * bins : 0, classes, labels: 'best', score });
}

function listPlan(head: V8ListHead, outputs: readonly OutputShape[], input: Size): Result<DensePlan, HeadMismatch> {
  const { output, layout, classes } = head;
  const list = expectList(outputs, output, layout, null, 4 + classes);
  if (!list.ok) return list;
  const { width, height } = head.coordinates === 'unit' ? input : { width: 1, height: 1 };
  const boxOf: BoxOf =
    head.boxes === 'centre'
      ? (a, b, c, d, _, corners) => writeCentred(corners, a * width, b * height, c * width, d * height)
      : (a, b, c, d, _, corners) => corners.set([a * width, b * height, c * width, d * height]);
  return ok({ outputs: [{ output, layout: list.value, boxOf }], boxAt: 0, bins: 1, objectnessAt: null, classesAt: 4, classes, labels: 'best', score: productRule(head.logistic) });
}
