import type { Result } from '../../base/index.ts';
import { ok } from '../../base/index.ts';
import type { Size } from '../../geometry/index.ts';
import type { V3Head } from '../heads/v3.ts';
import { anchorGrids } from './anchor-grids.ts';
import type { DensePlan } from './dense-plan.ts';
import type { HeadMismatch } from './expect-places.ts';
import { logistic } from './logistic.ts';
import type { OutputShape } from './raw-output.ts';
import { productRule } from './score-rule.ts';

/**
 * A v3 or v4 head: centre = (cell + logistic(t) * s - (s - 1) / 2) * stride with s the head's `scaleXY`,
 * size = anchor * exp(t), score = objectness times class, a box for every class that reaches the score.
 * Ref: arXiv:1804.02767, section 2; for s: arXiv:2004.10934, section 3.4.
 * Example: stride 32, cell (1, 0), t = 0 and anchor 10x20 give centre (48, 16) and size 10x20 for every s.
 */
export function v3Plan(head: V3Head, outputs: readonly OutputShape[], input: Size): Result<DensePlan, HeadMismatch> {
  const { layout, scales, classes } = head;
  const dense = anchorGrids(outputs, input, { layout, scales, fields: 5 + classes }, (a, b, c, d, { row, column, stride, anchorW, anchorH }, { scaleXY }) => [
    (column + logistic(a) * scaleXY - (scaleXY - 1) / 2) * stride,
    (row + logistic(b) * scaleXY - (scaleXY - 1) / 2) * stride,
    anchorW * Math.exp(c),
    anchorH * Math.exp(d),
  ]);
  return dense.ok ? ok({ outputs: dense.value, boxAt: 0, bins: 1, objectnessAt: 4, classesAt: 5, classes, labels: 'every', score: productRule('needed') }) : dense;
}
