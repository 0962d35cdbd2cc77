import type { MapShape, Op, PlannedHead } from './plan.ts';

/** A layer as it is computed: a step, another name for a value that exists, or a head at the network's end. */
export type Lowered =
  | { readonly as: 'step'; readonly op: Op; readonly inputs: readonly number[]; readonly shape: MapShape }
  | { readonly as: 'alias'; readonly value: number }
  | { readonly as: 'head'; readonly head: PlannedHead };

/** What a layer can see of those before it. */
export interface LayersBefore {
  /** Number of the layer that is being lowered. */
  readonly index: number;
  readonly input: MapShape;
  shapeOf(value: number): MapShape;
  /** The value that a layer gives; null for no such layer before this one, or for a head, which gives none. */
  valueOf(layer: number): number | null;
}
