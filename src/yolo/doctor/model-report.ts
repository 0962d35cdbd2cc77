import type { Size } from '../../geometry/index.ts';
import type { ImportedCard, ImportedModel, ModelNotes, OperationCount } from '../../runtime/index.ts';
import type { OutputShape } from '../decode/raw-output.ts';
import type { HeadGuess } from '../guess/head-guess.ts';
import type { HeadSpec } from '../heads/read-head.ts';

/** What a person may know better than the doctor. What is left out stays found or guessed. */
export interface Corrections {
  readonly title?: string;
  readonly task?: ImportedCard['task'];
  /** Size of the input, where the file leaves it free. */
  readonly size?: Size;
  readonly layout?: ImportedCard['input']['layout'];
  readonly colour?: ImportedCard['input']['colour'];
  readonly mean?: ImportedCard['input']['mean'];
  readonly scale?: number;
  readonly fit?: ImportedCard['input']['fit'];
  readonly head?: HeadSpec;
  readonly labels?: readonly string[];
}

/** One thing that the file does not say and that was assumed. Both are stable codes, put into words by the UI. */
export interface Assumed {
  readonly about: 'size' | 'layout' | 'colour' | 'scale' | 'fit' | 'head' | 'labels' | 'task' | 'thresholds';
  /**
   * `family-custom`: usual for this kind of head. `exporter-custom`: what the program that wrote the file does.
   * `likeliest`: the first of several readings, see `heads`. `numbered`: nobody gave names. `usual`: a common value.
   */
  readonly because: 'family-custom' | 'exporter-custom' | 'likeliest' | 'numbered' | 'usual';
}

/** Everything that was found out about a file, and the model that it makes if nobody objects. */
export interface ModelReport {
  /** The draft card with its bytes: ready to be run, stored, or examined again with corrections. */
  readonly model: ImportedModel;
  /** What was read beside the model: names, licence, exporter. */
  readonly notes: ModelNotes;
  readonly inputName: string;
  /** Whether the network takes other sizes too. */
  readonly isFreeSize: boolean;
  readonly outputs: readonly OutputShape[];
  /** Most frequent first; empty for darknet, whose layers are its own. */
  readonly operations: readonly OperationCount[];
  readonly fileBytes: number;
  /** Weights, input and outputs as float32: less than this a run cannot take. */
  readonly leastMemoryBytes: number;
  /** Readings of the outputs, likeliest first. The first is the card's unless the person chose another. */
  readonly heads: readonly HeadGuess[];
  readonly assumed: readonly Assumed[];
}
