import type { Tensor, Tensor4D } from '@tensorflow/tfjs-core';
import type { Keep } from '../../runtime/tf.ts';

export interface NamedOutput {
  readonly name: string;
  readonly tensor: Tensor;
}

/** A network of the tensor library with one input, whatever its outputs mean. */
export interface OutputRunner {
  /** All outputs as float32 under their names. They are given to `keep`; the input stays the caller's. */
  run(input: Tensor4D, keep: Keep): Promise<readonly NamedOutput[]>;
  dispose(): void;
}
