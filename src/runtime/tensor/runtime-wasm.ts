import type { Result } from '../../base/index.ts';
import { readAsset } from '../fetch-source.ts';
import type { ModelFailure } from '../model-source.ts';
import { shippedRuntimes } from '../shipped.ts';

/** Gives the wasm of a second runtime by its file name. Tests in Node hand over the files of the packages. */
export type ReadRuntime = (name: string) => Promise<Result<Uint8Array<ArrayBuffer>, ModelFailure>>;

/** The wasm as it ships with the app, verified. Throws RangeError for a name that does not ship: that is a bug. */
export const readShippedRuntime: ReadRuntime = (name) => {
  const file = shippedRuntimes.find((candidate) => candidate.name === name);
  if (!file) throw new RangeError(`${name} does not ship with the app`);
  return readAsset(file);
};
