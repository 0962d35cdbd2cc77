import fc from 'fast-check';
import { generate } from 'lean-qr';
import { beforeAll, describe, expect, it } from 'vitest';
import { ok } from '../../src/base/index.ts';
import { compare } from '../../src/faces/index.ts';
import type { CardKeys, NewCard } from '../../src/kiosk/index.ts';
import { browserQrReader, maxCardChars, newCardKeys, readCard, signedCards, writeCard } from '../../src/kiosk/index.ts';
import { madeDescriptor, modelId, normalNumbers, ruleOf } from '../faces/made-faces.ts';

const nowMs = Date.UTC(2031, 4, 6);
const dayMs = 86_400_000;

function templateOf(length: number) {
  const normal = normalNumbers(3);
  return madeDescriptor(Float32Array.from({ length }, () => 0.1 * normal()));
}

function card(changes: Partial<NewCard> = {}): NewCard {
  return { personId: '0123456789abcdef0123456789abcdef', cardId: 'card-1', name: 'Ana 安娜', template: templateOf(128), fromMs: nowMs - dayMs, untilMs: nowMs + dayMs, ...changes };
}

describe('a QR card', () => {
  let keys: CardKeys;
  let text: string;
  const written = async (changes: Partial<NewCard> = {}): Promise<string> => {
    const made = await writeCard(card(changes), keys);
    if (!made.ok) throw new Error(made.failure.detail);
    return made.value;
  };

  beforeAll(async () => {
    keys = await newCardKeys();
    text = await written();
  });

  it('says who it is and holds their template, nearly as it was', async () => {
    const read = await readCard(text, keys, nowMs);
    if (!read.ok) throw new Error(read.failure.detail);
    expect(read.value).toMatchObject({ cardId: 'card-1', personId: card().personId, name: 'Ana 安娜', template: { modelId } });
    const apart = read.value.template && compare(read.value.template, templateOf(128), ruleOf(128));
    expect(apart?.ok && apart.value).toBeLessThan(0.01 * Math.hypot(...templateOf(128).values));
  });

  it('may hold no template', async () => {
    expect(await readCard(await written({ template: null }), keys, nowMs)).toMatchObject(ok({ template: null }));
  });

  it('fits into a code that cameras read, and shows neither name nor template', () => {
    expect(text.length).toBeLessThan(1000);
    expect(generate(text).size).toBeLessThanOrEqual(117);
    expect(Buffer.from(text.split('.')[1] ?? '', 'base64url').toString('utf8')).not.toMatch(/Ana|安娜/u);
  });

  it('is too large with a template that is too long', async () => {
    expect(await writeCard(card({ template: templateOf(1024) }), keys)).toMatchObject({ ok: false, failure: { code: 'card-too-large' } });
  });

  it('of another door is none', async () => {
    const others = await newCardKeys();
    expect(await readCard(text, others, nowMs)).toMatchObject({ ok: false, failure: { code: 'bad-signature' } });
    expect(await readCard(text, { ...keys, sealing: others.sealing }, nowMs)).toMatchObject({ ok: false, failure: { code: 'card-unreadable' } });
  });

  it('has its time', async () => {
    expect(await readCard(text, keys, nowMs - 2 * dayMs)).toMatchObject({ ok: false, failure: { code: 'card-early' } });
    expect(await readCard(text, keys, nowMs + dayMs)).toMatchObject({ ok: false, failure: { code: 'card-over' } });
  });

  it('is refused with any one character changed, left out or added', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(text.length - 1), fc.constantFrom('A', 'z', '7', '-', '_', '.', ' ', ''), fc.boolean(), async (at, character, instead) => {
        const changed = text.slice(0, at) + character + text.slice(instead ? at + 1 : at);
        fc.pre(changed !== text);
        expect((await readCard(changed, keys, nowMs)).ok).toBe(false);
      }),
      { numRuns: 400 },
    );
  });

  it.each(['', 'https://example.org', 'LINTEL-CARD1.', 'LINTEL-CARD1.AA.AA', 'LINTEL-CARD2.AA.AA', 'LINTEL-CARD01.AA.AA', 'x'.repeat(maxCardChars + 1), '\u0000'.repeat(50)])('other codes are no cards: %#', async (other) => {
    expect((await readCard(other, keys, nowMs)).ok).toBe(false);
  });

  it('never throws on any text', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.string(), fc.string().map((rest) => `LINTEL-CARD1.${rest}`)), async (any) => {
        expect((await readCard(any, keys, nowMs)).ok).toBe(false);
      }),
    );
  });

  it('is asked after every time: a lost one can be called off', async () => {
    const lost = new Set<string>();
    const cards = signedCards({ keys, calendar: { epochMs: () => nowMs }, isGood: ({ cardId }) => !lost.has(cardId) });
    expect((await cards.open(` ${text}\n`)).ok).toBe(true);
    lost.add('card-1');
    expect(await cards.open(text)).toMatchObject({ ok: false, failure: { code: 'card-revoked' } });
  });
});

describe('the browser’s reader of codes', () => {
  it('is none where the browser has none, or none for QR codes', async () => {
    expect(await browserQrReader({})).toBeNull();
    expect(await browserQrReader({ BarcodeDetector: { getSupportedFormats: () => Promise.resolve(['ean_13']) } })).toBeNull();
    expect(await browserQrReader({ BarcodeDetector: { getSupportedFormats: () => Promise.reject(new Error('no service')) } })).toBeNull();
  });
});
