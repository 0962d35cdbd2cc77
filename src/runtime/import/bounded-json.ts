import { bracketDepth, readText } from './bounded-text.ts';
import { ImportError } from './import-failure.ts';
import { importLimits } from './import-limits.ts';
import { plainReason } from './plain-reason.ts';

/**
 * JSON from a stranger: bounded in size and depth, and without the one key that means more than itself.
 *
 * @throws ImportError `too-large` or `json-invalid`
 */
export function readJson(bytes: Uint8Array, what: string): unknown {
  const text = readText(bytes, what, importLimits.jsonBytes, 'json-invalid');
  if (bracketDepth(text) > importLimits.depth) throw new ImportError('json-invalid', `${what}: nested deeper than ${importLimits.depth}`);
  try {
    return JSON.parse(text, (key, value: unknown) => {
      if (key === '__proto__') throw new SyntaxError('has a key __proto__');
      return value;
    }) as unknown;
  } catch (thrown) {
    throw new ImportError('json-invalid', `${what}: ${plainReason(thrown).slice(0, 200)}`);
  }
}
