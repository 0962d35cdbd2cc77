import type { GraphModel } from '@tensorflow/tfjs-converter';
import type { Tensor4D } from '@tensorflow/tfjs-core';
import { allFinite } from '../../runtime/index.ts';
import { withTensors } from '../../runtime/tf.ts';
import { decodeHead } from '../decode/decode-head.ts';
import type { HeadSpec } from '../heads/read-head.ts';
import { GraphRunner } from './graph-runner.ts';
import type { GridNetwork, Grids } from './grid-network.ts';

/** A TensorFlow.js graph with one input image, whose outputs a head describes. Takes the graph over. */
export class GraphNetwork implements GridNetwork {
  readonly #model: GraphModel;
  readonly #runner: GraphRunner;
  readonly #head: HeadSpec;

  /** Throws Error when the graph has not exactly one input. */
  constructor(model: GraphModel, head: HeadSpec) {
    this.#model = model;
    this.#runner = new GraphRunner(model);
    this.#head = head;
  }

  predict(input: Tensor4D): Promise<Grids> {
    return withTensors(async (keep) => {
      const [, height, width] = keep(input).shape;
      const outputs = await this.#runner.run(input);
      return {
        finite: outputs.every(({ data }) => allFinite(data)),
        decode: (minScore) => decodeHead(this.#head, outputs, minScore, { width, height }),
      };
    });
  }

  dispose(): void {
    this.#model.dispose();
  }
}
