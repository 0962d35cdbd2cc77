import type { Tensor4D } from '@tensorflow/tfjs-core';
import { leakyRelu, mul, relu, relu6, sigmoid, softplus, tanh } from '@tensorflow/tfjs-core';
import type { Activation } from '../../darknet/cfg-layers.ts';

/** Slope of darknet's `leaky` below zero. */
export const leakySlope = 0.1;

/** An activation on its own. Called inside `tidy`: what lies between is left to it. */
export function activate(map: Tensor4D, activation: Activation): Tensor4D {
  switch (activation) {
    case 'linear':
      return map;
    case 'leaky':
      return leakyRelu<Tensor4D>(map, leakySlope);
    case 'relu':
      return relu(map);
    case 'relu6':
      return relu6(map);
    case 'logistic':
      return sigmoid(map);
    case 'swish':
      return mul(map, sigmoid(map));
    case 'mish':
      // Ref: Misra, Mish, arXiv:1908.08681.
      return mul(map, tanh(softplus(map)));
  }
}
