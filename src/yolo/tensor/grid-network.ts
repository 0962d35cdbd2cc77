import type { Tensor4D } from '@tensorflow/tfjs-core';
import type { Candidates } from '../../geometry/index.ts';
import type { OutputDigest } from '../../runtime/index.ts';

/** A network's output, read back: plain numbers, no tensors. */
export interface Grids {
  /** Of what was read back. Grids that are not finite must not be decoded. */
  readonly digest: OutputDigest;
  /** Boxes in input pixels with at least this score, before NMS. */
  decode(minScore: number): Candidates;
}

/** The tensor side of a detector: one forward pass and one read-back. */
export interface GridNetwork {
  /**
   * Takes the input [1, H, W, 3] over and disposes it, whatever happens.
   *
   * @param minScore lowest score that the grids will be decoded with, for a cheaper read-back; any score when left out
   */
  predict(input: Tensor4D, minScore?: number): Promise<Grids>;
  dispose(): void;
}
