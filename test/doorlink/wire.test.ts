import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bridgeProof, fromBase64Url, hasValidSignature, isBridgeProof, isKioskProof, kioskProof, newPairingCode, newSigningKeys, pairingKey, readEnvelope, readPairingCode, readPublicKey, toBase64Url, writeSigned } from '../../src/doorlink/index.ts';
import type { Transcript } from '../../src/doorlink/index.ts';

describe('base64url', () => {
  it('writes what Node writes, and reads it back', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 70 }), (bytes) => {
        const text = Buffer.from(bytes).toString('base64url');
        expect(toBase64Url(bytes)).toBe(text);
        expect(fromBase64Url(text)).toEqual(new Uint8Array(bytes));
      }),
    );
  });

  it('reads one spelling only', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 12 }), (text) => {
        const bytes = fromBase64Url(text);
        if (bytes) expect(toBase64Url(bytes)).toBe(text);
      }),
    );
    for (const text of ['AB', 'AAB', 'A', 'AA==', 'A+', 'A/', ' AA', 'AA\n']) expect(fromBase64Url(text), text).toBeNull();
  });
});

describe('a pairing code', () => {
  it('is read however it was typed', () => {
    expect(readPairingCode(' o0iL-2m9x ')).toBe('00112M9X');
    for (const typed of ['', 'ABCDEFG', 'ABCDEFGHJ', 'ABCDEFGU', 'ABCDEFG!', 'ＡBCDEFGH']) expect(readPairingCode(typed), typed).toBeNull();
  });

  it('is new each time', () => {
    const codes = Array.from({ length: 500 }, newPairingCode);
    expect(new Set(codes).size).toBe(500);
    for (const code of codes) {
      expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/);
      expect(readPairingCode(code)).toBe(code.replace('-', ''));
    }
  });
});

describe('a proof of the code', () => {
  const transcript: Transcript = { doorId: 'd', doorName: 'Door', bridgeKey: 'bk', salt: 's', bridgeNonce: 'bn', kioskName: 'k', kioskKey: 'kk', kioskNonce: 'kn' };

  it('is for all that was said, for one side, and for this code', async () => {
    const salt = new Uint8Array(16);
    const [key, another] = await Promise.all([pairingKey('ABCDEFGH', salt), pairingKey('ABCDEFGJ', salt)]);
    const proof = await kioskProof(key, transcript);
    expect(await isKioskProof(key, proof, transcript)).toBe(true);
    for (const field of Object.keys(transcript) as (keyof Transcript)[]) {
      expect(await isKioskProof(key, proof, { ...transcript, [field]: `${transcript[field]}x` }), field).toBe(false);
    }
    expect(await isKioskProof(another, proof, transcript)).toBe(false);
    expect(await isBridgeProof(key, proof, transcript, '')).toBe(false);
    expect(await isKioskProof(key, await bridgeProof(key, transcript, ''), transcript)).toBe(false);
    expect(await isBridgeProof(key, await bridgeProof(key, transcript, 'id'), transcript, 'id2')).toBe(false);
    expect(await isKioskProof(key, '', transcript)).toBe(false);
  });
});

describe('a signed message', () => {
  it('is valid for its text, its key and its side only', async () => {
    const keys = await newSigningKeys();
    const wire = readEnvelope(await writeSigned('kiosk', keys.privateKey, { kind: 'x', name: 'Türe 门' }));
    const key = await readPublicKey(keys.publicKey);
    const stranger = await readPublicKey((await newSigningKeys()).publicKey);
    if (!wire || !key || !stranger) throw new Error('not written');
    expect(await hasValidSignature('kiosk', key, wire)).toBe(true);
    expect(await hasValidSignature('bridge', key, wire)).toBe(false);
    expect(await hasValidSignature('kiosk', stranger, wire)).toBe(false);
    expect(await hasValidSignature('kiosk', key, { ...wire, message: `${wire.message} ` })).toBe(false);
    await fc.assert(
      fc.asyncProperty(fc.nat(511), async (bit) => {
        const signature = Buffer.from(wire.signature, 'base64url');
        signature[bit >> 3] = (signature[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        expect(await hasValidSignature('kiosk', key, { ...wire, signature: toBase64Url(signature) })).toBe(false);
      }),
    );
  });

  it('comes from a key that nobody can read out', async () => {
    const { privateKey } = await newSigningKeys();
    expect(privateKey.extractable).toBe(false);
    await expect(crypto.subtle.exportKey('pkcs8', privateKey)).rejects.toThrow();
  });

  it('is not looked at when it is too long, or no envelope', () => {
    const long = JSON.stringify({ message: 'x'.repeat(5000), signature: '' });
    for (const text of ['', 'null', '[]', '{"message":"x"}', '{"message":"x","signature":"","more":1}', long]) expect(readEnvelope(text)).toBeNull();
  });

  it('is checked with points of the curve only', async () => {
    for (const text of ['', 'A'.repeat(86), 'A'.repeat(87), toBase64Url(new Uint8Array(65).fill(4))]) expect(await readPublicKey(text), text).toBeNull();
  });
});
