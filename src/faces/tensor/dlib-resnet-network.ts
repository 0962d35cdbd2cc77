import type { Tensor, Tensor1D, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';
import { add, avgPool, dispose, fused, keep, matMul, maxPool, mean, mul, pad, relu, tidy } from '@tensorflow/tfjs-core';
import type { WeightMap } from '../../runtime/tf.ts';
import type { VectorNetwork } from './vector-network.ts';

interface Convolution {
  readonly filters: Tensor4D;
  readonly bias: Tensor1D;
}

interface Block {
  /** Halves the grid. */
  readonly down: boolean;
  readonly first: Convolution;
  readonly second: Convolution;
}

interface Layers {
  readonly stem: Convolution;
  readonly blocks: readonly Block[];
  readonly full: Tensor2D;
}

const blockNames = [
  ...['conv32_1', 'conv32_2', 'conv32_3'],
  ...['conv64_down', 'conv64_1', 'conv64_2', 'conv64_3'],
  ...['conv128_down', 'conv128_1', 'conv128_2'],
  ...['conv256_down', 'conv256_1', 'conv256_2', 'conv256_down_out'],
];

/**
 * dlib's face recognition network: 29 convolutions in residual blocks, a mean over the cells that are left, one full layer
 * without bias. The scale layer behind each convolution is folded into its filters when it is loaded.
 * Ref: He et al.: Deep residual learning for image recognition, 2016; dlib, `dnn_face_recognition_ex.cpp` (`anet_type`); the
 * names of the layers from face-api.js.
 */
export class DlibResnetNetwork implements VectorNetwork {
  readonly #layers: Layers;

  /** Reads the weights, which stay the caller's. Throws Error when a layer's are missing or some are left over. */
  constructor(weights: WeightMap, outputLayer: string) {
    this.#layers = keptLayers(() => readLayers(weights, outputLayer));
  }

  forward(input: Tensor4D): Tensor2D {
    const { stem, blocks, full } = this.#layers;
    const start = maxPool(convolve(input, stem, { stride: 2, padding: 'valid', activation: 'relu' }), 3, 2, 'valid');
    return matMul(mean(blocks.reduce(runBlock, start), [1, 2]), full);
  }

  dispose(): void {
    dispose(tensorsOf(this.#layers));
  }
}

/** Of layers that cannot be read to the end, no tensor stays. */
function keptLayers(read: () => Layers): Layers {
  const made: Layers[] = [];
  tidy(() => {
    const layers = read();
    tensorsOf(layers).forEach(keep);
    made.push(layers);
  });
  return made[0] as Layers;
}

function readLayers(weights: WeightMap, outputLayer: string): Layers {
  const stem = foldedConvolution(weights, 'conv32_down');
  const blocks = blockNames.map((name): Block => ({
    down: name.includes('_down'),
    first: foldedConvolution(weights, `${name}/conv1`),
    second: foldedConvolution(weights, `${name}/conv2`),
  }));
  const full = weights.take(outputLayer).clone() as Tensor2D;
  if (weights.leftOver.length > 0) throw new Error(`weights left over: ${weights.leftOver.join(', ')}`);
  return { stem, blocks, full };
}

function tensorsOf({ stem, blocks, full }: Layers): Tensor[] {
  return [full, ...[stem, ...blocks.flatMap(({ first, second }) => [first, second])].flatMap(({ filters, bias }) => [filters, bias])];
}

/** (filters * x + bias) * scale + shift is a convolution of its own. */
function foldedConvolution(weights: WeightMap, name: string): Convolution {
  const [filters, bias] = [weights.take(`${name}/conv/filters`) as Tensor4D, weights.take(`${name}/conv/bias`) as Tensor1D];
  const [scale, shift] = [weights.take(`${name}/scale/weights`) as Tensor1D, weights.take(`${name}/scale/biases`) as Tensor1D];
  return { filters: mul(filters, scale), bias: add(mul(bias, scale), shift) };
}

function runBlock(input: Tensor4D, { down, first, second }: Block): Tensor4D {
  const inner = convolve(input, first, down ? { stride: 2, padding: 'valid', activation: 'relu' } : { stride: 1, padding: 'same', activation: 'relu' });
  const output = convolve(inner, second, { stride: 1, padding: 'same', activation: 'linear' });
  return relu(down ? addFilled(output, avgPool(input, 2, 2, 'valid')) : add<Tensor4D>(output, input));
}

/** Adds maps of different sizes: the smaller one has zeros beyond its end, in rows, columns and channels alike. */
function addFilled(a: Tensor4D, b: Tensor4D): Tensor4D {
  const shape = a.shape.map((side, axis) => Math.max(side, b.shape[axis] as number));
  return add(filledUpTo(a, shape), filledUpTo(b, shape));
}

function filledUpTo(map: Tensor4D, shape: readonly number[]): Tensor4D {
  const missing = map.shape.map((side, axis): [number, number] => [0, (shape[axis] as number) - side]);
  return missing.every(([, count]) => count === 0) ? map : pad(map, missing);
}

interface Steps {
  readonly stride: 1 | 2;
  readonly padding: 'same' | 'valid';
  readonly activation: 'relu' | 'linear';
}

function convolve(x: Tensor4D, { filters: filter, bias }: Convolution, { stride: strides, padding, activation }: Steps): Tensor4D {
  return fused.conv2d<Tensor4D>({ x, filter, strides, pad: padding, bias, activation });
}
