import 'fake-indexeddb/auto';
import fc from 'fast-check';
import { deleteDB } from 'idb';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import type { Database } from '../../src/store/database.ts';
import { createDatabase } from '../../src/store/database.ts';
import type { KeptNote } from '../../src/store/kept-record.ts';
import { KeptRecord, keptKinds, noteAfter } from '../../src/store/kept-record.ts';

const kinds = fc.subarray([...keptKinds]);
const note: fc.Arbitrary<KeptNote> = fc.record({ kept: kinds, unread: kinds, isDoorLost: fc.boolean() });
const now = fc.record({ kinds, isNew: fc.boolean() });

describe('the note of what is kept', () => {
  it('holds what there is now, forgets no loss that nobody has read, and finds none in what is there', () => {
    fc.assert(
      fc.property(note, now, (before, seen) => {
        const after = noteAfter(before, seen);
        expect(after.kept).toEqual(seen.kinds);
        expect(after.unread).toEqual(expect.arrayContaining([...before.unread]));
        for (const kind of after.unread) expect(before.unread.includes(kind) || (before.kept.includes(kind) && !seen.kinds.includes(kind))).toBe(true);
        expect(after.isDoorLost).toBe(before.isDoorLost || (after.unread.includes('door') && !before.unread.includes('door')) || (seen.isNew && before.kept.includes('door') && !seen.kinds.includes('door')));
      }),
    );
  });

  it('takes what an owner removes for no loss', () => {
    fc.assert(
      fc.property(kinds, kinds, (kept, left) => {
        const after = noteAfter({ kept, unread: [], isDoorLost: false }, { kinds: [...left, 'offline'], isNew: false });
        expect(after).toMatchObject({ unread: [], isDoorLost: false });
      }),
    );
  });

  it('tells everything that a new database lacks', () => {
    fc.assert(
      fc.property(kinds, (kept) => {
        expect(noteAfter({ kept, unread: [], isDoorLost: false }, { kinds: [], isNew: true }).unread).toEqual(keptKinds.filter((kind) => kept.includes(kind)));
      }),
    );
  });
});

const name = 'kept-record-test';

function newDatabase(): Database {
  const database = createDatabase({ name });
  onTestFinished(() => database.close());
  return database;
}

function newPlace() {
  const texts = new Map<string, string>();
  return { texts, getItem: (key: string) => texts.get(key) ?? null, setItem: (key: string, text: string) => void texts.set(key, text), removeItem: (key: string) => void texts.delete(key) };
}

describe('a record of what is kept', () => {
  beforeEach(() => deleteDB(name));
  const files = { has: () => Promise.resolve(true) };

  it('finds a new device, a used one, and one whose database is gone', async () => {
    const place = newPlace();
    const database = newDatabase();
    const record = new KeptRecord(database, place, files);
    expect(await record.look()).toEqual({ kept: ['offline'], unread: [], isDoorLost: false });
    await database.use(async (db) => {
      await db.put('vault-people', {}, 'ana');
      await db.put('vault-key', {}, 'key');
      await db.put('door-state', {}, 'owner-pin');
    });
    expect((await record.look()).kept).toEqual(['people', 'door', 'offline']);
    expect([...place.texts.values()].join(), 'no name and no number').not.toMatch(/ana|\d/);
    await database.use((db) => db.delete('vault-people', 'ana'));
    expect(await record.look()).toMatchObject({ kept: ['door', 'offline'], unread: [] });
    await database.close();
    await deleteDB(name);
    const later = new KeptRecord(newDatabase(), place, { has: () => Promise.resolve(false) });
    expect(await later.look()).toEqual({ kept: [], unread: ['door', 'offline'], isDoorLost: true });
    later.acknowledge();
    expect(await later.look()).toEqual({ kept: [], unread: [], isDoorLost: true });
  });

  it('concludes nothing from what cannot be read', async () => {
    const place = newPlace();
    place.setItem('lintel-kept', JSON.stringify({ kept: ['people', 'offline'], unread: [], isDoorLost: false }));
    const broken: Database = { use: () => Promise.resolve({ ok: false, failure: { code: 'unavailable', detail: 'injected' } }), close: () => Promise.resolve() };
    expect(await new KeptRecord(broken, place, files).look()).toMatchObject({ kept: ['people', 'offline'], unread: [] });
    expect(await new KeptRecord(newDatabase(), place, { has: () => Promise.reject(new Error('injected')) }).look()).toMatchObject({ kept: ['people', 'offline'], unread: [] });
  });

  it.each(['{', '7', '{"kept":["gold"]}'])('begins anew with %s, and without a place at all', async (text) => {
    const place = newPlace();
    place.setItem('lintel-kept', text);
    expect(await new KeptRecord(newDatabase(), place, files).look()).toMatchObject({ unread: [], isDoorLost: false });
    expect(await new KeptRecord(newDatabase(), null, null).look()).toMatchObject({ unread: [], isDoorLost: false });
  });
});
