import type { Size } from '../../geometry/index.ts';
import type { OutputShape } from '../decode/raw-output.ts';
import type { HeadSpec } from '../heads/read-head.ts';

/** What spoke for a guess: a stable code, put into words by the UI. */
export type GuessReason =
  /** As many places as three anchors per cell make, decoded by the network. */
  | 'list-of-anchor-boxes'
  /** As many places as there are cells. */
  | 'list-of-cells'
  /** A list of boxes whose number says nothing. */
  | 'list-of-boxes'
  /** Few rows of corners, score and class. */
  | 'chosen-boxes'
  /** Grids of the input's size, several anchors per cell. */
  | 'grids-with-anchors'
  /** Grids of the input's size, one place per cell. */
  | 'grids-without-anchors'
  /** Two grids of one stride: class scores, and distances. */
  | 'scores-and-sizes';

/** What shapes cannot tell and was assumed: stable codes, each a question to put to the person. */
export type Assumption =
  /** How many classes there are follows from the shape only if the family is right. */
  | 'classes'
  /** Whether boxes are in pixels or in 0..1. */
  | 'coordinates'
  /** Whether scores have been through the logistic function. */
  | 'logistic'
  /** The anchors of a well-known training. */
  | 'anchors'
  /** That there is an objectness among the fields, or that there is none. */
  | 'objectness'
  /** Centre and size, or corners. */
  | 'box-form'
  /** How far a centre may leave its cell. */
  | 'centre-range'
  /** Powers of objectness and class in the score. */
  | 'score-powers'
  /** Which of the outputs or fields is which. */
  | 'order'
  /** Distances as distributions over this many bins. */
  | 'bins';

export interface HeadGuess {
  readonly head: HeadSpec;
  readonly why: GuessReason;
  readonly assumed: readonly Assumption[];
}

/** What is known beside the shapes. */
export interface HeadHints {
  /** From a list of class names. */
  readonly classes?: number;
  /** Where the file comes from: exports to TensorFlow give boxes in 0..1 more often, those to ONNX in pixels. */
  readonly format?: 'onnx' | 'tflite' | 'tfjs' | 'darknet';
  /** What the file says of itself, for example its description or the name of the file. */
  readonly producer?: string;
  /** Name of the network's input. */
  readonly inputName?: string;
}

/** A guess that is still to be ranked. */
export interface WeighedGuess extends HeadGuess {
  /** Number of classes that follows; null when the outputs do not say. */
  readonly classes: number | null;
  /** Higher is likelier, before the hints. */
  readonly weight: number;
}

export interface GuessInput {
  readonly outputs: readonly OutputShape[];
  readonly input: Size;
  readonly hints: HeadHints;
}
