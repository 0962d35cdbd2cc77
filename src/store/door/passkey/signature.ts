import type { Bytes } from '../../vault/bytes.ts';

/** ECDSA on P-256 and RSA PKCS 1, both with SHA-256, by their COSE numbers. Ref: IANA COSE algorithms */
export const algorithms = [-7, -257] as const;
export type Algorithm = (typeof algorithms)[number];

const ecdsa = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const rsa = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' } as const;

/**
 * @param publicKey SubjectPublicKeyInfo
 * @returns null when it is no key of this algorithm
 */
export async function importPasskey(algorithm: Algorithm, publicKey: Bytes): Promise<CryptoKey | null> {
  try {
    return await crypto.subtle.importKey('spki', publicKey, algorithm === -7 ? ecdsa : rsa, true, ['verify']);
  } catch {
    return null;
  }
}

export async function isSigned(algorithm: Algorithm, key: CryptoKey, signature: Bytes, message: Bytes): Promise<boolean> {
  const raw = algorithm === -7 ? fromDer(signature) : signature;
  return raw !== null && (await crypto.subtle.verify(algorithm === -7 ? ecdsa : rsa, key, raw, message));
}

/** Two numbers of 32 bytes from the way in which authenticators write an ECDSA signature; null for another spelling. Ref: RFC 3279, 2.2.3 */
function fromDer(der: Bytes): Bytes | null {
  if (der[0] !== 0x30 || der[1] !== der.length - 2) return null;
  const first = numberAt(der, 2);
  const second = first && numberAt(der, first.end);
  if (!first || second?.end !== der.length) return null;
  const raw = new Uint8Array(64);
  raw.set(first.digits, 32 - first.digits.length);
  raw.set(second.digits, 64 - second.digits.length);
  return raw;
}

/** A positive number of 32 bytes at most, in as few bytes as it takes. */
function numberAt(der: Bytes, at: number): { readonly digits: Bytes; readonly end: number } | null {
  const length = der[at + 1] ?? 0;
  const end = at + 2 + length;
  if (der[at] !== 0x02 || length === 0 || end > der.length) return null;
  const [high = 0, next = 0] = der.subarray(at + 2, end);
  if (high >= 0x80 || (high === 0 && length > 1 && next < 0x80)) return null;
  const digits = der.slice(high === 0 ? at + 3 : at + 2, end);
  return digits.length <= 32 ? { digits, end } : null;
}
