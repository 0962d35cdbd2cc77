import { readBoundedJsonBytes } from '../../base/index.ts';
import { ImportError } from './import-failure.ts';
import { importLimits } from './import-limits.ts';

/**
 * JSON from a stranger: bounded in size and depth, and without the one key that means more than itself.
 *
 * @throws ImportError `too-large` or `json-invalid`
 */
export function readJson(bytes: Uint8Array, what: string): unknown {
  if (bytes.byteLength > importLimits.jsonBytes) throw new ImportError('too-large', `${what}: ${bytes.byteLength} bytes, at most ${importLimits.jsonBytes} are read`);
  const read = readBoundedJsonBytes(bytes, importLimits.jsonBytes);
  if (!read.ok) throw new ImportError('json-invalid', `${what}: ${read.failure.detail}`);
  return read.value;
}
