import type { StatedShape } from '../model-facts.ts';
import type { WeightsManifest } from '../weights-manifest-schema.ts';
import type { KnownLayer } from './layer-schemas.ts';

/** The output of one call of a layer. */
export interface CallRef {
  readonly layer: string;
  readonly call: number;
}

export interface PlannedLayer {
  readonly name: string;
  readonly layer: KnownLayer;
  /** What each call of the layer is given. A layer that is shared is called more than once; an input never. */
  readonly calls: readonly (readonly CallRef[])[];
}

export interface PlannedInput {
  readonly name: string;
  /** With the batch in front. */
  readonly shape: StatedShape;
}

/** A TensorFlow.js layers model as far as it is understood: nothing else of the file reaches the tensor library. */
export interface LayersPlan {
  readonly inputs: readonly PlannedInput[];
  /** In an order in which every layer stands behind those that it is given. */
  readonly layers: readonly PlannedLayer[];
  readonly outputs: readonly CallRef[];
  readonly weightsManifest: WeightsManifest;
}

/** What an output is called: by its layer, and by the number of the call where that is not the first. */
export function outputName({ layer, call }: CallRef): string {
  return call === 0 ? layer : `${layer}:${call}`;
}
