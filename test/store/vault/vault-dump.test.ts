import 'fake-indexeddb/auto';
import { deleteDB, openDB } from 'idb';
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Database } from '../../../src/store/database.ts';
import { createDatabase } from '../../../src/store/database.ts';
import { toHex } from '../../../src/store/vault/bytes.ts';
import type { Person } from '../../../src/store/vault/person.ts';
import { sealedStores, unseal } from '../../../src/store/vault/sealed.ts';
import { openKeyRecord } from '../../../src/store/vault/vault-keys.ts';
import { dumpDatabase, holds, numberWritings, writings } from './dump.ts';
import { consent, madeVault, newPerson, passphrase, photo, template, valueOf } from './made-vault.ts';

const name = 'vault-dump-test';
const anaName = 'Ana Lovelace-Ōkami';
const templates = [template(1), template(2)];
const negative = template(3);
const picture = photo(4);

/** All that would give Ana away, in the ways that programs write it. */
function piecesOf(person: Person): readonly Uint8Array[] {
  return [
    ...writings(anaName),
    ...writings('Anna'),
    ...writings('numbers of my face'),
    ...writings(consent.version),
    ...[...templates, negative].flatMap(({ values }) => numberWritings(values)),
    picture.bytes.subarray(100, 116),
    new TextEncoder().encode('image/jpeg'),
    new TextEncoder().encode(`${person.retainUntilMs}`),
  ];
}

async function enrolAna(database: Database): Promise<Person> {
  const vault = madeVault(database);
  const ana = await valueOf(vault.add(newPerson(anaName, 1, { templates, photos: [picture] })));
  await valueOf(vault.addNegative(ana.id, negative));
  return ana;
}

/** The vault's content as its own program sees it: everything unsealed. */
async function opened(): Promise<Uint8Array> {
  const db = await openDB(name);
  const key = await valueOf(openKeyRecord(await db.get('vault-key', 'data')));
  const contents: Uint8Array[] = [];
  for (const store of sealedStores) {
    for (const recordKey of (await db.getAllKeys(store)) as string[]) contents.push(await valueOf(unseal(key.data, { store, key: recordKey }, await db.get(store, recordKey))));
  }
  db.close();
  return Buffer.concat(contents);
}

describe('what lies on the disk', () => {
  beforeEach(() => deleteDB(name));

  function newDatabase(): Database {
    const database = createDatabase({ name });
    onTestFinished(() => database.close());
    return database;
  }

  it('shows no template, name, consent or photo in a dump of the database', async () => {
    const ana = await enrolAna(newDatabase());
    const dump = await dumpDatabase(name);
    expect(piecesOf(ana).filter((piece) => holds(dump, piece)).map((piece) => Buffer.from(piece).toString())).toEqual([]);
    // The scan finds what it looks for where it is: in the opened records, and the id in the dump.
    const content = await opened();
    expect(holds(content, writings(anaName)[0]!)).toBe(true);
    expect(holds(content, numberWritings(templates[0]!.values)[0]!)).toBe(true);
    expect(holds(content, picture.bytes)).toBe(true);
    expect(holds(dump, new TextEncoder().encode(ana.id))).toBe(true);
  });

  it('gives nothing away in the length of a backup or in its plain beginning', async () => {
    const database = newDatabase();
    const ana = await enrolAna(database);
    const { file } = await valueOf(madeVault(database).exportBackup(passphrase));
    const bytes = new Uint8Array(await file.arrayBuffer());
    expect([...piecesOf(ana), new TextEncoder().encode(ana.id), Buffer.from(ana.id, 'hex')].filter((piece) => holds(bytes, piece))).toEqual([]);
  });

  it('holds no trace of a person who was revoked but the receipt: not in a store, sealed or opened, not in a cache, not in a log', async () => {
    const logged: string[] = [];
    for (const method of ['log', 'info', 'warn', 'error', 'debug'] as const) vi.spyOn(console, method).mockImplementation((...args) => void logged.push(args.map(String).join(' ')));
    onTestFinished(() => void vi.restoreAllMocks());
    const opened_: string[] = [];
    vi.stubGlobal('caches', { open: (cache: string) => Promise.reject(new Error(`opened ${opened_.push(cache)}`)), keys: () => Promise.resolve(opened_) });
    onTestFinished(() => void vi.unstubAllGlobals());
    const database = newDatabase();
    const vault = madeVault(database);
    const bo = await valueOf(vault.add(newPerson('Bo', 50)));
    const ana = await enrolAna(database);
    await valueOf(vault.rename(ana.id, 'Anna'));
    await valueOf(vault.reEnrol(ana.id, { mode: 'add', templates: [template(9)] }));
    await valueOf(vault.exportBackup(passphrase));
    await valueOf(vault.revoke(ana.id));
    const dump = await dumpDatabase(name);
    const content = await opened();
    // Bo agreed to the same text and is kept for the same time.
    const shared = [...writings('numbers of my face'), ...writings(consent.version), new TextEncoder().encode(`${ana.retainUntilMs}`)].map(toHex);
    const pieces = [...piecesOf(ana), ...writings(ana.id), Buffer.from(ana.id, 'hex'), ...numberWritings(template(9).values)].filter((piece) => !shared.includes(toHex(piece)));
    expect(pieces.filter((piece) => holds(dump, piece) || holds(content, piece)).map((piece) => Buffer.from(piece).toString())).toEqual([]);
    expect(logged).toEqual([]);
    expect(opened_).toEqual([]);
    expect(await valueOf(database.use(async (db) => ({ people: await db.getAllKeys('vault-people'), templates: await db.getAllKeys('vault-templates'), photos: await db.count('vault-photos'), receipts: await db.count('vault-receipts') })))).toEqual({
      people: [bo.id],
      templates: [bo.id],
      photos: 0,
      receipts: 1,
    });
  });
});
