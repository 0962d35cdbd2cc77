import 'fake-indexeddb/auto';
import { deleteDB, openDB } from 'idb';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import type { Database, DatabaseOptions, LintelDb } from '../../src/store/database.ts';
import { createDatabase } from '../../src/store/database.ts';
import { allMigrations } from '../../src/store/migrations/all-migrations.ts';
import type { Migration } from '../../src/store/migrations/migration.ts';
import { defaultSettings } from '../../src/store/settings.ts';
import { createSettingsStore } from '../../src/store/settings-store.ts';
import { restoreSaved } from './saved-databases.ts';

const name = 'database-test';

function openedDatabase(options: Omit<DatabaseOptions, 'name'> = {}): Database {
  const database = createDatabase({ name, ...options });
  onTestFinished(() => database.close());
  return database;
}

const storeNames = (db: LintelDb): Promise<string[]> => Promise.resolve([...db.objectStoreNames]);

const vaultStores = ['vault-audit', 'vault-key', 'vault-people', 'vault-photos', 'vault-pins', 'vault-receipts', 'vault-state', 'vault-templates'];
const allStores = ['backend-memory', 'door-audit', 'door-passkeys', 'door-state', 'imported-files', 'imported-models', 'settings', ...vaultStores];

describe('database', () => {
  beforeEach(() => deleteDB(name));

  it('numbers its migrations 1, 2, 3, ...', () => {
    expect(allMigrations.map((migration) => migration.version)).toEqual(allMigrations.map((_, index) => index + 1));
  });

  it('makes every store on a new device', async () => {
    expect(await openedDatabase().use(storeNames)).toEqual({ ok: true, value: allStores });
  });

  it('brings a saved database of version 1 up to date and keeps what is in it', async () => {
    await restoreSaved('v1.json', name);
    const database = openedDatabase();
    expect(await createSettingsStore(database).read()).toEqual({
      ...defaultSettings,
      language: 'zh-Hans',
      theme: 'dark',
      tasks: ['faces'],
      minScore: { objects: 0.55, faces: 0.7 },
      inputSize: 384,
      targetFps: 20,
      backend: 'wasm',
      mirrorFront: false,
      lensId: 'lens-7',
      facing: 'user',
    });
    expect(await database.use((db) => Promise.resolve(db.version))).toEqual({ ok: true, value: allMigrations.length });
    expect(await database.use((db) => db.count('backend-memory'))).toEqual({ ok: true, value: 0 });
  });

  it('undoes a migration that throws: the old data stays', async () => {
    await restoreSaved('v1.json', name);
    const broken: Migration = {
      version: 2,
      up: (db, transaction) => {
        transaction.objectStore('settings').clear();
        db.createObjectStore('backend-memory');
        throw new DOMException('no', 'UnknownError');
      },
    };
    const result = await openedDatabase({ migrations: [...allMigrations.slice(0, 1), broken] }).use(storeNames);
    expect(result).toMatchObject({ ok: false, failure: { code: 'unavailable' } });
    expect(await createSettingsStore(openedDatabase()).read()).toMatchObject({ lensId: 'lens-7' });
  });

  it('refuses data of a newer version and leaves it alone', async () => {
    const newer = await openDB(name, 99, { upgrade: (db) => void db.createObjectStore('settings').put({ theme: 'dark' }, 'settings') });
    newer.close();
    const store = createSettingsStore(openedDatabase());
    expect(await store.write({ theme: 'light' })).toMatchObject({ ok: false, failure: { code: 'too-new' } });
    expect(store.problem?.code).toBe('too-new');
    const again = await openDB(name);
    expect(again.version).toBe(99);
    expect(await again.get('settings', 'settings')).toEqual({ theme: 'dark' });
    again.close();
  });

  it('opens again after the connection was closed under it', async () => {
    const database = openedDatabase();
    await database.use((db) => db.put('backend-memory', 'kept', 'key'));
    await database.use((db) => {
      db.close();
      return Promise.resolve();
    });
    expect(await database.use((db) => db.get('backend-memory', 'key'))).toEqual({ ok: true, value: 'kept' });
  });

  it('gives up with a failure, not with a loop, when every connection dies', async () => {
    let runs = 0;
    const result = await openedDatabase().use((db) => {
      runs++;
      db.close();
      return db.get('settings', 'settings');
    });
    expect(result).toMatchObject({ ok: false, failure: { code: 'unavailable' } });
    expect(runs).toBe(2);
  });

  it('lets a newer version upgrade at once, and then refuses its data', async () => {
    const old = openedDatabase();
    await old.use(storeNames);
    const next: Migration = { version: allMigrations.length + 1, up: (db) => void db.createObjectStore('later') };
    const newer = openedDatabase({ migrations: [...allMigrations, next], openLimitMs: 1000 });
    expect((await newer.use(storeNames)).ok).toBe(true);
    expect(await old.use(storeNames)).toMatchObject({ ok: false, failure: { code: 'too-new' } });
  });

  it('says that another tab blocks the upgrade, and goes on once it closes', async () => {
    const stubborn = await openDB(name, 1, { upgrade: (db) => void db.createObjectStore('settings') });
    const database = openedDatabase({ openLimitMs: 100 });
    expect(await database.use(storeNames)).toMatchObject({ ok: false, failure: { code: 'blocked' } });
    stubborn.close();
    expect(await database.use(storeNames)).toEqual({ ok: true, value: allStores });
  });

  it('throws what is a bug', async () => {
    const database = openedDatabase();
    await expect(database.use((db) => db.put('settings', () => 0, 'settings'))).rejects.toThrow(/could not be cloned/);
    await expect(database.use(() => Promise.reject(new TypeError('mine')))).rejects.toThrow('mine');
  });
});
