import type { Result } from '../../base/index.ts';
import { ok } from '../../base/index.ts';
import type { HeadSpec } from '../heads/read-head.ts';
import { readHead } from '../heads/read-head.ts';
import type { DarknetFailure } from './failure.ts';
import { failAt } from './failure.ts';
import type { PlannedHead } from './plan.ts';

/** The name of a head's grid among the network's outputs. */
export function outputName({ layer }: Pick<PlannedHead, 'layer'>): string {
  return `layer-${layer}`;
}

/** The head of the family that reads these grids: v3 for [yolo] sections, v5 for those with `new_coords`, v2 for a [region]. */
export function headOf(heads: readonly [PlannedHead, ...PlannedHead[]]): Result<HeadSpec, DarknetFailure> {
  const [first] = heads;
  const other = heads.find(({ kind, classes }) => kind !== first.kind || classes !== first.classes);
  if (other) return failAt('layer-mismatch', other.place, `${other.classes} classes beside a [${first.place.title}] of ${first.classes}`);
  const mixed = heads.find(({ newCoords }) => newCoords !== first.newCoords);
  if (mixed) return failAt('layer-unsupported', mixed.place, 'heads with and without new_coords in one network are not built');
  if (first.kind === 'region' && heads[1]) return failAt('layer-unsupported', heads[1].place, 'a second [region] is not built');
  const head = readHead(first.kind === 'region' ? v2Head(first) : first.newCoords ? v5Head(heads) : v3Head(heads));
  return head.ok ? ok(head.value) : failAt('option-invalid', first.place, head.failure.detail);
}

function v2Head(head: PlannedHead): unknown {
  return { family: 'v2', stride: head.stride, outputLayer: outputName(head), anchors: head.anchors };
}

function v3Head(heads: readonly [PlannedHead, ...PlannedHead[]]): unknown {
  const scales = heads.map((head) => ({ output: outputName(head), stride: head.stride, anchors: head.anchors, scaleXY: head.scaleXY }));
  return { family: 'v3', layout: 'hwc', classes: heads[0].classes, scales };
}

/** darknet gives a box a label for every class that reaches the score, here as well. */
function v5Head(heads: readonly [PlannedHead, ...PlannedHead[]]): unknown {
  const scales = heads.map((head) => ({ output: outputName(head), stride: head.stride, anchors: head.anchors }));
  return { family: 'v5', form: 'grid', layout: 'hwc', logistic: 'applied', classes: heads[0].classes, labels: 'every', scales };
}
