import type { Tensor1D, Tensor4D } from '@tensorflow/tfjs-core';
import { concat, dispose, fused, slice, tensor1d, tensor4d } from '@tensorflow/tfjs-core';
import type { Activation } from '../../darknet/cfg-layers.ts';
import type { ConvOp } from '../../darknet/plan.ts';
import type { ConvWeights } from '../../darknet/read-conv-weights.ts';
import { activate, leakySlope } from './activate.ts';

/** What the fused kernels of every backend do on their own; the rest comes after them. */
const fusedNames: Readonly<Record<Activation, 'linear' | 'leakyrelu' | 'relu' | 'relu6' | null>> = {
  linear: 'linear',
  leaky: 'leakyrelu',
  relu: 'relu',
  relu6: 'relu6',
  logistic: null,
  swish: null,
  mish: null,
};

/** A convolution with bias and activation. Holds its weights until `dispose`. */
export class ConvLayer {
  readonly #op: ConvOp;
  /** One for all groups of a depthwise convolution, else one for each. */
  readonly #filters: readonly Tensor4D[];
  readonly #biases: readonly Tensor1D[];

  constructor(op: ConvOp, weights: ConvWeights) {
    this.#op = op;
    const { size, filters, inChannels } = op;
    const parts = this.#depthwise ? 1 : op.groups;
    const perPart = filters / parts;
    const shape: [number, number, number, number] = [size, size, inChannels / op.groups, perPart];
    this.#filters = this.#depthwise
      ? [tensor4d(weights.filters, [size, size, inChannels, filters / inChannels])]
      : Array.from({ length: parts }, (_, part) => tensor4d(columns(weights.filters, filters, part * perPart, perPart), shape));
    this.#biases = Array.from({ length: parts }, (_, part) => tensor1d(weights.bias.slice(part * perPart, (part + 1) * perPart)));
  }

  /** Called inside `tidy`: what lies between is left to it. */
  apply(map: Tensor4D): Tensor4D {
    const { activation, groups, inChannels } = this.#op;
    const inPart = inChannels / groups;
    const parts = this.#filters.map((filter, part) => {
      const whole = this.#filters.length === 1;
      return this.#convolve(whole ? map : slice(map, [0, 0, 0, part * inPart], [-1, -1, -1, inPart]), filter, this.#biases[part] as Tensor1D);
    });
    const joined = parts.length === 1 ? (parts[0] as Tensor4D) : concat(parts, 3);
    return fusedNames[activation] === null ? activate(joined, activation) : joined;
  }

  dispose(): void {
    dispose([...this.#filters, ...this.#biases]);
  }

  /** Each channel has filters of its own. */
  get #depthwise(): boolean {
    return this.#op.groups > 1 && this.#op.groups === this.#op.inChannels;
  }

  #convolve(x: Tensor4D, filter: Tensor4D, bias: Tensor1D): Tensor4D {
    const { stride: strides, pad, activation } = this.#op;
    const options = { x, filter, bias, strides, pad, activation: fusedNames[activation] ?? ('linear' as const), leakyreluAlpha: leakySlope };
    return this.#depthwise ? fused.depthwiseConv2d(options) : fused.conv2d(options);
  }
}

/** Some of the columns of a matrix with `width` columns, row-major. */
function columns(matrix: Float32Array, width: number, begin: number, count: number): Float32Array {
  if (count === width) return matrix;
  const rows = matrix.length / width;
  const picked = new Float32Array(rows * count);
  for (let row = 0; row < rows; row++) picked.set(matrix.subarray(row * width + begin, row * width + begin + count), row * count);
  return picked;
}
