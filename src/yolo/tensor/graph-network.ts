import type { Tensor4D } from '@tensorflow/tfjs-core';
import { withTensors } from '../../runtime/tf.ts';
import type { HeadSpec } from '../heads/read-head.ts';
import type { GridNetwork, Grids } from './grid-network.ts';
import type { OutputRunner } from './output-runner.ts';
import { readGrids } from './read-grids.ts';

/** A network of the tensor library with one input image, whose outputs a head describes. Takes the network over. */
export class GraphNetwork implements GridNetwork {
  readonly #runner: OutputRunner;
  readonly #head: HeadSpec;

  constructor(runner: OutputRunner, head: HeadSpec) {
    this.#runner = runner;
    this.#head = head;
  }

  predict(input: Tensor4D, minScore?: number): Promise<Grids> {
    return withTensors(async (keep) => {
      const [, height, width] = keep(input).shape;
      return readGrids(this.#head, await this.#runner.run(input, keep), { width, height }, minScore);
    });
  }

  dispose(): void {
    this.#runner.dispose();
  }
}
