import type { PlaceLayout } from './place-layout.ts';

/** Writes the corners in input pixels of the box that four numbers at a place mean. */
export type BoxOf = (a: number, b: number, c: number, d: number, place: number, corners: Float32Array) => void;

/** One output of a dense head: how its places lie, and what boxes they mean. */
export interface DenseOutput {
  readonly output: string;
  readonly layout: PlaceLayout;
  readonly boxOf: BoxOf;
}

/** How raw numbers become a score: objectness^a * class^b, each through its function. */
export interface ScoreRule {
  readonly objectness: 'applied' | 'logistic';
  readonly classes: 'applied' | 'logistic' | 'soft-max';
  readonly objectnessPower: number;
  readonly classPower: number;
}

/**
 * A dense head for one input size: what every family's decoder is made of. The scan over typed arrays and the
 * reduction on the device both read it, so they cannot disagree about a head.
 */
export interface DensePlan {
  readonly outputs: readonly DenseOutput[];
  /** First of the four box fields, or of four times `bins` of them. */
  readonly boxAt: number;
  /** Above 1 each of the four numbers is the expectation of a soft-max over this many fields. */
  readonly bins: number;
  /** Null for a head without objectness. */
  readonly objectnessAt: number | null;
  readonly classesAt: number;
  /** 0 for a head that knows one class and has no field for it. */
  readonly classes: number;
  /**
   * Whether a place speaks for its best class alone, or for every class that reaches the score: darknet gives a box a
   * label for each, which its independent logistic classes allow. Only for heads with objectness.
   */
  readonly labels: 'best' | 'every';
  readonly score: ScoreRule;
}
