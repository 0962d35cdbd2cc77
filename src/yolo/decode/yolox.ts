import type { Result } from '../../base/index.ts';
import { ok } from '../../base/index.ts';
import type { Size } from '../../geometry/index.ts';
import type { YoloxHead } from '../heads/yolox.ts';
import { writeCentred } from './anchor-grids.ts';
import type { DensePlan } from './dense-plan.ts';
import type { HeadMismatch } from './expect-places.ts';
import { pointPlaces } from './point-places.ts';
import type { OutputShape } from './raw-output.ts';
import { productRule } from './score-rule.ts';

/**
 * A raw YOLOX head: centre = (cell + t) * stride, size = exp(t) * stride, score = objectness times the best class.
 * Ref: arXiv:2107.08430, section 2.2.
 * Example: stride 16, cell (1, 0), t = (0.5, 0.25, 0, ln 2) gives centre (24, 4) and size 16x32.
 */
export function yoloxPlan(head: YoloxHead, outputs: readonly OutputShape[], input: Size): Result<DensePlan, HeadMismatch> {
  const { places, classes } = head;
  const dense = pointPlaces(outputs, input, { places, fields: 5 + classes }, (a, b, c, d, { row, column, stride }, corners) => {
    writeCentred(corners, (column + a) * stride, (row + b) * stride, Math.exp(c) * stride, Math.exp(d) * stride);
  });
  return dense.ok ? ok({ outputs: dense.value, boxAt: 0, bins: 1, objectnessAt: 4, classesAt: 5, classes, labels: 'best', score: productRule(head.logistic) }) : dense;
}
