import type { Tensor2D, Tensor3D, Tensor4D } from '@tensorflow/tfjs-core';
import { add, concat, exp, mul, reshape, sigmoid, slice, square, sub, tensor2d, tidy } from '@tensorflow/tfjs-core';
import type { AnchorLevel } from '../../train/anchor-levels.ts';
import { slotCount } from '../../train/anchor-levels.ts';
import type { Shape } from '../../train/shape.ts';

/**
 * The boxes that raw numbers mean in some slots of a grid, differentiable: the same form as the decoders read.
 * Ref: the schemas of the v2, v3 and v5 heads.
 *
 * @param raw [slots, fields], the first four of them x, y, w, h
 * @param slots the slot of each row; of any image of a batch, counted on
 * @returns [slots, 4]: cx, cy, w, h in cells
 */
export function slotBoxes(raw: Tensor2D, level: AnchorLevel, slots: Int32Array): Tensor2D {
  return tidy(() => {
    const { cells, anchors } = placesOf(level, slots);
    const inCell = sub(sigmoid(slice(raw, [0, 0], [-1, 2])), 0.5);
    const centres = add(mul(inCell, level.scaleXY), cells);
    const sides = slice(raw, [0, 2], [-1, 2]);
    const factors = level.sides === 'exponential' ? exp(sides) : square(mul(sigmoid(sides), 2));
    return concat([centres, mul(factors, anchors)], 1) as Tensor2D;
  });
}

/**
 * The boxes of all slots of a batch of grids, for `encodeBestAnchor` to compare with.
 *
 * @param output [images, rows, columns, anchors * fields]
 * @returns [images, slots, 4]: cx, cy, w, h in cells
 */
export function gridBoxes(output: Tensor4D, level: AnchorLevel): Tensor3D {
  return tidy(() => {
    const [images] = output.shape;
    const count = slotCount(level);
    const raw: Tensor2D = reshape(output, [images * count, -1]);
    return reshape(slotBoxes(raw, level, Int32Array.from({ length: images * count }, (_, slot) => slot)), [images, count, 4]);
  });
}

/** The middle of the cell and the anchor of each slot, as constants [slots, 2]. */
function placesOf({ rows, columns, anchors }: AnchorLevel, slots: Int32Array): { readonly cells: Tensor2D; readonly anchors: Tensor2D } {
  const middles = new Float32Array(slots.length * 2);
  const shapes = new Float32Array(slots.length * 2);
  for (const [i, slot] of slots.entries()) {
    const cell = Math.floor(slot / anchors.length) % (rows * columns);
    middles.set([(cell % columns) + 0.5, Math.floor(cell / columns) + 0.5], i * 2);
    shapes.set(anchors[slot % anchors.length] as Shape, i * 2);
  }
  return { cells: tensor2d(middles, [slots.length, 2]), anchors: tensor2d(shapes, [slots.length, 2]) };
}
