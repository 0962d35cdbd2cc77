import type { Tensor4D } from '@tensorflow/tfjs-core';
import type { CropPoints } from '../decode/crop-points.ts';

/** Output of a network before anybody decodes it. */
export interface PointsOutput {
  /** False when a number of it is NaN or infinite: then it must not be decoded. */
  readonly finite: boolean;
  decode(): CropPoints;
}

/** A network that finds the points of one face or body in a crop. */
export interface PointsNetwork {
  /** Takes the input over and disposes it. */
  predict(input: Tensor4D): Promise<PointsOutput>;
  dispose(): void;
}
