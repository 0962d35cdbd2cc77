import type { Tensor1D, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';
import { add, avgPool, conv2d, matMul, relu, reshape, separableConv2d, tidy } from '@tensorflow/tfjs-core';
import { digestOf } from '../../runtime/index.ts';
import type { WeightMap } from '../../runtime/tf.ts';
import { withTensors } from '../../runtime/tf.ts';
import { decodeRegression } from '../decode/regression.ts';
import type { PointsNetwork, PointsOutput } from './points-network.ts';

type Layer = (input: Tensor4D, stride: 1 | 2) => Tensor4D;

const blockNames = ['dense0', 'dense1', 'dense2', 'dense3'];
const layersOfBlock = 4;

/**
 * The face landmark network of face-api.js: four dense blocks, each of which halves the grid in its first layer, a mean
 * over the 7x7 cells that are left, and one full layer. The layers are read from the named weights of its file.
 * Ref: the layer list of face-api.js, `src/faceFeatureExtractor/denseBlock.ts` and `src/faceLandmarkNet`.
 */
export class DensePointsNetwork implements PointsNetwork {
  readonly #weights: WeightMap;
  readonly #blocks: readonly (readonly Layer[])[];
  readonly #full: { readonly weights: Tensor2D; readonly bias: Tensor1D };

  /** Takes the weights over. Throws Error when a layer's weights are missing or weights are left over. */
  constructor(weights: WeightMap, outputLayer: string) {
    this.#weights = weights;
    this.#blocks = blockNames.map((block, i) =>
      Array.from({ length: layersOfBlock }, (_, k) => (i === 0 && k === 0 ? plainLayer(weights, `${block}/conv${k}`) : separableLayer(weights, `${block}/conv${k}`))),
    );
    this.#full = { weights: weights.take(`${outputLayer}/weights`) as Tensor2D, bias: weights.take(`${outputLayer}/bias`) as Tensor1D };
    if (weights.leftOver.length > 0) throw new Error(`weights left over: ${weights.leftOver.join(', ')}`);
  }

  predict(input: Tensor4D): Promise<PointsOutput> {
    return withTensors(async (keep) => {
      const output = keep(tidy(() => this.#forward(keep(input))));
      const data = await output.data<'float32'>();
      return { digest: digestOf([data]), decode: () => decodeRegression(data, { perPoint: 2, unitPx: input.shape[1], presence: 1 }) };
    });
  }

  dispose(): void {
    this.#weights.dispose();
  }

  #forward(input: Tensor4D): Tensor2D {
    const features = this.#blocks.reduce(runBlock, input);
    const mean = avgPool(features, 7, 2, 'valid');
    return add(matMul(reshape(mean, [1, -1]), this.#full.weights), this.#full.bias);
  }
}

/** Each layer sees the sum of all that came before it in its block. */
function runBlock(input: Tensor4D, [first, ...others]: readonly Layer[]): Tensor4D {
  if (!first) return input;
  let sum = relu(first(input, 2));
  let seen = sum;
  for (const layer of others) {
    sum = add(sum, layer(seen, 1));
    seen = relu(sum);
  }
  return seen;
}

function plainLayer(weights: WeightMap, name: string): Layer {
  const [filters, bias] = [weights.take(`${name}/filters`) as Tensor4D, weights.take(`${name}/bias`)];
  return (input, stride) => add(conv2d(input, filters, stride, 'same'), bias);
}

function separableLayer(weights: WeightMap, name: string): Layer {
  const [depthwise, pointwise] = [weights.take(`${name}/depthwise_filter`) as Tensor4D, weights.take(`${name}/pointwise_filter`) as Tensor4D];
  const bias = weights.take(`${name}/bias`);
  return (input, stride) => add(separableConv2d(input, depthwise, pointwise, stride, 'same'), bias);
}
