import type { GraphModel } from '@tensorflow/tfjs-converter';
import type { Tensor, Tensor4D } from '@tensorflow/tfjs-core';
import { cast } from '@tensorflow/tfjs-core';
import { allFinite } from '../../runtime/index.ts';
import { withTensors } from '../../runtime/tf.ts';
import { decodeHead } from '../decode/decode-head.ts';
import type { RawOutput } from '../decode/raw-output.ts';
import type { HeadSpec } from '../heads/read-head.ts';
import type { GridNetwork, Grids } from './grid-network.ts';

/** How the converter says that a graph must be run asynchronously: an operation's output has no shape in advance. */
const asksForAsync = 'executeAsync';

/** A TensorFlow.js graph with one input image, whose outputs a head describes. */
export class GraphNetwork implements GridNetwork {
  readonly #model: GraphModel;
  readonly #head: HeadSpec;
  #mustRunAsync = false;

  /** Throws Error when the graph has not exactly one input. */
  constructor(model: GraphModel, head: HeadSpec) {
    if (model.inputs.length !== 1) throw new Error(`the graph has ${model.inputs.length} inputs, not one`);
    this.#model = model;
    this.#head = head;
  }

  predict(input: Tensor4D): Promise<Grids> {
    return withTensors(async (keep) => {
      const outputs = await this.outputsOf(keep(input));
      return {
        finite: outputs.every(({ data }) => allFinite(data)),
        decode: (minScore) => decodeHead(this.#head, outputs, minScore),
      };
    });
  }

  /** All outputs as plain numbers, under the names of the graph's signature. The input stays the caller's. */
  outputsOf(input: Tensor4D): Promise<readonly RawOutput[]> {
    return withTensors(async (keep) => {
      const names = this.#model.outputs.map(({ name }) => name);
      const tensors = (await this.#execute(input)).map(keep);
      return Promise.all(
        tensors.map(async (tensor, i) => ({ name: names[i] ?? String(i), shape: tensor.shape, data: await keep(cast(tensor, 'float32')).data<'float32'>() })),
      );
    });
  }

  dispose(): void {
    this.#model.dispose();
  }

  async #execute(input: Tensor4D): Promise<Tensor[]> {
    if (!this.#mustRunAsync) {
      try {
        return listed(this.#model.execute(input));
      } catch (thrown) {
        if (!(thrown instanceof Error) || !thrown.message.includes(asksForAsync)) throw thrown;
        this.#mustRunAsync = true;
      }
    }
    return listed(await this.#model.executeAsync(input));
  }
}

function listed(output: Tensor | Tensor[]): Tensor[] {
  return Array.isArray(output) ? output : [output];
}
