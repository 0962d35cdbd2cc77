import type { Bytes } from './bytes.ts';
import { fromBase64Url, toBase64Url } from './bytes.ts';

/** A key of WebCrypto, by the name that it has in the browser and in Node. */
export type Key = Awaited<ReturnType<typeof crypto.subtle.importKey>>;

/** A kiosk's or a bridge's key pair (ECDSA P-256). */
export interface SigningKeys {
  /** Never leaves WebCrypto where it was made with `newSigningKeys`; it can be kept in IndexedDB as it is. */
  readonly privateKey: Key;
  /** The uncompressed point, 65 bytes, base64url: how keys travel. */
  readonly publicKey: string;
}

const algorithm = { name: 'ECDSA', namedCurve: 'P-256' } as const;
const signing = { name: 'ECDSA', hash: 'SHA-256' } as const;

/** A new pair whose private half cannot be read out, not even by this program. */
export async function newSigningKeys(): Promise<SigningKeys> {
  const { privateKey, publicKey } = await crypto.subtle.generateKey(algorithm, false, ['sign', 'verify']);
  return { privateKey, publicKey: toBase64Url(new Uint8Array(await crypto.subtle.exportKey('raw', publicKey))) };
}

/** Null when the text is no point of the curve. */
export async function readPublicKey(text: string): Promise<Key | null> {
  const bytes = fromBase64Url(text);
  if (bytes?.length !== 65) return null;
  try {
    return await crypto.subtle.importKey('raw', bytes, algorithm, true, ['verify']);
  } catch {
    return null;
  }
}

export async function sign(key: Key, bytes: Bytes): Promise<string> {
  return toBase64Url(new Uint8Array(await crypto.subtle.sign(signing, key, bytes)));
}

export async function verify(key: Key, signature: string, bytes: Bytes): Promise<boolean> {
  const given = fromBase64Url(signature);
  return given?.length === 64 && (await crypto.subtle.verify(signing, key, given, bytes));
}
