import type { Failure, Result } from './result.ts';
import { err, messageOf, ok } from './result.ts';

/** `json-too-large`: longer than asked for, or nested deeper than anything that is meant. `json-invalid`: no JSON, or a key that is not accepted. */
export type JsonFailure = Failure<'json-too-large' | 'json-invalid'>;

/** Nested brackets that are read, at most. */
export const maxJsonDepth = 64;

/**
 * JSON from outside: its length and depth are measured before a parser is let in, and the one key that means more than
 * itself is refused. Its shape is not looked at: whoever asked checks it against a schema.
 *
 * @param maxChars longest text that is read
 */
export function readBoundedJson(text: string, maxChars: number): Result<unknown, JsonFailure> {
  if (text.length > maxChars) return err('json-too-large', `${text.length} characters, at most ${maxChars} are read`);
  if (bracketDepth(text) > maxJsonDepth) return err('json-too-large', `nested deeper than ${maxJsonDepth}`);
  try {
    const value: unknown = JSON.parse(text);
    // Looked for in the letters first, the slow way only where it may be; escapes can spell it, too.
    if (/__proto__|\\u/i.test(text) && hasProtoKey(text)) return err('json-invalid', 'has a key __proto__');
    return ok(value);
  } catch (thrown) {
    return err('json-invalid', messageOf(thrown).slice(0, 200));
  }
}

/** The same for bytes, which must be UTF-8. */
export function readBoundedJsonBytes(bytes: Uint8Array, maxBytes: number): Result<unknown, JsonFailure> {
  if (bytes.byteLength > maxBytes) return err('json-too-large', `${bytes.byteLength} bytes, at most ${maxBytes} are read`);
  try {
    return readBoundedJson(new TextDecoder('utf-8', { fatal: true }).decode(bytes), maxBytes);
  } catch {
    return err('json-invalid', 'not UTF-8 text');
  }
}

/** The deepest nest of brackets outside of double-quoted strings. */
function bracketDepth(text: string): number {
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

function hasProtoKey(text: string): boolean {
  let found = false;
  JSON.parse(text, (key, value: unknown) => {
    found ||= key === '__proto__';
    return value;
  });
  return found;
}
