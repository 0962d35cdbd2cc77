import type { GraphModel } from '@tensorflow/tfjs-converter';
import type { Tensor, Tensor4D } from '@tensorflow/tfjs-core';
import { cast } from '@tensorflow/tfjs-core';
import type { Keep } from '../../runtime/tf.ts';
import type { NamedOutput, OutputRunner } from './output-runner.ts';

/** How the converter says that a graph must be run asynchronously: an operation's output has no shape in advance. */
const asksForAsync = 'executeAsync';

/** Runs a TensorFlow.js graph with one input. Takes the graph over. */
export class GraphRunner implements OutputRunner {
  readonly #model: GraphModel;
  #mustRunAsync = false;

  /** Throws Error when the graph has not exactly one input; it stays the caller's then. */
  constructor(model: GraphModel) {
    if (model.inputs.length !== 1) throw new Error(`the graph has ${model.inputs.length} inputs, not one`);
    this.#model = model;
  }

  /** The names are those of the nodes. */
  async run(input: Tensor4D, keep: Keep): Promise<readonly NamedOutput[]> {
    const tensors = (await this.#execute(input)).map(keep);
    return tensors.map((tensor, i) => ({ name: this.#model.outputs[i]?.name ?? String(i), tensor: keep(cast(tensor, 'float32')) }));
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
