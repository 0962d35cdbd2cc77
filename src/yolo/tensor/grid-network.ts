import type { Tensor4D } from '@tensorflow/tfjs-core';
import type { Candidates } from '../../geometry/index.ts';

/** A network's output, read back: plain numbers, no tensors. */
export interface Grids {
  /** False when any number is NaN or infinite; such grids must not be decoded. */
  readonly finite: boolean;
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
