import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toHex } from '../../../src/base/index.ts';
import { toBase64Url } from '../../../src/doorlink/index.ts';
import type { Ceremony } from '../../../src/store/door/passkey/client-data.ts';
import type { Assertion, Passkey } from '../../../src/store/door/passkey/verify-passkey.ts';
import { derOf } from './soft-passkey.ts';
import { verifyAssertion, verifyAttestation } from '../../../src/store/door/passkey/verify-passkey.ts';

type Bytes = Uint8Array<ArrayBuffer>;

const text = (value: string): Bytes => new TextEncoder().encode(value);
const sha256 = async (bytes: Bytes): Promise<Bytes> => new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
const joined = (...parts: readonly Uint8Array[]): Bytes => new Uint8Array(parts.flatMap((part) => [...part]));

const challenge = text('a challenge that is only used once');
const use: Ceremony = { type: 'webauthn.get', challenge, origin: 'https://door.test', site: 'door.test' };
const make: Ceremony = { ...use, type: 'webauthn.create' };
const credentialId = text('credential');

/** An authenticator in software, by the letter of WebAuthn, 6.1 and 6.5.5. */
class SoftAuthenticator {
  private constructor(
    private readonly keys: CryptoKeyPair,
    readonly passkey: Passkey,
  ) {}

