import type { Tensor1D, Tensor4D } from '@tensorflow/tfjs-core';
import { add, conv2d, leakyRelu, maxPool, separableConv2d, tidy } from '@tensorflow/tfjs-core';
import { digestOf } from '../../runtime/index.ts';
import type { WeightMap } from '../../runtime/tf.ts';
import { withTensors } from '../../runtime/tf.ts';
import { decodeV2 } from '../decode/v2.ts';
import type { V2Head } from '../heads/v2.ts';
import type { GridNetwork, Grids } from './grid-network.ts';

interface SeparableLayer {
  readonly depthwise: Tensor4D;
  readonly pointwise: Tensor4D;
  readonly bias: Tensor1D;
}

interface ConvLayer {
  readonly filters: Tensor4D;
  readonly bias: Tensor1D;
}

/** Slope of the leaky activation below zero. Ref: darknet's `leaky`. */
const leak = 0.1;
/** Each separable layer but the last halves the grid after it. */
const separableNames = ['conv1', 'conv2', 'conv3', 'conv4', 'conv5'];

/**
 * The tiny YOLOv2 of face-api.js: a plain first convolution, five depthwise-separable ones with max-pooling between
 * them, and a 1x1 convolution that gives the grid. The layers are read from the named weights of its file.
 * Ref: the layer list of face-api.js, `src/tinyYolov2/TinyYolov2Base.ts`, `runMobilenet`.
 */
export class TinyV2Network implements GridNetwork {
  readonly #weights: WeightMap;
  readonly #head: V2Head;
  readonly #first: ConvLayer;
  readonly #separable: readonly SeparableLayer[];
  readonly #last: ConvLayer;

  /** Takes the weights over. Throws Error when a layer's weights are missing or weights are left over. */
  constructor(weights: WeightMap, head: V2Head) {
    this.#weights = weights;
    this.#head = head;
    this.#first = convLayer(weights, 'conv0');
    this.#separable = separableNames.map((name) => separableLayer(weights, name));
    this.#last = convLayer(weights, head.outputLayer);
    if (weights.leftOver.length > 0) throw new Error(`weights left over: ${weights.leftOver.join(', ')}`);
  }

  predict(input: Tensor4D): Promise<Grids> {
    const head = this.#head;
    return withTensors(async (keep) => {
      const grid = keep(tidy(() => this.#forward(keep(input))));
      const [, rows, columns, channels] = grid.shape;
      const data = await grid.data<'float32'>();
      const classes = channels / head.anchors.length - 5;
      return { digest: digestOf([data]), decode: (minScore) => decodeV2(head, { rows, columns, classes, data }, minScore) };
    });
  }

  dispose(): void {
    this.#weights.dispose();
  }

  #forward(input: Tensor4D): Tensor4D {
    const first = add(conv2d(input, this.#first.filters, 1, 'valid'), this.#first.bias);
    let features = maxPool(leakyRelu<Tensor4D>(first as Tensor4D, leak), 2, 2, 'same');
    for (const [i, layer] of this.#separable.entries()) {
      const sum = add(separableConv2d(features, layer.depthwise, layer.pointwise, 1, 'same'), layer.bias);
      const isLast = i === this.#separable.length - 1;
      features = maxPool(leakyRelu<Tensor4D>(sum as Tensor4D, leak), 2, isLast ? 1 : 2, 'same');
    }
    return add(conv2d(features, this.#last.filters, 1, 'valid'), this.#last.bias);
  }
}

function convLayer(weights: WeightMap, name: string): ConvLayer {
  return { filters: weights.take(`${name}/filters`) as Tensor4D, bias: weights.take(`${name}/bias`) as Tensor1D };
}

function separableLayer(weights: WeightMap, name: string): SeparableLayer {
  return {
    depthwise: weights.take(`${name}/depthwise_filter`) as Tensor4D,
    pointwise: weights.take(`${name}/pointwise_filter`) as Tensor4D,
    bias: weights.take(`${name}/bias`) as Tensor1D,
  };
}
