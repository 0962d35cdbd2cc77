import { toHex } from '../../../src/base/index.ts';
import { toBase64Url } from '../../../src/doorlink/index.ts';
import type { Authenticator } from '../../../src/store/door/passkey/authenticator.ts';

type Bytes = Uint8Array<ArrayBuffer>;

const text = (value: string): Bytes => new TextEncoder().encode(value);
const sha256 = async (bytes: Bytes): Promise<Bytes> => new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
const joined = (...parts: readonly Uint8Array[]): Bytes => new Uint8Array(parts.flatMap((part) => [...part]));

/** An authenticator in software with one ES256 key, whose counter goes up with every use. Ref: WebAuthn Level 3, 6.1 and 6.5.5 */
export async function softPasskey(origin: string): Promise<Authenticator> {
  const keys = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify']);
  const publicKey = new Uint8Array(await crypto.subtle.exportKey('spki', keys.publicKey));
  const credentialId = text('the credential of a test');
  const id = toHex(credentialId);
  let counter = 0;
  const clientData = (type: string, challenge: Bytes): Bytes => text(JSON.stringify({ type, challenge: toBase64Url(challenge), origin, crossOrigin: false }));
  const dataOf = async (site: string, flags: number): Promise<Bytes> => joined(await sha256(text(site)), Uint8Array.of(flags, 0, 0, 0, ++counter));
  return {
    async make(challenge, site) {
      const authenticatorData = joined(await dataOf(site, 0x45), new Uint8Array(16), Uint8Array.of(0, credentialId.length), credentialId, text('a key in COSE'));
      return { ok: true, value: { id, clientDataJson: clientData('webauthn.create', challenge), authenticatorData, algorithm: -7, publicKey } };
    },
    async use(challenge, site) {
      const clientDataJson = clientData('webauthn.get', challenge);
      const authenticatorData = await dataOf(site, 0x05);
      const message = joined(authenticatorData, await sha256(clientDataJson));
      const raw = new Uint8Array(await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, keys.privateKey, message));
      return { ok: true, value: { id, clientDataJson, authenticatorData, signature: derOf(raw) } };
    },
  };
}

/** A signature as authenticators write it: two positive numbers in DER. @param raw both halves of 32 bytes */
export function derOf(raw: Uint8Array): Bytes {
  const numbers = [raw.subarray(0, 32), raw.subarray(32)].map((half) => {
    const from = half.findIndex((byte) => byte !== 0);
    const digits = half.subarray(from < 0 ? 31 : from);
    const positive = (digits[0] ?? 0) >= 0x80 ? Uint8Array.of(0, ...digits) : digits;
    return Uint8Array.of(2, positive.length, ...positive);
  });
  const body = joined(...numbers);
  return Uint8Array.of(0x30, body.length, ...body);
}
