import 'fake-indexeddb/auto';
import { deleteDB } from 'idb';
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { createBackendMemory } from '../../src/store/backend-memory.ts';
import type { Database } from '../../src/store/database.ts';
import { createDatabase } from '../../src/store/database.ts';

const name = 'backend-memory-test';

function newDatabase(): Database {
  const database = createDatabase({ name });
  onTestFinished(() => database.close());
  return database;
}

describe('backend memory', () => {
  beforeEach(() => deleteDB(name));

  it('recalls what it was told, by key, until it forgets', async () => {
    const wasm = { backend: 'wasm', host: 'worker', frameMs: 106.5 } as const;
    await createBackendMemory(newDatabase()).remember('here', wasm);
    const memory = createBackendMemory(newDatabase());
    expect(await memory.recall('here')).toEqual(wasm);
    expect(await memory.recall('elsewhere')).toBeNull();
    await memory.forget();
    expect(await memory.recall('here')).toBeNull();
  });

  it.each([{ backend: 'webgpu', host: 'worker', frameMs: 1 }, { backend: 'wasm', host: 'worker', frameMs: Number.NaN }, 'wasm', null])(
    'takes the damaged record %j for none',
    async (record) => {
      const database = newDatabase();
      await database.use((db) => db.put('backend-memory', record, 'key'));
      expect(await createBackendMemory(database).recall('key')).toBeNull();
    },
  );

  it('does without where nothing can be stored', async () => {
    vi.stubGlobal('indexedDB', undefined);
    onTestFinished(() => void vi.unstubAllGlobals());
    const memory = createBackendMemory(newDatabase());
    await memory.remember('key', { backend: 'cpu', host: 'page', frameMs: 900 });
    expect(await memory.recall('key')).toBeNull();
  });
});
