import type { Err, Failure } from '../../base/index.ts';
import { err } from '../../base/index.ts';

/**
 * Why a pair of darknet files was refused. The detail names the line and the section of the `.cfg`, or the layer and the
 * byte offset of the `.weights`.
 *
 * - `cfg-too-large`: more bytes or sections than any network has
 * - `cfg-syntax`: a line that is neither a section, an option nor a comment
 * - `layer-unsupported`: a kind of section that is not built
 * - `option-unsupported`: an option, or a value of one, that would change the mathematics and is not built
 * - `option-invalid`: a missing option, or a value that is not what it must be or out of bounds
 * - `layer-mismatch`: layers that do not fit together: a reference to no layer, different sizes, a wrong channel count
 * - `network-too-large`: more weights, memory or work than a device can give
 * - `weights-header`: the `.weights` does not start like one
 * - `weights-short`, `weights-left-over`: fewer or more bytes than the `.cfg` asks for
 * - `weights-not-finite`: NaN or infinity among the weights of a layer, after batch norm is folded in
 */
export type DarknetCode =
  | 'cfg-too-large'
  | 'cfg-syntax'
  | 'layer-unsupported'
  | 'option-unsupported'
  | 'option-invalid'
  | 'layer-mismatch'
  | 'network-too-large'
  | 'weights-header'
  | 'weights-short'
  | 'weights-left-over'
  | 'weights-not-finite';

export type DarknetFailure = Failure<DarknetCode>;

/** Where a section stands in the file. */
export interface SectionPlace {
  /** Line of the section's header, from 1. */
  readonly line: number;
  /** The name in its brackets, as written. */
  readonly title: string;
}

export function failAt(code: DarknetCode, { line, title }: SectionPlace, detail: string): Err<DarknetFailure> {
  return err(code, `line ${line} [${title}]: ${detail}`);
}
