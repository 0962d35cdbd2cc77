import type { Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';

/** A network that makes numbers of one face. */
export interface VectorNetwork {
  /** To be called in a `tidy`: what it makes beside its output is the caller's. @param input [images, height, width, 3] @returns [images, length of the card] */
  forward(input: Tensor4D): Tensor2D;
  dispose(): void;
}
