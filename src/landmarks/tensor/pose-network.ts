import type { GraphModel } from '@tensorflow/tfjs-converter';
import type { Tensor, Tensor4D } from '@tensorflow/tfjs-core';
import { tensor1d } from '@tensorflow/tfjs-core';
import type { PointsCard } from '../../runtime/index.ts';
import { digestOf } from '../../runtime/index.ts';
import { withTensors } from '../../runtime/tf.ts';
import { decodeCentrePose, middleWeights } from '../decode/centre-pose.ts';
import type { PointsNetwork, PointsOutput } from './points-network.ts';

export type PoseHead = Extract<PointsCard['head'], { family: 'centre-pose' }>;

type FourGrids = [heats: Float32Array, centres: Float32Array, ways: Float32Array, offsets: Float32Array];

/**
 * MoveNet, without the ends of its graph: it is fed where the pixels are scaled already, and left where the grids come
 * out, so that the best cells are found on typed arrays.
 */
export class PoseNetwork implements PointsNetwork {
  readonly #model: GraphModel;
  readonly #head: PoseHead;
  #weights: { readonly rows: number; readonly columns: number; readonly values: Float32Array } | null = null;

  /** Takes the graph over. */
  constructor(model: GraphModel, head: PoseHead) {
    this.#model = model;
    this.#head = head;
  }

  predict(input: Tensor4D): Promise<PointsOutput> {
    const { inputNode, upsampleNodes, heatsNode, centreNode, waysNode, offsetsNode, stride } = this.#head;
    return withTensors(async (keep) => {
      const [, height, width] = keep(input).shape;
      const feeds: Record<string, Tensor> = { [inputNode]: input };
      for (const { node, stride: part } of upsampleNodes) feeds[node] = keep(tensor1d([height / part, width / part], 'int32'));
      const outputs = this.#model.execute(feeds, [heatsNode, centreNode, waysNode, offsetsNode]) as Tensor[];
      const grids = (await Promise.all(outputs.map((tensor) => keep(tensor).data<'float32'>()))) as FourGrids;
      const [heats, centres, ways, offsets] = grids;
      const [rows, columns] = [height / stride, width / stride];
      return {
        digest: digestOf(grids),
        decode: () => decodeCentrePose({ rows, columns, heats, centres, ways, offsets }, this.#weightsFor(rows, columns), stride),
      };
    });
  }

  dispose(): void {
    this.#model.dispose();
  }

  #weightsFor(rows: number, columns: number): Float32Array {
    if (this.#weights?.rows !== rows || this.#weights.columns !== columns) this.#weights = { rows, columns, values: middleWeights(rows, columns) };
    return this.#weights.values;
  }
}
