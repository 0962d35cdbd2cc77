import 'fake-indexeddb/auto';
import { deleteDB } from 'idb';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../../../src/store/database.ts';
import { createDatabase } from '../../../src/store/database.ts';
import { backupCost } from '../../../src/store/vault/kdf.ts';
import type { PersonFile } from '../../../src/store/vault/person.ts';
import { dayMs } from '../../../src/store/vault/person.ts';
import type { Vault } from '../../../src/store/vault/vault.ts';
import { cheapKdf, madeVault, newPerson, passphrase, photo, RememberedKdf, SetCalendar, startMs, template, valueOf } from './made-vault.ts';

const names = ['backup-test-here', 'backup-test-there'] as const;
const databases: Database[] = [];

/** A device of its own. */
function device(which: 0 | 1, calendar = new SetCalendar()): Vault {
  const database = createDatabase({ name: names[which] });
  databases.push(database);
  return madeVault(database, calendar, cheapKdf);
}

async function everyone(vault: Vault): Promise<readonly PersonFile[]> {
  const { people } = await valueOf(vault.people());
  return Promise.all(people.map(({ id }) => valueOf(vault.person(id))));
}

const namesOf = (people: readonly { readonly name: string }[]): readonly string[] => people.map(({ name }) => name);

async function changed(file: Blob, change: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer>): Promise<Blob> {
  return new Blob([change(new Uint8Array(await file.arrayBuffer()))]);
}

