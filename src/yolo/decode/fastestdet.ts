import type { Result } from '../../base/index.ts';
import { ok } from '../../base/index.ts';
import type { Size } from '../../geometry/index.ts';
import type { FastestdetHead } from '../heads/fastestdet.ts';
import { writeCentred } from './anchor-grids.ts';
import type { DensePlan } from './dense-plan.ts';
import type { HeadMismatch } from './expect-places.ts';
import { logistic } from './logistic.ts';
import { pointPlaces } from './point-places.ts';
import type { OutputShape } from './raw-output.ts';

/**
 * A FastestDet head: centre = (cell + tanh(t)) * stride, size = logistic(t) of the whole input,
 * score = objectness^a * class^b. Fields: objectness, x, y, w, h, classes.
 * Ref: the output description of github.com/dog-qiuqiu/FastestDet.
 * Example: input 64x32, stride 16, cell (1, 0), t = 0 gives centre (16, 0) and size 32x16.
 */
export function fastestdetPlan(head: FastestdetHead, outputs: readonly OutputShape[], input: Size): Result<DensePlan, HeadMismatch> {
  const { output, layout, stride, classes, objectnessPower, classPower } = head;
  const places = { kind: 'grids', layout, scales: [{ output, stride }] } as const;
  const dense = pointPlaces(outputs, input, { places: { ...places, scales: [...places.scales] }, fields: 5 + classes }, (a, b, c, d, { row, column }, corners) => {
    writeCentred(corners, (column + Math.tanh(a)) * stride, (row + Math.tanh(b)) * stride, logistic(c) * input.width, logistic(d) * input.height);
  });
  const score = { objectness: 'applied', classes: 'applied', objectnessPower, classPower } as const;
  return dense.ok ? ok({ outputs: dense.value, boxAt: 1, bins: 1, objectnessAt: 0, classesAt: 5, classes, labels: 'best', score }) : dense;
}
