/** One output of a network as plain numbers, row-major, with the batch of 1 in front. */
export interface PlainOutput {
  readonly name: string;
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/**
 * A network in a runtime of its own beside the tensor library: plain numbers in, plain numbers out, whatever the kind of
 * number that it stores.
 */
export interface PlainNetwork {
  /**
   * Runs the network on its one input.
   *
   * @param shape in the network's own order of axes
   * @throws Error when the runtime refuses the shape or fails on an operation
   */
  predict(data: Float32Array, shape: readonly number[]): Promise<readonly PlainOutput[]>;
  dispose(): void;
}
