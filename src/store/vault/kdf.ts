import type { Failure, Result } from '../../base/index.ts';
import { err, ok } from '../../base/index.ts';
import type { Bytes } from './bytes.ts';

/** Cost of Argon2id, version 1.3. Ref: RFC 9106. */
export interface KdfCost {
  readonly passes: number;
  readonly memoryKib: number;
  readonly lanes: number;
}

/** Derives 32 bytes from a passphrase; it takes its time, and must not take that of the page. */
export type DeriveKey = (passphrase: Bytes, salt: Bytes, cost: KdfCost) => Promise<Result<Bytes, Failure<'kdf-failed'>>>;

/** Cost of new backups. Ref: RFC 9106, section 4, second recommended option. */
export const backupCost: KdfCost = { passes: 3, memoryKib: 64 * 1024, lanes: 4 };

/** Least for a backup to be read: one that asks for less was altered to make guessing cheap. Ref: OWASP Password Storage Cheat Sheet. */
const lowest: KdfCost = { passes: 2, memoryKib: 19 * 1024, lanes: 1 };
/** Most that a phone can be asked for. */
const highest: KdfCost = { passes: 10, memoryKib: 256 * 1024, lanes: 16 };

/** Whether a key of this cost is derived at all. */
export function checkCost(cost: KdfCost): Result<null, Failure<'kdf-cost'>> {
  for (const field of ['passes', 'memoryKib', 'lanes'] as const) {
    if (!(cost[field] >= lowest[field] && cost[field] <= highest[field])) {
      return err('kdf-cost', `${field}: ${cost[field]} is not within ${lowest[field]} and ${highest[field]}`);
    }
  }
  return ok(null);
}

/** Fewest characters of a new backup's passphrase. */
export const minPassphraseChars = 12;

/** The same text for the same passphrase, however a keyboard composes its characters. */
export function passphraseBytes(passphrase: string): Bytes {
  return new TextEncoder().encode(passphrase.normalize('NFKC'));
}
