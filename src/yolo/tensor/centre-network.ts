import type { GraphModel } from '@tensorflow/tfjs-converter';
import type { Tensor, Tensor4D } from '@tensorflow/tfjs-core';
import { tensor1d } from '@tensorflow/tfjs-core';
import { allFinite } from '../../runtime/index.ts';
import { withTensors } from '../../runtime/tf.ts';
import { decodeCentre } from '../decode/centre.ts';
import type { CentreHead } from '../heads/centre.ts';
import type { GridNetwork, Grids } from './grid-network.ts';

/** A centre-head graph, run at the size of its input: the feature-map sizes that the graph holds as constants are fed. */
export class CentreNetwork implements GridNetwork {
  readonly #model: GraphModel;
  readonly #head: CentreHead;

  constructor(model: GraphModel, head: CentreHead) {
    this.#model = model;
    this.#head = head;
  }

  predict(input: Tensor4D): Promise<Grids> {
    const head = this.#head;
    return withTensors(async (keep) => {
      const [, inputRows, inputColumns] = keep(input).shape;
      const feeds: Record<string, Tensor> = { [head.inputNode]: input };
      for (const { node, stride } of head.upsampleNodes) {
        feeds[node] = keep(tensor1d([inputRows / stride, inputColumns / stride], 'int32'));
      }
      const outputs = this.#model.execute(feeds, [head.scoresNode, head.sizesNode]) as [Tensor4D, Tensor4D];
      const [scoresTensor, sizesTensor] = [keep(outputs[0]), keep(outputs[1])];
      const [, rows, columns, classes] = scoresTensor.shape;
      const [scores, sizes] = await Promise.all([scoresTensor.data<'float32'>(), sizesTensor.data<'float32'>()]);
      return {
        finite: allFinite(scores) && allFinite(sizes),
        decode: (minScore) => decodeCentre(head, { rows, columns, classes, scores, sizes }, minScore),
      };
    });
  }

  dispose(): void {
    this.#model.dispose();
  }
}
