import type { Scalar, Tensor2D } from '@tensorflow/tfjs-core';
import { add, gather, mean, relu, scalar, square, sub, sum, tensor1d, tidy } from '@tensorflow/tfjs-core';
import type { Triplet } from '../../train/semi-hard-triplets.ts';

/**
 * The mean over triplets of max(0, |a - p|^2 - |a - n|^2 + margin); 0 without triplets.
 * Ref: Schroff et al.: FaceNet, arXiv:1503.03832, equation 3.
 *
 * @param embeddings [shots, numbers]
 */
export function tripletLoss(embeddings: Tensor2D, triplets: readonly Triplet[], margin: number): Scalar {
  if (triplets.length === 0) return scalar(0);
  return tidy(() => {
    const rowsOf = (part: keyof Triplet): Tensor2D => gather(embeddings, tensor1d(triplets.map((triplet) => triplet[part]), 'int32'));
    const anchor = rowsOf('anchor');
    const own = sum(square(sub(anchor, rowsOf('positive'))), 1);
    const other = sum(square(sub(anchor, rowsOf('negative'))), 1);
    return mean<Scalar>(relu(add(sub(own, other), margin)));
  });
}
