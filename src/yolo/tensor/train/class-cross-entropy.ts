import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import { add, cast, logSoftmax, mul, neg, oneHot, sum, tensor1d, tidy } from '@tensorflow/tfjs-core';

/** Rows of 0 and 1: class ids as labels. Throws RangeError for an id that is not a class: tfjs would give zeros. */
export function classLabels(classIds: Int32Array, classes: number): Tensor2D {
  const wrong = classIds.find((id) => !(id >= 0 && id < classes));
  if (wrong !== undefined) throw new RangeError(`class ${wrong} of ${classes}`);
  return tidy(() => cast(oneHot(tensor1d(classIds, 'int32'), classes), 'float32') as Tensor2D);
}

/**
 * Cross entropy of soft-max classes, row by row: - sum of q ln p over the classes, where q is 1 for the true class,
 * pulled towards an even spread by the share `smoothing`.
 * Example: logits [0, 0] give ln 2 for either class.
 * Ref: Szegedy et al., arXiv:1512.00567, section 7.
 *
 * @param logits [rows, classes]
 * @returns [rows]
 */
export function classCrossEntropy(logits: Tensor2D, classIds: Int32Array, smoothing = 0): Tensor1D {
  const classes = logits.shape[1];
  return tidy(() => {
    const q = add(mul(classLabels(classIds, classes), 1 - smoothing), smoothing / classes);
    return neg(sum(mul(q, logSoftmax(logits)), 1)) as Tensor1D;
  });
}
