import type { Tensor4D } from '@tensorflow/tfjs-core';
import { concat } from '@tensorflow/tfjs-core';
import { withTensors } from '../../runtime/tf.ts';
import { joinOutputs, joinsOf } from '../decode/join-outputs.ts';
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
      const { head, joins } = joinsOf(this.#head);
      const outputs = (await this.#runner.run(input, keep)).map(({ name, tensor }) => ({ name, tensor, shape: tensor.shape }));
      const whole = joinOutputs(joins, outputs, (boxes, scores, axisFromEnd) => {
        const tensor = keep(concat([boxes.tensor, scores.tensor], boxes.shape.length - axisFromEnd));
        return { name: boxes.name, tensor, shape: tensor.shape };
      });
      return readGrids(head, whole, { width, height }, minScore);
    });
  }

  dispose(): void {
    this.#runner.dispose();
  }
}
