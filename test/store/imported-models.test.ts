import 'fake-indexeddb/auto';
import { deleteDB } from 'idb';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { createBackendMemory } from '../../src/store/backend-memory.ts';
import type { Database } from '../../src/store/database.ts';
import { createDatabase } from '../../src/store/database.ts';
import { createImportedModels } from '../../src/store/imported-models.ts';
import { bytesOf, madeModel as model } from './made-model.ts';
import { restoreSaved } from './saved-databases.ts';

const name = 'imported-models-test';
const noPersist = (): Promise<boolean> => Promise.resolve(false);

function newDatabase(): Database {
  const database = createDatabase({ name });
  onTestFinished(() => database.close());
  return database;
}

describe('imported models', () => {
  beforeEach(() => deleteDB(name));

  it('keeps a model with its files for the next visit', async () => {
    const kept = model('mine-1', 'Cups');
    expect(await createImportedModels(newDatabase(), noPersist).add(kept)).toEqual({ ok: true, value: null });
    const later = createImportedModels(newDatabase(), noPersist);
    expect(await later.list()).toEqual({ ok: true, value: [{ id: 'mine-1', card: kept.card }] });
    const read = await later.read('mine-1');
    expect(read).toEqual({ ok: true, value: kept });
  });

  it('lists by title, and knows nothing at first', async () => {
    const models = createImportedModels(newDatabase(), noPersist);
    expect(await models.list()).toEqual({ ok: true, value: [] });
    for (const [id, title] of [['c', 'Birds'], ['a', 'Cups'], ['b', 'Ants']] as const) await models.add(model(id, title));
    const listed = await models.list();
    expect(listed.ok && listed.value.map(({ id }) => id)).toEqual(['b', 'c', 'a']);
  });

  it('asks the browser to keep the data, and keeps it whatever the answer', async () => {
    let asked = 0;
    const models = createImportedModels(newDatabase(), () => Promise.resolve(asked++));
    await models.add(model('mine', 'Cups'));
    expect(asked).toBe(1);
    expect((await models.read('mine')).ok).toBe(true);
  });

  it('renames and removes', async () => {
    const database = newDatabase();
    const models = createImportedModels(database, noPersist);
    await models.add(model('mine', 'Cups'));
    await models.add(model('mine-too', 'Plates'));
    expect(await models.rename('mine', '  Saucers ')).toEqual({ ok: true, value: null });
    expect(await models.read('mine')).toMatchObject({ ok: true, value: { card: { title: 'Saucers' } } });
    expect(await models.remove('mine')).toEqual({ ok: true, value: null });
    expect(await models.read('mine')).toMatchObject({ ok: false, failure: { code: 'model-missing' } });
    expect(await models.rename('mine', 'x')).toMatchObject({ ok: false, failure: { code: 'model-missing' } });
    expect(await models.remove('mine')).toEqual({ ok: true, value: null });
    // Ids that begin alike share no files.
    expect(await database.use((db) => db.getAllKeys('imported-files'))).toEqual({
      ok: true,
      value: [
        ['mine-too', 'model.json'],
        ['mine-too', 'weights.bin'],
      ],
    });
    expect((await models.read('mine-too')).ok).toBe(true);
  });

  it('names the file that is damaged or gone, and is repaired by adding the model again', async () => {
    const database = newDatabase();
    const models = createImportedModels(database, noPersist);
    const kept = model('mine', 'Cups');
    await models.add(kept);
    for (const wrong of [bytesOf('weightz'), bytesOf('weight'), 'weights']) {
      await database.use((db) => db.put('imported-files', wrong, ['mine', 'weights.bin']));
      expect(await models.read('mine')).toMatchObject({ ok: false, failure: { code: 'file-damaged', file: 'weights.bin' } });
    }
    await database.use((db) => db.delete('imported-files', ['mine', 'model.json']));
    expect(await models.read('mine')).toMatchObject({ ok: false, failure: { code: 'file-missing', file: 'model.json' } });
    expect(await models.list()).toMatchObject({ ok: true, value: [{ id: 'mine' }] });
    await models.add(kept);
    expect(await models.read('mine')).toEqual({ ok: true, value: kept });
  });

  it('lists a model whose card is damaged, so that it can be removed', async () => {
    const database = newDatabase();
    const models = createImportedModels(database, noPersist);
    await models.add(model('fine', 'Cups'));
    await database.use((db) => db.put('imported-models', { title: 7 }, 'torn'));
    await database.use((db) => db.put('imported-models', model('other', 'Cups').card, 'swapped'));
    const listed = await models.list();
    expect(listed.ok && listed.value.map(({ id, card }) => [id, card !== null])).toEqual([['fine', true], ['swapped', false], ['torn', false]]);
    for (const id of ['torn', 'swapped']) {
      expect(await models.read(id)).toMatchObject({ ok: false, failure: { code: 'card-damaged' } });
      expect(await models.remove(id)).toEqual({ ok: true, value: null });
    }
    const left = await models.list();
    expect(left.ok && left.value.map(({ id }) => id)).toEqual(['fine']);
  });

  it('keeps nothing of a model whose files are not those of its card', async () => {
    const models = createImportedModels(newDatabase(), noPersist);
    const { card, files } = model('mine', 'Cups');
    expect(await models.add({ card, files: files.slice(1) })).toMatchObject({ ok: false, failure: { code: 'file-missing', file: 'model.json' } });
    expect(await models.add({ card, files: files.map((file) => ({ ...file, bytes: bytesOf('other') })) })).toMatchObject({ ok: false, failure: { code: 'file-damaged' } });
    expect(await models.add({ card: { ...card, labels: [] }, files })).toMatchObject({ ok: false, failure: { code: 'card-damaged' } });
    expect(await models.list()).toEqual({ ok: true, value: [] });
  });

  it('leaves no file of an earlier model under the same id', async () => {
    const database = newDatabase();
    const models = createImportedModels(database, noPersist);
    await models.add(model('mine', 'Cups'));
    const { card, files } = model('mine', 'Cups', ['other graph', 'other weights']);
    const alone = { card: { ...card, files: card.files.slice(0, 1) }, files: files.slice(0, 1) };
    await models.add(alone);
    expect(await database.use((db) => db.getAllKeys('imported-files'))).toEqual({ ok: true, value: [['mine', 'model.json']] });
    expect(await models.read('mine')).toEqual({ ok: true, value: alone });
  });

  it.each([['QuotaExceededError', 'quota'], ['UnknownError', 'unavailable']])('says %s as %s, with nothing half kept', async (errorName, code) => {
    const real = newDatabase();
    /** The disk fails when the second file has been written. */
    const failing: Database = {
      use: (work) =>
        real.use((db) =>
          work(
            new Proxy(db, {
              get: (target, key) => {
                if (key !== 'transaction') return Reflect.get(target, key) as unknown;
                return (...args: Parameters<typeof db.transaction>) => {
                  const transaction = target.transaction(...args);
                  queueMicrotask(() => transaction.abort());
                  return new Proxy(transaction, {
                    get: (inner, field) => {
                      if (field === 'done') return inner.done.catch(() => Promise.reject(new DOMException('injected', errorName)));
                      const value: unknown = Reflect.get(inner, field);
                      return typeof value === 'function' ? (value.bind(inner) as unknown) : value;
                    },
                  });
                };
              },
            }),
          ).catch((thrown: unknown) => Promise.reject(thrown instanceof DOMException ? new DOMException('injected', errorName) : new Error('bug', { cause: thrown }))),
        ),
      close: () => real.close(),
    };
    const kept = model('before', 'Cups');
    await createImportedModels(real, noPersist).add(kept);
    expect(await createImportedModels(failing, noPersist).add(model('after', 'Plates'))).toMatchObject({ ok: false, failure: { code } });
    const models = createImportedModels(real, noPersist);
    expect(await models.list()).toMatchObject({ ok: true, value: [{ id: 'before' }] });
    expect(await real.use((db) => db.count('imported-files'))).toEqual({ ok: true, value: 2 });
    expect(await models.read('before')).toEqual({ ok: true, value: kept });
  });

  it('brings a saved database of version 2 up to date and keeps what is in it', async () => {
    await restoreSaved('v2.json', name);
    const database = newDatabase();
    expect(await createImportedModels(database, noPersist).list()).toEqual({ ok: true, value: [] });
    expect(await createBackendMemory(database).recall('objects/8/browser')).toEqual({ backend: 'webgl', host: 'worker', frameMs: 31 });
  });
});
