import type { GraphModel } from '@tensorflow/tfjs-converter';
import type { Tensor, Tensor4D } from '@tensorflow/tfjs-core';
import { cast } from '@tensorflow/tfjs-core';
import { withTensors } from '../../runtime/tf.ts';
import type { RawOutput } from '../decode/raw-output.ts';

/** How the converter says that a graph must be run asynchronously: an operation's output has no shape in advance. */
const asksForAsync = 'executeAsync';

/** Runs a TensorFlow.js graph with one input, whatever its outputs mean. The graph stays the caller's. */
export class GraphRunner {
  readonly #model: GraphModel;
  #mustRunAsync = false;

  /** Throws Error when the graph has not exactly one input. */
  constructor(model: GraphModel) {
    if (model.inputs.length !== 1) throw new Error(`the graph has ${model.inputs.length} inputs, not one`);
    this.#model = model;
  }

  /** All outputs as plain numbers, under the names of their nodes. The input stays the caller's. */
  run(input: Tensor4D): Promise<readonly RawOutput[]> {
    return withTensors(async (keep) => {
      const tensors = (await this.#execute(input)).map(keep);
      const read = async (tensor: Tensor, i: number): Promise<RawOutput> => {
        const data = await keep(cast(tensor, 'float32')).data<'float32'>();
        return { name: this.#model.outputs[i]?.name ?? String(i), shape: tensor.shape, data };
      };
      return Promise.all(tensors.map(read));
    });
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
