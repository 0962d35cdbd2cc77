import type { Tensor4D } from '@tensorflow/tfjs-core';
import { add, concat, image, maxPool, mean, reshape, slice, transpose } from '@tensorflow/tfjs-core';
import type { ConvOp, MaxPoolOp, Op } from '../../darknet/plan.ts';
import { activate } from './activate.ts';

/** The operations without weights. Called inside `tidy`: what lies between is left to it. */
export function applyPlainOp(op: Exclude<Op, ConvOp>, inputs: readonly Tensor4D[]): Tensor4D {
  const [first] = inputs;
  if (!first) throw new Error(`a step of kind ${op.kind} without inputs`);
  switch (op.kind) {
    case 'maxpool':
      return pool(op, first);
    case 'mean':
      return mean(first, [1, 2], true);
    case 'reorg':
      return reorg(first, op.stride);
    case 'upsample': {
      const [, height, width] = first.shape;
      // Asked at the middle of each cell, a rounding error cannot reach the cell beside it.
      return image.resizeNearestNeighbor(first, [height * op.factor, width * op.factor], false, true);
    }
    case 'concat': {
      const runs = inputs.map((input, i) => {
        const { begin = 0, count = 0 } = op.runs[i] ?? {};
        return count === input.shape[3] ? input : slice(input, [0, 0, 0, begin], [-1, -1, -1, count]);
      });
      return runs.length === 1 ? (runs[0] as Tensor4D) : concat(runs, 3);
    }
    case 'add':
      return activate(
        inputs.slice(1).reduce((sum, input) => add<Tensor4D>(sum, input), first),
        op.activation,
      );
  }
}

/** darknet pads the smaller half before, and at the end as far as the last window reaches. */
function pool({ size, stride, padding }: MaxPoolOp, map: Tensor4D): Tensor4D {
  const before = Math.floor(padding / 2);
  const after = (side: number): number => {
    const lastWindow = Math.floor((side + padding - size) / stride) * stride;
    return Math.max(0, lastWindow + size - before - side);
  };
  const [, height, width] = map.shape;
  return maxPool(map, size, stride, [
    [0, 0],
    [before, after(height)],
    [before, after(width)],
    [0, 0],
  ]);
}

/**
 * darknet cuts a map [channels, height, width] as if it were [channels / s^2, height * s, width * s], which mixes rows
 * of different channels; networks are trained with that. Ref: github.com/AlexeyAB/darknet, `src/blas.c`, `reorg_cpu`.
 * Example: a map 2x2 of 4 channels, numbered as darknet keeps it, becomes the channels 0, 2, 8, 10, 1, 3, 9, 11, 4, 6,
 * 12, 14, 5, 7, 13, 15 of one cell.
 */
function reorg(map: Tensor4D, s: number): Tensor4D {
  const [, height, width, channels] = map.shape;
  const rows = reshape(transpose(map, [0, 3, 1, 2]), [(channels * height) / s ** 2, s, width, s]);
  const planes = reshape(transpose(rows, [1, 3, 0, 2]), [1, channels * s ** 2, height / s, width / s]);
  return transpose<Tensor4D>(planes as Tensor4D, [0, 2, 3, 1]);
}
