import { tellsOfShortMemory } from '../short-memory.ts';

/** What the language itself says when a read leads outside of a file. */
const outOfBounds = /DataView|typed array|array length|array buffer/i;

/** Why a reader gave up, as words: without the name of an error's class, and without the words of the machine below. */
export function plainReason(thrown: unknown): string {
  if (!(thrown instanceof Error)) return typeof thrown === 'string' ? thrown : 'of no reason that is known';
  return thrown instanceof RangeError && outOfBounds.test(thrown.message) && !tellsOfShortMemory(thrown.message) ? 'a part of it would lie outside of the file' : thrown.message;
}
