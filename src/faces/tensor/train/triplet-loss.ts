import type { Scalar, Tensor2D } from '@tensorflow/tfjs-core';
import { add, mean, relu, scalar, square, sub, sum, tidy } from '@tensorflow/tfjs-core';

/**
 * The mean over triplets of max(0, |a - p|^2 - |a - n|^2 + margin); 0 without triplets. It takes the differences, which a
 * linear map keeps: gathering rows of embeddings instead has a gradient that costs as many passes as there are rows.
 * Ref: Schroff et al.: FaceNet, arXiv:1503.03832, equation 3.
 *
 * @param toOwn [triplets, numbers]: a - p, embedded
 * @param toOther [triplets, numbers]: a - n, embedded
 */
export function tripletLoss(toOwn: Tensor2D, toOther: Tensor2D, margin: number): Scalar {
  if (toOwn.shape[0] === 0) return scalar(0);
  return tidy(() => mean<Scalar>(relu(add(sub(sum(square(toOwn), 1), sum(square(toOther), 1)), margin))));
}
