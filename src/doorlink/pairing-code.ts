import type { Bytes } from './bytes.ts';
import { randomBytes, utf8 } from './bytes.ts';
import type { Key } from './keys.ts';

/** Crockford's digits: no I, L, O or U, which people take for something else. */
const digits = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const codeLength = 8;
const codePattern = new RegExp(`^[${digits}]{${codeLength}}$`);
/** Slow on purpose: who recorded a pairing would need years to try all 2^40 codes, and the code lives for minutes. */
const iterations = 200_000;

/** A new one-time code, 40 random bits, as people read it: `K7QF-2M9X`. */
export function newPairingCode(): string {
  const code = Array.from(randomBytes(codeLength), (byte) => digits.charAt(byte & 31)).join('');
  return `${code.slice(0, 4)}-${code.slice(4)}`;
}

/** A typed code as it was meant: any case, spaces and dashes, O for 0, I and L for 1. Null when it cannot be one. */
export function readPairingCode(typed: string): string | null {
  const code = typed.toUpperCase().replace(/[\s-]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1');
  return codePattern.test(code) ? code : null;
}

/**
 * The HMAC key that a code stands for: PBKDF2-SHA-256 with the bridge's salt.
 *
 * @param code as `readPairingCode` gives it
 */
export async function pairingKey(code: string, salt: Bytes): Promise<Key> {
  const material = await crypto.subtle.importKey('raw', utf8(code), 'PBKDF2', false, ['deriveKey']);
  const hmac = { name: 'HMAC', hash: 'SHA-256', length: 256 } as const;
  return crypto.subtle.deriveKey({ name: 'PBKDF2', hash: 'SHA-256', salt, iterations }, material, hmac, false, ['sign', 'verify']);
}
