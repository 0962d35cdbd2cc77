import 'fake-indexeddb/auto';
import { deleteDB } from 'idb';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { newCardKeys, readCard, writeCard } from '../../../src/kiosk/index.ts';
import type { DoorCards } from '../../../src/store/index.ts';
import { createDatabase, createDoorCards } from '../../../src/store/index.ts';
import { valueOf } from '../vault/made-vault.ts';

const name = 'door-cards-test';
const nowMs = Date.UTC(2031, 4, 6);
const untilMs = nowMs + 1000;

function opened(): { readonly cards: DoorCards; readonly spoil: (key: string, value: unknown) => Promise<void> } {
  const database = createDatabase({ name });
  onTestFinished(() => database.close());
  const spoil = async (key: string, value: unknown): Promise<void> => {
    await valueOf(database.use((db) => db.put('door-state', value, key)));
  };
  return { cards: createDoorCards(database, newCardKeys), spoil };
}

describe('the cards of a door', () => {
  beforeEach(() => deleteDB(name));

  it('are signed and opened by keys that outlive the app and that nobody can read out', async () => {
    const { cards } = opened();
    const [keys, again] = [await valueOf(cards.keys()), await valueOf(cards.keys())];
    const text = await valueOf(writeCard({ cardId: 'c', personId: 'ana', name: 'Ana', template: null, fromMs: nowMs, untilMs }, keys));
    expect(await valueOf(readCard(text, again, nowMs))).toMatchObject({ personId: 'ana' });
    await expect(crypto.subtle.exportKey('jwk', again.signing.privateKey)).rejects.toThrow();
    await expect(crypto.subtle.exportKey('pkcs8', again.sealing.privateKey)).rejects.toThrow();
  });

  it('are one for a person: a new one ends the one before, and a called-off one stays so', async () => {
    const { cards } = opened();
    for (const [cardId, personId] of [['a1', 'ana'], ['b1', 'ben'], ['a2', 'ana']] as const) await valueOf(cards.give({ cardId, personId, fromMs: nowMs, untilMs }));
    const off = async () => (await valueOf(opened().cards.given(nowMs))).map(({ cardId, isCalledOff }) => [cardId, isCalledOff]);
    expect(await off()).toEqual([['a1', true], ['b1', false], ['a2', false]]);
    await valueOf(cards.callOff('ana'));
    expect(await off()).toEqual([['a1', true], ['b1', false], ['a2', true]]);
  });

  it('are forgotten when their time is over', async () => {
    const { cards } = opened();
    await valueOf(cards.give({ cardId: 'old', personId: 'ana', fromMs: nowMs, untilMs }));
    expect(await valueOf(cards.given(untilMs))).toEqual([]);
    await valueOf(cards.give({ cardId: 'new', personId: 'ben', fromMs: untilMs, untilMs: untilMs + 1 }));
    expect((await valueOf(cards.given(nowMs))).map(({ cardId }) => cardId)).toEqual(['new']);
  });

  it('are none where what is kept of them is damaged', async () => {
    const { cards, spoil } = opened();
    await spoil('cards', { v: 1, cards: [{ cardId: 'a', personId: 'ana' }] });
    await spoil('card-keys', { v: 1, signing: {}, sealing: {} });
    for (const asked of [cards.given(nowMs), cards.keys(), cards.callOff('ana')]) expect(await asked).toMatchObject({ ok: false, failure: { code: 'damaged' } });
  });
});
