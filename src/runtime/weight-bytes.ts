import type { Result } from '../base/index.ts';
import { err, ok } from '../base/index.ts';
import type { ModelFailure } from './model-source.ts';

/** The part of a weight's entry in a manifest that says how many bytes it takes in the file. */
export interface WeightSpec {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly quantization?: { readonly dtype?: string };
}

const bytesPerItem: Readonly<Record<string, number>> = { float32: 4, int32: 4, float16: 2, uint16: 2, uint8: 1, bool: 1 };

/**
 * Accounts for every byte of a weights file: the manifest must describe as many as there are. A quantised weight takes
 * its stored type. Example: a float32 of shape [3, 2] takes 24 bytes, quantised to uint8 it takes 6.
 *
 * @param where names the manifest in the failure
 */
export function checkWeightBytes(specs: readonly WeightSpec[], presentBytes: number, where: string): Result<null, ModelFailure> {
  let described = 0;
  for (const { name, shape, dtype, quantization } of specs) {
    const stored = quantization?.dtype ?? dtype;
    const size = bytesPerItem[stored];
    if (size === undefined) return err('model-mismatch', `${where}: ${name} has the unknown type ${stored}`);
    described += shape.reduce((product, side) => product * side, 1) * size;
  }
  if (described === presentBytes) return ok(null);
  return err('model-mismatch', `${where}: describes ${described} bytes of weights, the files hold ${presentBytes}`);
}
