import type { GraphModel } from '@tensorflow/tfjs-converter';
import type { Tensor4D } from '@tensorflow/tfjs-core';
import { withTensors } from '../../runtime/tf.ts';
import type { HeadSpec } from '../heads/read-head.ts';
import { GraphRunner } from './graph-runner.ts';
import type { GridNetwork, Grids } from './grid-network.ts';
import { readGrids } from './read-grids.ts';

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

  predict(input: Tensor4D, minScore?: number): Promise<Grids> {
    return withTensors(async (keep) => {
      const [, height, width] = keep(input).shape;
      return readGrids(this.#head, await this.#runner.run(input, keep), { width, height }, minScore);
    });
  }

  dispose(): void {
    this.#model.dispose();
  }
}
