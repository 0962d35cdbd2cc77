import { importLimits } from './import-limits.ts';
import type { ImportFailureCode } from './import-failure.ts';
import { ImportError } from './import-failure.ts';

/** Bytes as UTF-8. @throws ImportError with the given code when they are too many or not UTF-8 */
export function readText(bytes: Uint8Array, what: string, maxBytes: number = importLimits.textBytes, code: ImportFailureCode = 'file-unknown'): string {
  if (bytes.byteLength > maxBytes) throw new ImportError('too-large', `${what}: ${bytes.byteLength} bytes, at most ${maxBytes} are read`);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new ImportError(code, `${what}: not UTF-8 text`);
  }
}
