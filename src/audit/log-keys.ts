import type { Bytes } from '../base/index.ts';
import { fromHex, toHex } from '../base/index.ts';

/** What a signature is for: one of a line can never be taken for one of a checkpoint. */
export type Signed = 'line' | 'checkpoint';

const algorithm = { name: 'ECDSA', namedCurve: 'P-256' } as const;
const signing = { name: 'ECDSA', hash: 'SHA-256' } as const;

export interface LogKeys {
  /** It cannot be read out, and can be kept in IndexedDB as it is. */
  readonly privateKey: CryptoKey;
  /** The uncompressed point, 65 bytes, in hexadecimal. */
  readonly publicKey: string;
}

/** A new pair of this device for a new log (ECDSA, P-256). */
export async function newLogKeys(): Promise<LogKeys> {
  const { privateKey, publicKey } = await crypto.subtle.generateKey(algorithm, false, ['sign', 'verify']);
  return { privateKey, publicKey: toHex(new Uint8Array(await crypto.subtle.exportKey('raw', publicKey))) };
}

/** @returns null when it is no point of the curve */
export async function readLogKey(publicKey: string): Promise<CryptoKey | null> {
  try {
    return await crypto.subtle.importKey('raw', fromHex(publicKey), algorithm, true, ['verify']);
  } catch {
    return null;
  }
}

/** SHA-256 of the public key's bytes, 64 hexadecimal digits: what an auditor writes down. */
export function fingerprintOf(publicKey: string): Promise<string> {
  return sha256(fromHex(publicKey));
}

/** @returns 64 bytes, r and s, in hexadecimal */
export async function signText(key: CryptoKey, what: Signed, text: string): Promise<string> {
  return toHex(new Uint8Array(await crypto.subtle.sign(signing, key, signedBytes(what, text))));
}

export function isSignedBy(key: CryptoKey, what: Signed, text: string, signature: string): Promise<boolean> {
  return crypto.subtle.verify(signing, key, fromHex(signature), signedBytes(what, text));
}

/** The hash of a whole line, its signature included: what the next line names as the one before it. */
export function hashOfLine(line: string): Promise<string> {
  return sha256(new TextEncoder().encode(line));
}

function signedBytes(what: Signed, text: string): Bytes {
  return new TextEncoder().encode(`lintel-audit-1 ${what}\n${text}`);
}

async function sha256(bytes: Bytes): Promise<string> {
  return toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)));
}
