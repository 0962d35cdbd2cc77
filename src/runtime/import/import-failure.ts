import type { Err, Failure } from '../../base/index.ts';
import { err } from '../../base/index.ts';

/**
 * Why a file that a person brought cannot become a model.
 * - `file-unknown`: of no kind that the app reads. `files-missing`: a part of the model is not among the files.
 * - `files-ambiguous`: more than one model. `too-large`: over a limit of the app. `path-unsafe`: a name that leads
 *   elsewhere. `archive-invalid`, `json-invalid`, `yaml-invalid`: cannot be read as such.
 * - `graph-invalid`, `onnx-invalid`, `tflite-invalid`, `darknet-invalid`: the network in the file does not hold together.
 * - `weights-mismatch`: the weights are not those that the network describes.
 * - `layer-unsupported`: a TensorFlow.js layers model with a layer, or an option of one, that is not run.
 * - `external-data`: an ONNX file whose weights are in another file.
 * - `input-unsupported`: not one picture of three channels. `type-unsupported`: numbers of a kind that is not read.
 * - `head-unknown`: outputs that no known head has. `correction-invalid`: a correction that does not fit the file.
 */
export type ImportFailureCode =
  | 'file-unknown'
  | 'files-missing'
  | 'files-ambiguous'
  | 'too-large'
  | 'path-unsafe'
  | 'archive-invalid'
  | 'json-invalid'
  | 'yaml-invalid'
  | 'graph-invalid'
  | 'onnx-invalid'
  | 'tflite-invalid'
  | 'darknet-invalid'
  | 'weights-mismatch'
  | 'layer-unsupported'
  | 'external-data'
  | 'input-unsupported'
  | 'type-unsupported'
  | 'head-unknown'
  | 'correction-invalid';

export type ImportFailure = Failure<ImportFailureCode>;

/** Thrown inside a reader, where a failure may stand deep in a nest of calls; every reader's door catches it. */
export class ImportError extends Error {
  readonly code: ImportFailureCode;

  constructor(code: ImportFailureCode, detail: string) {
    super(detail);
    this.code = code;
  }
}

/** The failure of what a reader threw. Goes on throwing what is not an ImportError: that is a bug. */
export function importFailure(thrown: unknown): Err<ImportFailure> {
  if (thrown instanceof ImportError) return err(thrown.code, thrown.message);
  throw thrown;
}
