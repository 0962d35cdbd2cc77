import type { Tensor4D } from '@tensorflow/tfjs-core';
import type { OutputDigest } from '../../runtime/index.ts';
import type { CropPoints } from '../decode/crop-points.ts';

/** Output of a network before anybody decodes it. */
export interface PointsOutput {
  /** Of what was read back. An output that is not finite must not be decoded. */
  readonly digest: OutputDigest;
  decode(): CropPoints;
}

/** A network that finds the points of one face or body in a crop. */
export interface PointsNetwork {
  /** Takes the input over and disposes it. */
  predict(input: Tensor4D): Promise<PointsOutput>;
  dispose(): void;
}
