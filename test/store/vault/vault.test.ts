import 'fake-indexeddb/auto';
import { deleteDB } from 'idb';
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Result } from '../../../src/base/index.ts';
import type { Database } from '../../../src/store/database.ts';
import { createDatabase } from '../../../src/store/database.ts';
import { allMigrations } from '../../../src/store/migrations/all-migrations.ts';
import { keepRetention } from '../../../src/store/vault/keep-retention.ts';
import { dayMs, defaultRetentionDays } from '../../../src/store/vault/person.ts';
import type { Receipt } from '../../../src/store/vault/receipt.ts';
import type { VaultFailure } from '../../../src/store/vault/vault-failure.ts';
import { openKeyRecord } from '../../../src/store/vault/vault-keys.ts';
import { restoreSaved } from '../saved-databases.ts';
import { consent, madeVault, modelId, newPerson, otherModelId, photo, SetCalendar, startMs, template, valueOf } from './made-vault.ts';

const name = 'vault-test';

function newDatabase(): Database {
  const database = createDatabase({ name });
  onTestFinished(() => database.close());
  return database;
}

describe('vault', () => {
  beforeEach(() => deleteDB(name));

  it('knows nobody at first', async () => {
    const vault = madeVault(newDatabase());
    expect(await vault.people()).toEqual({ ok: true, value: { people: [], damagedIds: [] } });
    expect(await vault.receipts()).toEqual({ ok: true, value: [] });
    expect(await vault.audit()).toEqual({ ok: true, value: [] });
    expect(await valueOf(vault.gallery(modelId, 128))).toMatchObject({ people: [], values: new Float32Array(0) });
  });

  it('keeps a person for the next visit, exactly', async () => {
    const given = newPerson('Ana María', 1, { photos: [photo(5)] });
    const added = await valueOf(madeVault(newDatabase()).add({ ...given, name: '  Ana María ' }));
    expect(added).toMatchObject({
      name: 'Ana María',
      consent,
      createdAtMs: startMs,
      retainUntilMs: startMs + defaultRetentionDays * dayMs,
      holds: { templates: 2, negatives: 0, photos: 1, modelIds: [modelId] },
    });
    const later = madeVault(newDatabase());
    expect(await valueOf(later.people())).toEqual({ people: [added], damagedIds: [] });
    expect(await valueOf(later.person(added.id))).toEqual({ person: added, templates: given.templates, negatives: [] });
    expect(await valueOf(later.photos(added.id))).toEqual(given.photos);
  });

  it('keeps no photo unless one is given, and forgets photos alone', async () => {
    const vault = madeVault(newDatabase());
    const without = await valueOf(vault.add(newPerson('Bo', 1)));
    expect(await valueOf(vault.photos(without.id))).toEqual([]);
    const { id } = await valueOf(vault.add(newPerson('Ana', 1, { photos: [photo(1), photo(2)] })));
    expect((await valueOf(vault.photos(id))).length).toBe(2);
    expect(await valueOf(vault.removePhotos(id))).toMatchObject({ name: 'Ana', holds: { photos: 0, templates: 2 } });
    expect(await valueOf(vault.photos(id))).toEqual([]);
  });

  it('lists by name, and lets namesakes be', async () => {
    const vault = madeVault(newDatabase());
    for (const each of ['Chen', 'Ana', 'Bo', 'Ana']) await valueOf(vault.add(newPerson(each, 1)));
    expect((await valueOf(vault.people())).people.map((person) => person.name)).toEqual(['Ana', 'Ana', 'Bo', 'Chen']);
  });

  it('renames, extends and re-enrols', async () => {
    const calendar = new SetCalendar();
    const vault = madeVault(newDatabase(), calendar);
    const { id } = await valueOf(vault.add(newPerson('Ana', 1)));
    calendar.nowMs += dayMs;
    expect(await valueOf(vault.rename(id, ' Anna '))).toMatchObject({ name: 'Anna', createdAtMs: startMs, updatedAtMs: startMs + dayMs });
    expect(await valueOf(vault.extendRetention(id))).toMatchObject({ name: 'Anna', retainUntilMs: startMs + (defaultRetentionDays + 1) * dayMs });
    const added = template(7, 1024, otherModelId);
    await valueOf(vault.reEnrol(id, { mode: 'add', templates: [added] }));
    expect(await valueOf(vault.person(id))).toMatchObject({ templates: [template(1), template(2), added], person: { consent, holds: { templates: 3, modelIds: [modelId, otherModelId] } } });
    const newConsent = { ...consent, version: '2031-02' };
    await valueOf(vault.reEnrol(id, { mode: 'replace', templates: [template(9)], consent: newConsent, photos: [photo(1)] }));
    expect(await valueOf(vault.person(id))).toMatchObject({ templates: [template(9)], person: { consent: newConsent, holds: { templates: 1, photos: 1, modelIds: [modelId] } } });
    expect((await valueOf(vault.audit())).map(({ act, templates }) => [act, templates])).toEqual([
      ['re-enrol', 1],
      ['re-enrol', 1],
      ['enrol', 2],
    ]);
  });

  it('makes a change newer than the one before, also when the clock was set back', async () => {
    const calendar = new SetCalendar();
    const vault = madeVault(newDatabase(), calendar);
    const { id } = await valueOf(vault.add(newPerson('Ana', 1)));
    calendar.nowMs -= dayMs;
    expect((await valueOf(vault.rename(id, 'Anna'))).updatedAtMs).toBe(startMs + 1);
  });

  it('packs templates for a search: of one model, with the index of the person, negatives apart', async () => {
    const vault = madeVault(newDatabase());
    const bo = await valueOf(vault.add(newPerson('Bo', 10, { templates: [template(10), template(11, 1024, otherModelId), template(12)] })));
    const ana = await valueOf(vault.add(newPerson('Ana', 20, { templates: [template(20)] })));
    const negative = template(30);
    const told = await valueOf(vault.addNegative(ana.id, negative));
    expect(told.holds).toMatchObject({ templates: 1, negatives: 1 });
    const gallery = await valueOf(vault.gallery(modelId, 128));
    expect(gallery.people.map(({ id }) => id)).toEqual([ana.id, bo.id]);
    expect(gallery.personOf).toEqual(Uint32Array.of(0, 1, 1));
    expect(gallery.values).toEqual(Float32Array.from([template(20), template(10), template(12)].flatMap(({ values }) => [...values])));
    expect(gallery.cohort).toEqual({ values: negative.values, personOf: Uint32Array.of(0) });
    expect((await valueOf(vault.gallery(otherModelId, 1024))).personOf).toEqual(Uint32Array.of(1));
    // Of the model's name, and not of its length: not its own.
    expect((await valueOf(vault.gallery(otherModelId, 512))).personOf.length).toBe(0);
  });

  it('refuses what is out of bounds, and keeps nothing of it', async () => {
    const vault = madeVault(newDatabase());
    const { id } = await valueOf(vault.add(newPerson('Ana', 1)));
    const nan = { ...template(1), values: Float32Array.of(1, Number.NaN) };
    const wrong = [
      vault.add(newPerson('   ', 1)),
      vault.add(newPerson('x'.repeat(201), 1)),
      vault.add(newPerson('Bo', 1, { templates: [] })),
      vault.add(newPerson('Bo', 1, { templates: [nan] })),
      vault.add(newPerson('Bo', 1, { templates: [{ ...template(1), values: new Float32Array(128) }] })),
      vault.add(newPerson('Bo', 1, { templates: [template(1), template(2, 64)] })),
      vault.add(newPerson('Bo', 1, { templates: [{ ...template(1), quality: 1.5 }] })),
      vault.add(newPerson('Bo', 1, { consent: { ...consent, agreed: '' } })),
      vault.add(newPerson('Bo', 1, { photos: [{ ...photo(1), bytes: new Uint8Array(0) }] })),
      vault.add(newPerson('Bo', 1, { retainUntilMs: Number.NaN })),
      vault.rename(id, ''),
      vault.addNegative(id, nan),
      vault.addNegative(id, template(3, 64)),
      vault.reEnrol(id, { mode: 'replace', templates: [] }),
      vault.extendRetention(id, Number.POSITIVE_INFINITY),
    ];
    for (const result of await Promise.all(wrong)) expect(result).toMatchObject({ ok: false, failure: { code: 'invalid' } });
    expect((await valueOf(vault.people())).people).toMatchObject([{ id, name: 'Ana', holds: { templates: 2, negatives: 0 } }]);
    expect((await valueOf(vault.audit())).length).toBe(1);
  });

  it('says of a stranger that there is no such person', async () => {
    const vault = madeVault(newDatabase());
    const missing = { ok: false, failure: { code: 'no-such-person' } };
    expect(await vault.person('0')).toMatchObject(missing);
    expect(await vault.photos('0')).toMatchObject(missing);
    expect(await vault.rename('0', 'x')).toMatchObject(missing);
    expect(await vault.reEnrol('0', { mode: 'add', templates: [template(1)] })).toMatchObject(missing);
    expect(await vault.revoke('0')).toMatchObject(missing);
  });

  it('revokes: nobody, no template and no photo is left, and a receipt says how much it was', async () => {
    const calendar = new SetCalendar();
    const vault = madeVault(newDatabase(), calendar);
    const ana = await valueOf(vault.add(newPerson('Ana', 1, { photos: [photo(1)] })));
    const bo = await valueOf(vault.add(newPerson('Bo', 5)));
    await valueOf(vault.addNegative(ana.id, template(40)));
    calendar.nowMs += 1000;
    const receipt = await valueOf(vault.revoke(ana.id));
    expect(receipt).toEqual({ id: receipt.id, erasedAtMs: startMs + 1000, askedBy: 'owner', erased: { templates: 2, negatives: 1, photos: 1, unreadable: 0 } });
    expect(receipt.id).not.toBe(ana.id);
    expect(await valueOf(vault.receipts())).toEqual([receipt]);
    expect((await valueOf(vault.people())).people.map(({ id }) => id)).toEqual([bo.id]);
    expect((await valueOf(vault.gallery(modelId, 128))).personOf.length).toBe(2);
    expect(await vault.revoke(ana.id)).toMatchObject({ ok: false, failure: { code: 'no-such-person' } });
    expect((await valueOf(vault.audit()))[0]).toEqual({ act: 'revoke', atMs: startMs + 1000, people: 1, templates: 2 });
  });

  it('recognises nobody whose retention is over, and purges them, and nobody else', async () => {
    const calendar = new SetCalendar();
    const vault = madeVault(newDatabase(), calendar);
    await valueOf(vault.add(newPerson('Ana', 1)));
    await valueOf(vault.add(newPerson('Bo', 5)));
    const chen = await valueOf(vault.add(newPerson('Chen', 9)));
    await valueOf(vault.extendRetention(chen.id, startMs + 400 * dayMs));
    calendar.nowMs = startMs + defaultRetentionDays * dayMs - 1;
    expect(await valueOf(vault.purge())).toEqual([]);
    expect((await valueOf(vault.gallery(modelId, 128))).people.length).toBe(3);
    calendar.nowMs++;
    expect((await valueOf(vault.gallery(modelId, 128))).people.map((person) => person.name)).toEqual(['Chen']);
    expect(await valueOf(vault.purge())).toMatchObject([{ askedBy: 'retention' }, { askedBy: 'retention' }]);
    expect((await valueOf(vault.people())).people.map((person) => person.name)).toEqual(['Chen']);
    expect((await valueOf(vault.receipts())).length).toBe(2);
  });

  it('purges at the start and once a day', () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    let purges = 0;
    const purge = (): Promise<Result<readonly Receipt[], VaultFailure>> => {
      purges++;
      return Promise.resolve({ ok: true, value: [] });
    };
    const stop = keepRetention({ purge }, () => undefined);
    return vi
      .advanceTimersByTimeAsync(2.5 * dayMs)
      .then(() => expect(purges).toBe(3))
      .then(stop)
      .then(() => vi.advanceTimersByTimeAsync(5 * dayMs))
      .then(() => expect(purges).toBe(3));
  });

  it('wraps its key by one whose bytes nobody gets', async () => {
    const database = newDatabase();
    await valueOf(madeVault(database).add(newPerson('Ana', 1)));
    const record = await valueOf(database.use((db) => db.get('vault-key', 'data')));
    const { wrapping } = record as { wrapping: CryptoKey };
    expect(wrapping.extractable).toBe(false);
    await expect(crypto.subtle.exportKey('raw', wrapping)).rejects.toThrow();
    const opened = await valueOf(openKeyRecord(record));
    expect(opened.data.extractable).toBe(false);
    await expect(crypto.subtle.exportKey('raw', opened.data)).rejects.toThrow();
  });

  it('uses no initialisation vector twice', async () => {
    const database = newDatabase();
    const vault = madeVault(database);
    const seen = new Set<string>();
    const collect = async (): Promise<void> => {
      for (const store of ['vault-people', 'vault-templates', 'vault-audit'] as const) {
        for (const value of await valueOf(database.use((db) => db.getAll(store)))) seen.add(Buffer.from((value as { iv: Uint8Array }).iv).toString('hex'));
      }
    };
    const { id } = await valueOf(vault.add(newPerson('Ana', 1)));
    await collect();
    expect(seen.size).toBe(3);
    // The same content again.
    await valueOf(vault.reEnrol(id, { mode: 'replace', templates: [template(1), template(2)] }));
    await collect();
    expect(seen.size).toBe(6);
  });

  it('opens no record in the place of another one, and lists who is damaged so that they can be revoked', async () => {
    const database = newDatabase();
    const vault = madeVault(database);
    const ana = await valueOf(vault.add(newPerson('Ana', 1)));
    const bo = await valueOf(vault.add(newPerson('Bo', 5)));
    const chen = await valueOf(vault.add(newPerson('Chen', 9)));
    const swapped = await valueOf(database.use((db) => db.get('vault-people', bo.id)));
    await valueOf(database.use((db) => db.put('vault-people', swapped, ana.id)));
    await valueOf(database.use(async (db) => db.put('vault-templates', await db.get('vault-templates', ana.id), bo.id)));
    expect(await valueOf(vault.people())).toMatchObject({ people: [{ id: bo.id }, { id: chen.id }], damagedIds: [ana.id] });
    expect(await vault.person(ana.id)).toMatchObject({ ok: false, failure: { code: 'damaged' } });
    expect(await vault.person(bo.id)).toMatchObject({ ok: false, failure: { code: 'damaged' } });
    expect(await valueOf(vault.gallery(modelId, 128))).toMatchObject({ people: [{ id: chen.id }], damagedIds: [ana.id, bo.id] });
    expect(await valueOf(vault.revoke(ana.id))).toMatchObject({ erased: { templates: 2, unreadable: 1 } });
    expect(await valueOf(vault.revoke(bo.id))).toMatchObject({ erased: { templates: 0, unreadable: 1 } });
    expect(await valueOf(vault.people())).toMatchObject({ people: [{ id: chen.id }], damagedIds: [] });
  });

  it.each([
    ['text', 'x'],
    ['an empty record', {}],
    ['another version', { v: 2, iv: new Uint8Array(12), data: new Uint8Array(40) }],
    ['nothing sealed', { v: 1, iv: new Uint8Array(12), data: new Uint8Array(0) }],
  ])('takes %s in the place of a record for damage', async (_what, value) => {
    const database = newDatabase();
    const vault = madeVault(database);
    const { id } = await valueOf(vault.add(newPerson('Ana', 1)));
    for (const store of ['vault-people', 'vault-templates', 'vault-audit', 'vault-receipts', 'vault-state'] as const) await valueOf(database.use((db) => db.put(store, value, store === 'vault-state' ? 'state' : id)));
    expect(await valueOf(vault.people())).toEqual({ people: [], damagedIds: [id] });
    expect(await vault.receipts()).toEqual({ ok: true, value: [] });
    expect(await valueOf(vault.audit())).toMatchObject([{ act: 'enrol' }]);
    expect(await valueOf(vault.revoke(id))).toMatchObject({ erased: { templates: 0, unreadable: 2 } });
    expect((await valueOf(vault.receipts())).length).toBe(1);
  });

  it('says that the key is lost, makes no new one beside old records, and starts afresh when told to', async () => {
    const database = newDatabase();
    await valueOf(madeVault(database).add(newPerson('Ana', 1)));
    const key = await valueOf(database.use((db) => db.get('vault-key', 'data')));
    const damaged = [undefined, {}, { ...(key as object), wrapped: new Uint8Array(48) }, { ...(key as object), id: 'other' }];
    for (const value of damaged) {
      await valueOf(database.use((db) => (value === undefined ? db.delete('vault-key', 'data').then(() => null) : db.put('vault-key', value, 'data'))));
      const vault = madeVault(database);
      for (const call of [vault.people(), vault.add(newPerson('Bo', 2)), vault.revoke('0'), vault.exportBackup('a long passphrase')]) {
        expect(await call).toMatchObject({ ok: false, failure: { code: 'key-lost' } });
      }
    }
    await valueOf(database.use((db) => db.put('vault-key', key, 'data')));
    const vault = madeVault(database);
    expect((await valueOf(vault.people())).people.length).toBe(1);
    await valueOf(vault.eraseEverything());
    expect((await valueOf(vault.people())).people.length).toBe(0);
    expect(await valueOf(database.use((db) => db.count('vault-people')))).toBe(0);
    await valueOf(vault.add(newPerson('Bo', 2)));
    expect((await valueOf(vault.people())).people.length).toBe(1);
  });

  it('loses no change when two tabs change the same person, or make the key, at the same time', async () => {
    const tabs = [madeVault(newDatabase()), madeVault(newDatabase())] as const;
    const [ana, bo] = await Promise.all([valueOf(tabs[0].add(newPerson('Ana', 1))), valueOf(tabs[1].add(newPerson('Bo', 2)))]);
    for (const tab of tabs) expect((await valueOf(tab.people())).people.map(({ id }) => id)).toEqual([ana.id, bo.id]);
    const negatives = [0, 1, 2, 3, 4, 5].map((i) => template(50 + i));
    await Promise.all(negatives.map((negative, i) => valueOf(tabs[i % 2 === 0 ? 0 : 1].addNegative(ana.id, negative))));
    const { negatives: kept, person } = await valueOf(tabs[0].person(ana.id));
    expect(person.holds.negatives).toBe(6);
    expect(new Set(kept.map(({ values }) => values[0]))).toEqual(new Set(negatives.map(({ values }) => values[0])));
  });

  it('goes on with the new key after another tab erased everything', async () => {
    const tabs = [madeVault(newDatabase()), madeVault(newDatabase())] as const;
    await valueOf(tabs[0].add(newPerson('Ana', 1)));
    expect((await valueOf(tabs[1].people())).people.length).toBe(1);
    await valueOf(tabs[0].eraseEverything());
    await valueOf(tabs[0].add(newPerson('Bo', 1)));
    expect((await valueOf(tabs[1].people())).people.map((person) => person.name)).toEqual(['Bo']);
    await valueOf(tabs[0].eraseEverything());
    await valueOf(tabs[1].add(newPerson('Chen', 1)));
    for (const tab of tabs) expect(await valueOf(tab.people())).toMatchObject({ people: [{ name: 'Chen' }], damagedIds: [] });
  });

  it('leaves data of a newer app alone', async () => {
    const newer = createDatabase({ name, migrations: [...allMigrations, { version: allMigrations.length + 1, up: (db) => void db.createObjectStore('later') }] });
    await valueOf(newer.use((db) => Promise.resolve(db.version)));
    await newer.close();
    const vault = madeVault(newDatabase());
    for (const call of [vault.people(), vault.add(newPerson('Ana', 1)), vault.revoke('0'), vault.purge(), vault.eraseEverything()]) {
      expect(await call).toMatchObject({ ok: false, failure: { code: 'too-new' } });
    }
  });

  it.each(['v1.json', 'v2.json', 'v3.json'])('opens in a saved database of an earlier version: %s', async (file) => {
    await restoreSaved(file, name);
    const database = newDatabase();
    const before = await valueOf(database.use((db) => db.get('settings', 'settings')));
    const vault = madeVault(database);
    expect(await valueOf(vault.people())).toEqual({ people: [], damagedIds: [] });
    await valueOf(vault.add(newPerson('Ana', 1)));
    expect((await valueOf(vault.people())).people.length).toBe(1);
    expect(before).toMatchObject({ theme: file === 'v2.json' ? 'light' : 'dark' });
    expect(await valueOf(database.use((db) => db.get('settings', 'settings')))).toEqual(before);
  });
});
