/** One output of a network as it was read back: plain numbers, row-major. */
export interface RawOutput {
  /** The network's own name for it; a head names the outputs that it reads, or takes them in order. */
  readonly name: string;
  /** With the batch of 1 in front, as the network gives it. */
  readonly shape: readonly number[];
  readonly data: Float32Array;
}
