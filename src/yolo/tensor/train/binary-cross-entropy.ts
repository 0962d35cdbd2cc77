import type { Tensor } from '@tensorflow/tfjs-core';
import { add, exp, mul, neg, softplus, sub, tidy } from '@tensorflow/tfjs-core';

/** Makes easy cases count less. Ref: Lin et al., Focal Loss, arXiv:1708.02002, equations 4 and 5. */
export interface Focal {
  /** How fast the weight of a case falls as it is learnt; 0 is plain cross entropy, the paper takes 2. */
  readonly gamma: number;
  /** Weight of label 1; label 0 has 1 - alpha. The paper takes 0.25. */
  readonly alpha: number;
}

export interface BinaryOptions {
  /** Pulls labels towards one half by this share, 0 <= smoothing < 1. Ref: Szegedy et al., arXiv:1512.00567, section 7, for two classes. */
  readonly smoothing?: number;
  readonly focal?: Focal | null;
}

/**
 * Binary cross entropy of logits, element by element: -z ln p - (1 - z) ln(1 - p) with p the logistic of the logit.
 * Written with soft-plus, as -ln p = softplus(-x) and -ln(1 - p) = softplus(x), so that neither the loss nor its
 * gradient overflows or rounds to nothing at any logit.
 * Example: logit 0 gives ln 2 for either label.
 *
 * @param labels of the shape of the logits, or one for all; 0..1
 */
export function binaryCrossEntropy<T extends Tensor>(logits: T, labels: Tensor | number, { smoothing = 0, focal = null }: BinaryOptions = {}): T {
  return tidy(() => {
    const z = add(mul(labels, 1 - smoothing), smoothing / 2);
    const missed = softplus(neg(logits));
    const alarmed = softplus(logits);
    if (!focal) return add<T>(mul(z, missed), mul(sub(1, z), alarmed));
    // (1 - p)^gamma and p^gamma, as powers of e: a power of p itself has no gradient where p rounds to 0.
    const missedWeight = mul(exp(mul(alarmed, -focal.gamma)), focal.alpha);
    const alarmedWeight = mul(exp(mul(missed, -focal.gamma)), 1 - focal.alpha);
    return add<T>(mul(z, mul(missedWeight, missed)), mul(sub(1, z), mul(alarmedWeight, alarmed)));
  });
}
