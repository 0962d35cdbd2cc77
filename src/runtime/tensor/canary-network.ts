import type { Tensor4D } from '@tensorflow/tfjs-core';
import { add, conv2d, depthwiseConv2d, matMul, maxPool, relu6, reshape, sigmoid, tensor1d, tensor2d, tensor4d, tidy } from '@tensorflow/tfjs-core';
import type { Failure, Result } from '../../base/index.ts';
import { err, ok } from '../../base/index.ts';
import { canaryAnswer, canaryWeights } from '../canary-answer.ts';

/** Half floats are off by a few thousandths; other numbers, zeros and answers to another picture by far more. */
const tolerance = 0.02;

export type CanaryFailure = Failure<'backend-wrong-numbers'>;

/**
 * Runs the canary's network of this seed and compares it with the answer that plain sums give. Every seed is another
 * network on another picture, so that a backend which repeats its last answer is found out.
 *
 * @param input the picture as [1, 8, 8, 3], 0..1; it stays the caller's
 * @param rgba the same picture, [8, 8, 4]
 */
export async function checkCanaryNetwork(input: Tensor4D, rgba: Uint8ClampedArray, seed: number): Promise<Result<null, CanaryFailure>> {
  const weights = canaryWeights(seed);
  const output = tidy(() => {
    const convolved = relu6(add(conv2d(input, tensor4d(weights.conv, [3, 3, 3, 4]), 1, 'valid'), tensor1d(weights.bias)));
    const pooled = maxPool(depthwiseConv2d(convolved as Tensor4D, tensor4d(weights.depthwise, [3, 3, 4, 1]), 1, 'valid'), 2, 2, 'valid');
    return sigmoid(matMul(reshape(pooled, [1, 16]), tensor2d(weights.full, [16, 8])));
  });
  try {
    const given = Array.from(await output.data());
    const expected = canaryAnswer(rgba, weights);
    const isRight = given.length === expected.length && expected.every((value, i) => Math.abs(value - (given[i] ?? NaN)) <= tolerance);
    return isRight ? ok(null) : err('backend-wrong-numbers', `the canary gave [${shown(given)}] instead of [${shown(expected)}]`);
  } finally {
    output.dispose();
  }
}

function shown(numbers: readonly number[]): string {
  return numbers.map((value) => value.toFixed(3)).join(', ');
}
