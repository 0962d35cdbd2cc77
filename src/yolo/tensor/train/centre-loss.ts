import type { Scalar, Tensor4D } from '@tensorflow/tfjs-core';
import { abs, add, cast, equal, exp, mul, neg, pow, reshape, scalar, softplus, sub, sum, tensor2d, tensor4d, tidy } from '@tensorflow/tfjs-core';
import type { CentreLevel, CentreTargets } from '../../train/encode-centre.ts';
import { gatherRows } from './gather-rows.ts';
import { joinFloats, joinIndices } from './join-arrays.ts';

/** How a centre head is taught, as data. */
export interface CentreRecipe {
  /** How fast the weight of a cell falls as it is learnt. */
  readonly alpha: number;
  /** How much less a cell near a centre is punished for saying so. */
  readonly beta: number;
  /** Weight of the sizes, which are in pixels. */
  readonly sizes: number;
}

/** Ref: Zhou et al., Objects as Points, arXiv:1904.07850, section 3. */
export const centreRecipe: CentreRecipe = { alpha: 2, beta: 4, sizes: 0.1 };

/** The parts of a loss, each a mean over the objects of the batch and not yet weighed, and their weighed sum. */
export interface CentreLoss {
  readonly total: Scalar;
  readonly heat: Scalar;
  readonly sizes: Scalar;
}

/** What a centre head gave for a batch. */
export interface CentreOutputs {
  /** [images, rows, columns, classes], before the logistic function. */
  readonly heatLogits: Tensor4D;
  /** [images, rows, columns, 4]: left, top, right, bottom in input pixels from the cell's corner. */
  readonly sidesPx: Tensor4D;
}

/**
 * The loss of a centre head on a batch, differentiable in the outputs: focal cross entropy on the heat, and the
 * absolute error of the sizes in the cells that tell one. Both are divided by the number of those cells, at least 1.
 * Throws RangeError when outputs and targets do not belong together.
 * Ref: arXiv:1904.07850, equations 1 and 3.
 *
 * @param targets per image
 */
export function centreLoss(outputs: CentreOutputs, level: CentreLevel, targets: readonly CentreTargets[], recipe: CentreRecipe): CentreLoss {
  expectShape(outputs.heatLogits, [targets.length, level.rows, level.columns, level.classes]);
  expectShape(outputs.sidesPx, [targets.length, level.rows, level.columns, 4]);
  return tidy(() => {
    const objects = targets.reduce((count, { cells }) => count + cells.length, 0);
    const perObject = 1 / Math.max(1, objects);
    const heat: Scalar = mul(heatLoss(outputs.heatLogits, targets, recipe), perObject);
    const sizes: Scalar = mul(objects === 0 ? scalar(0) : sizeLoss(outputs.sidesPx, level, targets), perObject);
    const total: Scalar = add(heat, mul(sizes, recipe.sizes));
    return { heat, sizes, total };
  });
}

function heatLoss(logits: Tensor4D, targets: readonly CentreTargets[], { alpha, beta }: CentreRecipe): Scalar {
  const heat = tensor4d(joinFloats(targets.map((image) => image.heat)), logits.shape);
  const isCentre = cast(equal(heat, 1), 'float32');
  // As in binaryCrossEntropy: -ln p and -ln(1 - p) by soft-plus, powers of p as powers of e.
  const missed = softplus(neg(logits));
  const alarmed = softplus(logits);
  const atCentres = mul(isCentre, mul(exp(mul(alarmed, -alpha)), missed));
  const elsewhere = mul(pow(sub(1, heat), beta), mul(exp(mul(missed, -alpha)), alarmed));
  return sum(add(atCentres, elsewhere));
}

function sizeLoss(sidesPx: Tensor4D, { rows, columns }: CentreLevel, targets: readonly CentreTargets[]): Scalar {
  const perImage = rows * columns;
  const cells = joinIndices(targets.map((image) => image.cells), perImage);
  const said = gatherRows(reshape(sidesPx, [targets.length * perImage, 4]), cells);
  const truths = tensor2d(joinFloats(targets.map((image) => image.sidesPx)), [cells.length, 4]);
  return sum(abs(sub(said, truths)));
}

function expectShape(output: Tensor4D, shape: readonly number[]): void {
  if (output.shape.join() !== shape.join()) throw new RangeError(`output [${output.shape.join(', ')}], expected [${shape.join(', ')}]`);
}