  static async create(algorithm: Passkey['algorithm'], counter = 7): Promise<SoftAuthenticator> {
    const keys = await (algorithm === -7
      ? crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify'])
      : crypto.subtle.generateKey({ name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256', modulusLength: 2048, publicExponent: Uint8Array.of(1, 0, 1) }, true, ['sign', 'verify']));
    const publicKey = new Uint8Array(await crypto.subtle.exportKey('spki', keys.publicKey));
    return new SoftAuthenticator(keys, { id: toHex(credentialId), algorithm, publicKey, counter });
  }

  async answer(changes: { readonly flags?: number; readonly counter?: number; readonly client?: object; readonly site?: string } = {}): Promise<Assertion> {
    const { flags = 0x05, counter = 8, client = {}, site = use.site } = changes;
    const clientDataJson = text(JSON.stringify({ type: use.type, challenge: toBase64Url(challenge), origin: use.origin, crossOrigin: false, ...client }));
    const authenticatorData = joined(await sha256(text(site)), Uint8Array.of(flags), Uint8Array.of(counter >>> 24, counter >>> 16, counter >>> 8, counter));
    const message = joined(authenticatorData, await sha256(clientDataJson));
    const raw = new Uint8Array(await crypto.subtle.sign(this.passkey.algorithm === -7 ? { name: 'ECDSA', hash: 'SHA-256' } : 'RSASSA-PKCS1-v1_5', this.keys.privateKey, message));
    return { id: this.passkey.id, clientDataJson, authenticatorData, signature: this.passkey.algorithm === -7 ? derOf(raw) : raw };
  }
}

const es256 = await SoftAuthenticator.create(-7);
const rs256 = await SoftAuthenticator.create(-257);

async function codeOf(answer: Assertion, passkey = es256.passkey, ceremony = use): Promise<string> {
  const verified = await verifyAssertion(passkey, answer, ceremony);
  return verified.ok ? `counter ${verified.value}` : verified.failure.code;
}

describe('an answer of a passkey', () => {
  it.each([['ES256', es256], ['RS256', rs256]] as const)('counts when it was made for this: %s', async (_name, authenticator) => {
    for (let i = 0; i < 40; i++) expect(await codeOf(await authenticator.answer({ counter: 8 + i }), authenticator.passkey)).toBe(`counter ${8 + i}`);
  });

  it('does not count when it was made for something else', async () => {
    expect(await codeOf(await es256.answer({ client: { type: 'webauthn.create' } }))).toBe('other-ceremony');
    expect(await codeOf(await es256.answer({ client: { challenge: toBase64Url(text('another')) } }))).toBe('other-challenge');
    expect(await codeOf(await es256.answer({ client: { origin: 'https://other.test' } }))).toBe('other-origin');
    expect(await codeOf(await es256.answer({ client: { crossOrigin: true } }))).toBe('other-origin');
    expect(await codeOf(await es256.answer({ site: 'other.test' }))).toBe('other-site');
    expect(await codeOf({ ...(await es256.answer()), id: 'abcd' })).toBe('other-credential');
    expect(await codeOf(await rs256.answer())).toBe('bad-signature');
    expect(await codeOf(await es256.answer(), es256.passkey, { ...use, challenge: text('the next one') })).toBe('other-challenge');
  });

  it('does not count when nobody touched it, or it did not make sure who it was', async () => {
    expect(await codeOf(await es256.answer({ flags: 0x04 }))).toBe('not-present');
    expect(await codeOf(await es256.answer({ flags: 0x01 }))).toBe('not-verified');
  });

  it('does not count when its counter did not go up; one that does not count at all may', async () => {
    expect(await codeOf(await es256.answer({ counter: 7 }))).toBe('counter-back');
    expect(await codeOf(await es256.answer({ counter: 0 }))).toBe('counter-back');
    expect(await codeOf(await es256.answer({ counter: 0 }), { ...es256.passkey, counter: 0 })).toBe('counter 0');
    expect(await codeOf(await es256.answer({ counter: 0xffffffff }))).toBe('counter 4294967295');
  });

  it('shows every bit that changed', async () => {
    const answer = await es256.answer();
    const passed: string[] = [];
    for (const part of ['clientDataJson', 'authenticatorData', 'signature'] as const) {
      for (let bit = 0; bit < answer[part].length * 8; bit++) {
        const altered = answer[part].slice();
        altered[bit >> 3] = (altered[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        if ((await verifyAssertion(es256.passkey, { ...answer, [part]: altered }, use)).ok) passed.push(`${part} ${bit}`);
      }
    }
    expect(passed).toEqual([]);
  });

  it('of any bytes whatever is refused and never throws', async () => {
    const bytes = fc.uint8Array({ maxLength: 200 }).map((array) => Uint8Array.from(array));
    await fc.assert(
      fc.asyncProperty(bytes, bytes, bytes, async (clientDataJson, authenticatorData, signature) => {
        const answer = await es256.answer();
        for (const wrong of [{ clientDataJson }, { authenticatorData }, { signature }]) expect((await verifyAssertion(es256.passkey, { ...answer, ...wrong }, use)).ok).toBe(false);
        const made = { id: answer.id, clientDataJson: answer.clientDataJson, authenticatorData, algorithm: -7, publicKey: signature };
        expect((await verifyAttestation(made, use)).ok).toBe(false);
      }),
      { numRuns: 300 },
    );
  });
});

describe('a new passkey', () => {
  const clientDataJson = text(JSON.stringify({ type: make.type, challenge: toBase64Url(challenge), origin: make.origin }));
  const dataWith = async (flags: number, id: Uint8Array = credentialId): Promise<Bytes> =>
    joined(await sha256(text(make.site)), Uint8Array.of(flags, 0, 0, 0, 3), new Uint8Array(16), Uint8Array.of(0, id.length), id, text('a key in COSE'));

  it('is taken when it was made for this, and only then', async () => {
    const answer = { id: toHex(credentialId), clientDataJson, authenticatorData: await dataWith(0x45), algorithm: -7, publicKey: es256.passkey.publicKey };
    expect(await verifyAttestation(answer, make)).toEqual({ ok: true, value: { id: toHex(credentialId), algorithm: -7, publicKey: es256.passkey.publicKey, counter: 3 } });
    const codeWith = async (changes: object, ceremony = make): Promise<string> => {
      const verified = await verifyAttestation({ ...answer, ...changes }, ceremony);
      return verified.ok ? 'taken' : verified.failure.code;
    };
    expect(await codeWith({}, use)).toBe('other-ceremony');
    expect(await codeWith({}, { ...make, challenge: text('x') })).toBe('other-challenge');
    expect(await codeWith({ authenticatorData: await dataWith(0x41) })).toBe('not-verified');
    expect(await codeWith({ authenticatorData: await dataWith(0x45, text('other')) })).toBe('other-credential');
    expect(await codeWith({ authenticatorData: (await dataWith(0x45)).slice(0, 58) })).toBe('malformed');
    expect(await codeWith({ algorithm: -8 })).toBe('unknown-algorithm');
    expect(await codeWith({ publicKey: null })).toBe('unknown-algorithm');
    expect(await codeWith({ publicKey: text('no key') })).toBe('malformed');
    expect(await codeWith({ algorithm: -257 })).toBe('malformed');
  });
});
