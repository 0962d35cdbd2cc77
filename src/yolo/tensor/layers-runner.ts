import type { Tensor4D } from '@tensorflow/tfjs-core';
import { cast } from '@tensorflow/tfjs-core';
import type { Keep, LayersModel } from '../../runtime/tf.ts';
import type { NamedOutput, OutputRunner } from './output-runner.ts';

/** Runs a TensorFlow.js layers model. Takes the model over. */
export class LayersRunner implements OutputRunner {
  readonly #model: LayersModel;

  constructor(model: LayersModel) {
    this.#model = model;
  }

  run(input: Tensor4D, keep: Keep): Promise<readonly NamedOutput[]> {
    const tensors = this.#model.execute(input).map(keep);
    return Promise.resolve(tensors.map((tensor, i) => ({ name: this.#model.outputNames[i] ?? String(i), tensor: keep(cast(tensor, 'float32')) })));
  }

  dispose(): void {
    this.#model.dispose();
  }
}