const withNumber = (at: number, value: number) => (bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> => {
  new DataView(bytes.buffer).setUint32(at, value, true);
  return bytes;
};

describe('backup', () => {
  beforeEach(async () => {
    await Promise.all(databases.splice(0).map((database) => database.close()));
    await Promise.all(names.map((name) => deleteDB(name)));
  });
  afterAll(() => Promise.all(databases.map((database) => database.close())));

  it('brings everyone to another device, exactly', async () => {
    const here = device(0);
    const ana = await valueOf(here.add(newPerson('Ana', 1, { photos: [photo(1), photo(2)] })));
    await valueOf(here.add(newPerson('小明', 10)));
    await valueOf(here.addNegative(ana.id, template(30)));
    const made = await valueOf(here.exportBackup(passphrase));
    expect(made).toMatchObject({ people: 2, leftOutIds: [] });
    const there = device(1);
    expect(await valueOf(there.inspectBackup(made.file, passphrase))).toMatchObject({
      madeAtMs: startMs,
      own: false,
      newerBackups: 0,
      people: [{ fate: 'add', receipt: null }, { fate: 'add', receipt: null }],
    });
    expect((await valueOf(there.people())).people).toEqual([]);
    expect(namesOf((await valueOf(there.restore(made.file, passphrase))).added).toSorted()).toEqual(['Ana', '小明']);
    expect(await everyone(there)).toEqual(await everyone(here));
    expect(await valueOf(there.photos(ana.id))).toEqual([photo(1), photo(2)]);
    expect((await valueOf(there.audit())).map(({ act, people, templates }) => [act, people, templates])).toEqual([['restore', 2, 4]]);
    // The same again changes nothing.
    expect(await valueOf(there.restore(made.file, passphrase))).toMatchObject({ added: [], replaced: [], kept: [{}, {}] });
  });

  it('opens with Argon2id as it ships, with the passphrase however a keyboard composes it', async () => {
    const kdf = new RememberedKdf();
    const database = createDatabase({ name: names[0] });
    databases.push(database);
    const vault = madeVault(database, new SetCalendar(), kdf.derive);
    const ana = await valueOf(vault.add(newPerson('Ana', 1)));
    const { file } = await valueOf(vault.exportBackup('Zuge\u0301hört, mein Schloß'));
    expect(kdf.asked).toBe(1);
    await valueOf(vault.eraseEverything());
    expect(await vault.restore(file, 'Zugehört, mein Schloß')).toMatchObject({ ok: false, failure: { code: 'wrong-passphrase-or-altered' } });
    expect(namesOf((await valueOf(vault.restore(file, 'Zug\u00e9hört, mein Schloß'))).added)).toEqual(['Ana']);
    expect(await valueOf(vault.person(ana.id))).toMatchObject({ person: ana, templates: [template(1), template(2)] });
  });

  it('wants a passphrase that is worth the name for a new backup', async () => {
    const vault = device(0);
    expect(await vault.exportBackup('elevenchars')).toMatchObject({ ok: false, failure: { code: 'weak-passphrase' } });
    expect((await valueOf(vault.audit())).length).toBe(0);
    const { file } = await valueOf(vault.exportBackup('twelve chars'));
    expect(await vault.inspectBackup(file, '')).toMatchObject({ ok: false, failure: { code: 'wrong-passphrase-or-altered' } });
  });

  it('lets the newer record of a person win, in both directions', async () => {
    const calendar = new SetCalendar();
    const here = device(0, calendar);
    const ana = await valueOf(here.add(newPerson('Ana', 1, { photos: [photo(1)] })));
    const bo = await valueOf(here.add(newPerson('Bo', 10)));
    const there = device(1, calendar);
    await valueOf(there.restore((await valueOf(here.exportBackup(passphrase))).file, passphrase));
    calendar.nowMs += dayMs;
    await valueOf(here.reEnrol(ana.id, { mode: 'replace', templates: [template(50)], photos: [photo(9)] }));
    await valueOf(there.rename(bo.id, 'Bob'));
    const { file } = await valueOf(here.exportBackup(passphrase));
    const restored = await valueOf(there.restore(file, passphrase));
    expect([namesOf(restored.replaced), namesOf(restored.kept)]).toEqual([['Ana'], ['Bo']]);
    expect(await valueOf(there.person(ana.id))).toEqual(await valueOf(here.person(ana.id)));
    expect(await valueOf(there.photos(ana.id))).toEqual([photo(9)]);
    expect(namesOf((await valueOf(there.people())).people)).toEqual(['Ana', 'Bob']);
  });

  it('refuses to bring back who was revoked, and knows them without their name', async () => {
    const calendar = new SetCalendar();
    const vault = device(0, calendar);
    const ana = await valueOf(vault.add(newPerson('Ana', 1)));
    await valueOf(vault.add(newPerson('Bo', 10)));
    const { file } = await valueOf(vault.exportBackup(passphrase));
    const receipt = await valueOf(vault.revoke(ana.id));
    calendar.nowMs += dayMs;
    await valueOf(vault.exportBackup(passphrase));
    const view = await valueOf(vault.inspectBackup(file, passphrase));
    expect(view).toMatchObject({ own: true, newerBackups: 1 });
    expect(view.people.map(({ person, fate, receipt: of }) => [person.name, fate, of])).toEqual(
      expect.arrayContaining([
        ['Ana', 'revoked', receipt],
        ['Bo', 'keep', null],
      ]),
    );
    for (const bringBack of [[], ['Bo'], ['ana'], ['An']]) {
      expect(namesOf((await valueOf(vault.restore(file, passphrase, { bringBack }))).refused)).toEqual(['Ana']);
      expect(namesOf((await valueOf(vault.people())).people)).toEqual(['Bo']);
    }
    const restored = await valueOf(vault.restore(file, passphrase, { bringBack: [' Ana '] }));
    expect([namesOf(restored.added), namesOf(restored.refused)]).toEqual([['Ana'], []]);
    expect(namesOf((await valueOf(vault.people())).people)).toEqual(['Ana', 'Bo']);
    // The receipt says what was done then, and stays.
    expect(await valueOf(vault.receipts())).toEqual([receipt]);
    // Revoked once more, the person needs the owner's word once more.
    await valueOf(vault.revoke(ana.id));
    expect(namesOf((await valueOf(vault.restore(file, passphrase))).refused)).toEqual(['Ana']);
  });

  it('brings nobody back in the shadow of a namesake', async () => {
    const vault = device(0);
    for (const seed of [1, 10]) await valueOf(vault.add(newPerson('Ana', seed)));
    const { file } = await valueOf(vault.exportBackup(passphrase));
    for (const { id } of (await valueOf(vault.people())).people) await valueOf(vault.revoke(id));
    expect((await valueOf(vault.restore(file, passphrase, { bringBack: ['Ana'] }))).refused.length).toBe(2);
    expect((await valueOf(vault.restore(file, passphrase, { bringBack: ['Ana', 'Ana'] }))).added.length).toBe(2);
  });

  it('knows on a new device who was revoked on the old one, from a newer backup', async () => {
    const here = device(0);
    const ana = await valueOf(here.add(newPerson('Ana', 1)));
    const old = await valueOf(here.exportBackup(passphrase));
    await valueOf(here.revoke(ana.id));
    const newer = await valueOf(here.exportBackup(passphrase));
    const there = device(1);
    await valueOf(there.restore(newer.file, passphrase));
    expect(await valueOf(there.receipts())).toEqual(await valueOf(here.receipts()));
    expect(namesOf((await valueOf(there.restore(old.file, passphrase))).refused)).toEqual(['Ana']);
    expect((await valueOf(there.people())).people).toEqual([]);
  });

  it('brings back nobody whose retention is over', async () => {
    const calendar = new SetCalendar();
    const vault = device(0, calendar);
    await valueOf(vault.add(newPerson('Ana', 1)));
    const { file } = await valueOf(vault.exportBackup(passphrase));
    calendar.nowMs += 366 * dayMs;
    await valueOf(vault.purge());
    expect(namesOf((await valueOf(vault.restore(file, passphrase, { bringBack: ['Ana'] }))).overdue)).toEqual(['Ana']);
    expect((await valueOf(vault.people())).people).toEqual([]);
  });

  it('leaves out of a backup who cannot be read, says so, and repairs them from an older one', async () => {
    const vault = device(0);
    const ana = await valueOf(vault.add(newPerson('Ana', 1, { photos: [photo(1)] })));
    await valueOf(vault.add(newPerson('Bo', 10)));
    const { file } = await valueOf(vault.exportBackup(passphrase));
    const database = databases[0]!;
    for (const store of ['vault-people', 'vault-templates'] as const) {
      await valueOf(database.use((db) => db.put(store, { v: 1, iv: new Uint8Array(12), data: new Uint8Array(30) }, ana.id)));
      expect(await valueOf(vault.exportBackup(passphrase))).toMatchObject({ people: 1, leftOutIds: [ana.id] });
      expect(namesOf((await valueOf(vault.restore(file, passphrase))).replaced)).toEqual(['Ana']);
      expect(await valueOf(vault.person(ana.id))).toMatchObject({ person: ana, templates: [template(1), template(2)] });
      expect(await valueOf(vault.photos(ana.id))).toEqual([photo(1)]);
    }
  });

  it('refuses a file that is none of its own, cut, longer than it says, or newer', async () => {
    const vault = device(0);
    await valueOf(vault.add(newPerson('Ana', 1)));
    const { file } = await valueOf(vault.exportBackup(passphrase));
    const cases: readonly (readonly [code: string, file: Blob])[] = [
      ['not-a-backup', new Blob([])],
      ['not-a-backup', new Blob(['%PDF-1.7 and so on, for more than the length of a header, which is seventy-six bytes'])],
      ['not-a-backup', new Blob(['LINTELBX'])],
      ['backup-cut', new Blob(['LINTEL'])],
      ['backup-cut', file.slice(0, 75)],
      ['backup-cut', file.slice(0, 76)],
      ['backup-cut', file.slice(0, file.size - 1)],
      ['backup-trailing', new Blob([file, 'x'])],
      ['backup-too-new', await changed(file, (bytes) => bytes.with(8, 2))],
      ['backup-damaged', await changed(file, (bytes) => bytes.with(8, 0))],
      ['backup-damaged', await changed(file, (bytes) => bytes.with(11, 1))],
      ['kdf-unknown', await changed(file, (bytes) => bytes.with(10, 0))],
      ['backup-too-large', await changed(file, withNumber(72, 0xffffffff))],
      ['backup-damaged', await changed(file.slice(0, 80), withNumber(72, 4))],
      ['wrong-passphrase-or-altered', await changed(file, (bytes) => bytes.with(100, (bytes[100] ?? 0) ^ 1))],
    ];
    for (const [code, wrong] of cases) {
      expect([code, await vault.inspectBackup(wrong, passphrase)]).toMatchObject([code, { ok: false, failure: { code } }]);
      expect([code, await vault.restore(wrong, passphrase)]).toMatchObject([code, { ok: false, failure: { code } }]);
    }
    expect(await vault.restore(file, `${passphrase}!`)).toMatchObject({ ok: false, failure: { code: 'wrong-passphrase-or-altered' } });
  });

  it('derives no key of a cost that is too low to be ours or too high for a device', async () => {
    const kdf = new RememberedKdf();
    const { file } = await valueOf(device(0).exportBackup(passphrase));
    const database = createDatabase({ name: names[1] });
    databases.push(database);
    const vault = madeVault(database, new SetCalendar(), kdf.derive);
    const costs: readonly (readonly [at: number, value: number])[] = [12, 16, 20].flatMap((at) => [[at, 0] as const, [at, 0xffffffff] as const, [at, 0x80000000] as const]);
    for (const [at, value] of [...costs, [12, 1], [12, 11], [16, 19 * 1024 - 1], [16, 256 * 1024 + 1], [20, 17]] as const) {
      expect([at, value, await vault.restore(await changed(file, withNumber(at, value)), passphrase)]).toMatchObject([at, value, { ok: false, failure: { code: 'kdf-cost' } }]);
    }
    expect(kdf.asked).toBe(0);
    expect(backupCost).toEqual({ passes: 3, memoryKib: 65536, lanes: 4 });
  });

  it('says when the key cannot be derived here', async () => {
    const { file } = await valueOf(device(0).exportBackup(passphrase));
    const database = createDatabase({ name: names[0] });
    databases.push(database);
    const vault = madeVault(database, new SetCalendar(), () => Promise.resolve({ ok: false, failure: { code: 'kdf-failed', detail: 'no memory' } }));
    expect(await vault.exportBackup(passphrase)).toMatchObject({ ok: false, failure: { code: 'kdf-failed' } });
    expect(await vault.restore(file, passphrase)).toMatchObject({ ok: false, failure: { code: 'kdf-failed' } });
  });
});
