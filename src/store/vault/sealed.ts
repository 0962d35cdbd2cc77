import type { Failure, Result } from '../../base/index.ts';
import { err, messageOf, ok } from '../../base/index.ts';
import type { Bytes, RandomBytes } from './bytes.ts';
import { isBytes, toHex } from './bytes.ts';

/** Stores whose records are sealed. */
export const sealedStores = ['vault-state', 'vault-people', 'vault-templates', 'vault-photos', 'vault-receipts', 'vault-audit', 'vault-pins'] as const;
export type SealedStore = (typeof sealedStores)[number];

/** Where a record lies. It is sealed for that place: moved to another one it does not open. */
export interface Place {
  readonly store: SealedStore;
  readonly key: string;
}

/** A record as it lies on the disk: AES-GCM with an initialisation vector of its own. */
export interface Sealed {
  readonly v: typeof formatVersion;
  readonly iv: Bytes;
  readonly data: Bytes;
}

const formatVersion = 1;
/** The size for which AES-GCM is defined without a hash. Ref: NIST SP 800-38D, section 5.2.1.1. */
export const ivBytes = 12;

/** @param key an AES-GCM key that may encrypt */
export async function seal(key: CryptoKey, place: Place, content: Bytes, random: RandomBytes): Promise<Sealed> {
  const iv = random(ivBytes);
  const data = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: labelOf(place) }, key, content);
  return { v: formatVersion, iv, data: new Uint8Array(data) };
}

/** What was sealed for this place with this key; `damaged` for everything else, of whatever shape. */
export async function unseal(key: CryptoKey, place: Place, stored: unknown): Promise<Result<Bytes, Failure<'damaged'>>> {
  const where = `${place.store}/${place.key}`;
  if (!isSealed(stored)) return err('damaged', `${where}: not a sealed record`);
  try {
    const content = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: stored.iv, additionalData: labelOf(place) }, key, stored.data);
    return ok(new Uint8Array(content));
  } catch (thrown) {
    return err('damaged', `${where}: ${messageOf(thrown)}`);
  }
}

/**
 * Tells one writing of a record from every other: its initialisation vector, which is never used twice.
 *
 * @returns null where there is no record; one and the same text for everything that is not a sealed record
 */
export function stampOf(stored: unknown): string | null {
  if (stored === undefined) return null;
  return isSealed(stored) ? toHex(stored.iv) : 'damaged';
}

function isSealed(stored: unknown): stored is Sealed {
  if (typeof stored !== 'object' || stored === null) return false;
  const { v, iv, data } = stored as Readonly<Record<string, unknown>>;
  return v === formatVersion && isBytes(iv) && iv.byteLength === ivBytes && isBytes(data);
}

function labelOf({ store, key }: Place): Bytes {
  return new TextEncoder().encode(JSON.stringify([store, key, formatVersion]));
}
