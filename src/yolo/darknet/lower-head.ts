import type { Result } from '../../base/index.ts';
import { ok } from '../../base/index.ts';
import type { DarknetFailure, SectionPlace } from './failure.ts';
import { failAt } from './failure.ts';
import type { LayersBefore, Lowered } from './lowered.ts';
import type { PlannedHead } from './plan.ts';
import type { CfgLayerOf } from './read-cfg.ts';

type Outcome = Result<Lowered, DarknetFailure>;
type Wanted = Pick<PlannedHead, 'kind' | 'classes' | 'anchors' | 'scaleXY' | 'newCoords'>;

/** A [yolo] reads the anchors of its mask, or the first `num` when it has none. */
export function lowerYolo({ options, place }: CfgLayerOf<'yolo'>, input: number, before: LayersBefore): Outcome {
  const { anchors: all, num, classes, scale_x_y: scaleXY, new_coords: newCoords } = options;
  const mask = options.mask ?? Array.from({ length: num }, (_, i) => i);
  const anchors = pick(all, mask);
  if (!anchors) return failAt('option-invalid', place, `mask ${mask.join(',')}: there are ${all.length} anchors`);
  if (newCoords && scaleXY !== 2) return failAt('option-unsupported', place, `new_coords=1 with scale_x_y=${scaleXY}: only 2 is built`);
  return head({ kind: 'yolo', classes, anchors, scaleXY, newCoords }, place, input, before);
}

export function lowerRegion({ options, place }: CfgLayerOf<'region'>, input: number, before: LayersBefore): Outcome {
  const { anchors, num, classes } = options;
  if (anchors.length !== num) return failAt('option-invalid', place, `num=${num}: there are ${anchors.length} anchors`);
  return head({ kind: 'region', classes, anchors, scaleXY: 1, newCoords: false }, place, input, before);
}

function pick<T>(all: readonly T[], mask: readonly number[]): readonly T[] | null {
  const picked = mask.flatMap((index) => (index < all.length ? [all[index] as T] : []));
  return picked.length === mask.length ? picked : null;
}

function head(wanted: Wanted, place: SectionPlace, value: number, before: LayersBefore): Outcome {
  const shape = before.shapeOf(value);
  const channels = wanted.anchors.length * (5 + wanted.classes);
  if (channels !== shape.channels) {
    return failAt('layer-mismatch', place, `${wanted.anchors.length} anchors of ${wanted.classes} classes need ${channels} channels, the layer before gives ${shape.channels}`);
  }
  const stride = before.input.width / shape.width;
  if (!Number.isInteger(stride) || before.input.height / shape.height !== stride) {
    return failAt('layer-mismatch', place, `a grid of ${shape.width}x${shape.height} does not divide an input of ${before.input.width}x${before.input.height}`);
  }
  return ok({ as: 'head', head: { ...wanted, place, layer: before.index, value, shape, stride } });
}
