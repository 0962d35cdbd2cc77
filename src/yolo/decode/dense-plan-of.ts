import type { Result } from '../../base/index.ts';
import type { Size } from '../../geometry/index.ts';
import type { CentreHead } from '../heads/centre.ts';
import type { End2endHead } from '../heads/end2end.ts';
import type { HeadSpec } from '../heads/read-head.ts';
import type { DensePlan } from './dense-plan.ts';
import type { HeadMismatch } from './expect-places.ts';
import { fastestdetPlan } from './fastestdet.ts';
import type { OutputShape } from './raw-output.ts';
import { v2Plan } from './v2.ts';
import { v3Plan } from './v3.ts';
import { v5Plan } from './v5.ts';
import { v8Plan } from './v8.ts';
import { yoloxPlan } from './yolox.ts';

/** A head that speaks at every place of its output, with scores apart from boxes. */
export type DenseHead = Exclude<HeadSpec, CentreHead | End2endHead>;

/** The plan of a dense head for an input of this size, if the outputs have the shapes for it. */
export function densePlanOf(head: DenseHead, outputs: readonly OutputShape[], input: Size): Result<DensePlan, HeadMismatch> {
  switch (head.family) {
    case 'v2':
      return v2Plan(head, outputs, input);
    case 'v3':
      return v3Plan(head, outputs, input);
    case 'v5':
      return v5Plan(head, outputs, input);
    case 'v8':
      return v8Plan(head, outputs, input);
    case 'yolox':
      return yoloxPlan(head, outputs, input);
    case 'fastestdet':
      return fastestdetPlan(head, outputs, input);
  }
}
