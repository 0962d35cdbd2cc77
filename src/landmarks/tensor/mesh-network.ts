import type { GraphModel } from '@tensorflow/tfjs-converter';
import type { Tensor, Tensor4D } from '@tensorflow/tfjs-core';
import type { PointsCard } from '../../runtime/index.ts';
import { digestOf } from '../../runtime/index.ts';
import { withTensors } from '../../runtime/tf.ts';
import { decodeRegression } from '../decode/regression.ts';
import type { PointsNetwork, PointsOutput } from './points-network.ts';

export type MeshHead = Extract<PointsCard['head'], { family: 'mesh' }>;

/** The face mesh graph. Its third output (contours of the eyes and lips again) is not asked for and not computed. */
export class MeshNetwork implements PointsNetwork {
  readonly #model: GraphModel;
  readonly #head: MeshHead;

  /** Takes the graph over. */
  constructor(model: GraphModel, head: MeshHead) {
    this.#model = model;
    this.#head = head;
  }

  predict(input: Tensor4D): Promise<PointsOutput> {
    const { inputNode, pointsNode, flagNode } = this.#head;
    return withTensors(async (keep) => {
      const outputs = this.#model.execute({ [inputNode]: keep(input) }, [pointsNode, flagNode]) as [Tensor, Tensor];
      const [points, flag] = await Promise.all(outputs.map((tensor) => keep(tensor).data<'float32'>())) as [Float32Array, Float32Array];
      return {
        digest: digestOf([points, flag]),
        decode: () => decodeRegression(points, { perPoint: 3, unitPx: 1, presence: flag[0] ?? 0 }),
      };
    });
  }

  dispose(): void {
    this.#model.dispose();
  }
}
