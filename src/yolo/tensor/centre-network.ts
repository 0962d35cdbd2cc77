import type { GraphModel } from '@tensorflow/tfjs-converter';
import type { Tensor, Tensor4D } from '@tensorflow/tfjs-core';
import { tensor1d } from '@tensorflow/tfjs-core';
import { withTensors } from '../../runtime/tf.ts';
import type { CentreHead } from '../heads/centre.ts';
import type { GridNetwork, Grids } from './grid-network.ts';
import { readGrids } from './read-grids.ts';

/** A centre-head graph, run at the size of its input: the feature-map sizes that the graph holds as constants are fed. */
export class CentreNetwork implements GridNetwork {
  readonly #model: GraphModel;
  readonly #head: CentreHead;

  constructor(model: GraphModel, head: CentreHead) {
    this.#model = model;
    this.#head = head;
  }

  predict(input: Tensor4D, minScore?: number): Promise<Grids> {
    const head = this.#head;
    return withTensors(async (keep) => {
      const [, inputRows, inputColumns] = keep(input).shape;
      const feeds: Record<string, Tensor> = { [head.inputNode]: input };
      for (const { node, stride } of head.upsampleNodes) {
        feeds[node] = keep(tensor1d([inputRows / stride, inputColumns / stride], 'int32'));
      }
      const outputs = this.#model.execute(feeds, [head.scoresNode, head.sizesNode]) as [Tensor4D, Tensor4D];
      const [scores, sizes] = [keep(outputs[0]), keep(outputs[1])];
      const named = [
        { name: head.scoresNode, tensor: scores },
        { name: head.sizesNode, tensor: sizes },
      ];
      return readGrids(head, named, { width: inputColumns, height: inputRows }, minScore);
    });
  }

  dispose(): void {
    this.#model.dispose();
  }
}
