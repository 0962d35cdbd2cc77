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

/** The deepest nest of brackets outside of double-quoted strings: measured before a parser, which recurses, is let in. */
export function bracketDepth(text: string): number {
  let depth = 0;
  let deepest = 0;
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const letter = text.charCodeAt(i);
    if (quoted) {
      if (letter === 92) i++;
      else if (letter === 34) quoted = false;
    } else if (letter === 34) quoted = true;
    else if (letter === 91 || letter === 123) deepest = Math.max(deepest, ++depth);
    else if (letter === 93 || letter === 125) depth--;
  }
  return deepest;
}
