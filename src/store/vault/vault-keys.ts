import type { Failure, Result } from '../../base/index.ts';
import { err, messageOf, ok } from '../../base/index.ts';
import type { Bytes, RandomBytes } from './bytes.ts';
import { isBytes, toHex } from './bytes.ts';
import { ivBytes } from './sealed.ts';

/** The key of everything in the vault, ready for use. Its bytes never reach a program. */
export interface VaultKey {
  /** Random; tells this key from one that another tab makes after it erased the vault. */
  readonly id: string;
  readonly data: CryptoKey;
}

/** The key as it lies on the disk: wrapped by one whose bytes the browser gives to nobody. */
export interface KeyRecord {
  readonly v: 1;
  readonly id: string;
  readonly wrapping: CryptoKey;
  readonly iv: Bytes;
  readonly wrapped: Bytes;
}

const aes = { name: 'AES-GCM', length: 256 } as const;

/** Makes a new random key, and the record that keeps it. */
export async function createKeyRecord(random: RandomBytes): Promise<KeyRecord> {
  const wrapping = await crypto.subtle.generateKey(aes, false, ['wrapKey', 'unwrapKey']);
  // It must be extractable to be wrapped. It is dropped here; whoever opens the record gets one that is not.
  const data = await crypto.subtle.generateKey(aes, true, ['encrypt', 'decrypt']);
  const id = toHex(random(16));
  const iv = random(ivBytes);
  const wrapped = await crypto.subtle.wrapKey('raw', data, wrapping, { ...aes, iv, additionalData: labelOf(id) });
  return { v: 1, id, wrapping, iv, wrapped: new Uint8Array(wrapped) };
}

export async function openKeyRecord(stored: unknown): Promise<Result<VaultKey, Failure<'key-lost'>>> {
  if (!isKeyRecord(stored)) return err('key-lost', 'the record of the key is not one');
  const { id, iv, wrapped, wrapping } = stored;
  try {
    const data = await crypto.subtle.unwrapKey('raw', wrapped, wrapping, { ...aes, iv, additionalData: labelOf(id) }, aes, false, ['encrypt', 'decrypt']);
    return ok({ id, data });
  } catch (thrown) {
    return err('key-lost', messageOf(thrown));
  }
}

/** The id of a stored key; null where there is none. */
export function keyIdOf(stored: unknown): string | null {
  return isKeyRecord(stored) ? stored.id : null;
}

function isKeyRecord(stored: unknown): stored is KeyRecord {
  if (typeof stored !== 'object' || stored === null) return false;
  const { v, id, wrapping, iv, wrapped } = stored as Readonly<Record<string, unknown>>;
  return v === 1 && typeof id === 'string' && wrapping instanceof CryptoKey && isBytes(iv) && isBytes(wrapped);
}

function labelOf(id: string): Bytes {
  return new TextEncoder().encode(JSON.stringify(['vault-key', id, 1]));
}
