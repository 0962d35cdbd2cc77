import type { Result } from '../../base/index.ts';
import { ok } from '../../base/index.ts';
import type { Size } from '../../geometry/index.ts';
import type { V5GridHead, V5Head, V5ListHead } from '../heads/v5.ts';
import { anchorGrids, writeCentred } from './anchor-grids.ts';
import type { DensePlan } from './dense-plan.ts';
import type { HeadMismatch } from './expect-places.ts';
import { expectList } from './expect-places.ts';
import { logistic } from './logistic.ts';
import type { OutputShape } from './raw-output.ts';
import { productRule } from './score-rule.ts';

/** A v5 or v7 head, raw or already decoded. */
export function v5Plan(head: V5Head, outputs: readonly OutputShape[], input: Size): Result<DensePlan, HeadMismatch> {
  return head.form === 'grid' ? gridPlan(head, outputs, input) : listPlan(head, outputs, input);
}

/**
 * Centre = (2 s - 0.5 + cell) * stride, size = (2 s)^2 * anchor, s the logistic of the raw number.
 * Ref: arXiv:2207.02696 with arXiv:2011.08036.
 * Example: stride 8, cell (2, 1), s = 0.5 and anchor 10x13 give centre (20, 12) and size 10x13.
 */
function gridPlan(head: V5GridHead, outputs: readonly OutputShape[], input: Size): Result<DensePlan, HeadMismatch> {
  const { layout, scales, classes } = head;
  const share = head.logistic === 'applied' ? (s: number): number => s : logistic;
  const dense = anchorGrids(outputs, input, { layout, scales, fields: 5 + classes }, (a, b, c, d, { row, column, stride, anchorW, anchorH }) => [
    (2 * share(a) - 0.5 + column) * stride,
    (2 * share(b) - 0.5 + row) * stride,
    (2 * share(c)) ** 2 * anchorW,
    (2 * share(d)) ** 2 * anchorH,
  ]);
  return dense.ok ? ok({ ...planOf(dense.value, classes, head.logistic), labels: head.labels ?? 'best' }) : dense;
}

function listPlan(head: V5ListHead, outputs: readonly OutputShape[], input: Size): Result<DensePlan, HeadMismatch> {
  const { output, layout, classes } = head;
  const list = expectList(outputs, output, layout, null, 5 + classes);
  if (!list.ok) return list;
  const { width, height } = head.coordinates === 'unit' ? input : { width: 1, height: 1 };
  return ok(planOf([{ output, layout: list.value, boxOf: (a, b, c, d, _, corners) => writeCentred(corners, a * width, b * height, c * width, d * height) }], classes, 'applied'));
}

function planOf(outputs: DensePlan['outputs'], classes: number, ends: 'applied' | 'needed'): DensePlan {
  return { outputs, boxAt: 0, bins: 1, objectnessAt: 4, classesAt: 5, classes, labels: 'best', score: productRule(ends) };
}
