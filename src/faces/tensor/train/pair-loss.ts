import type { Scalar, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import { add, matMul, mean, mul, neg, reshape, slice, softplus, sub, tidy } from '@tensorflow/tfjs-core';

/**
 * Cross entropy of "two people" by the absolute differences of their numbers: the logistic of weights . |a - b| + bias.
 * Ref: Taigman et al.: DeepFace, CVPR 2014, 4.2 (a network on the absolute difference); softplus(-x) = -ln of the logistic.
 *
 * @param differences [pairs, numbers], absolute
 * @param isOther [pairs], 1 for two people
 * @param weights [numbers + 1], the bias last
 */
export function pairLoss(weights: Tensor1D, differences: Tensor2D, isOther: Tensor1D): Scalar {
  return tidy(() => {
    const [, length] = differences.shape;
    const logits = add(reshape(matMul(differences, reshape(slice(weights, 0, length), [length, 1])), [-1]), slice(weights, length, 1));
    return mean<Scalar>(add(mul(isOther, softplus(neg(logits))), mul(sub(1, isOther), softplus(logits))));
  });
}
