import 'fake-indexeddb/auto';
import { deleteDB } from 'idb';
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Database } from '../../src/store/database.ts';
import { createDatabase } from '../../src/store/database.ts';
import { defaultSettings, settingsFrom } from '../../src/store/settings.ts';
import { createSettingsStore } from '../../src/store/settings-store.ts';

const name = 'settings-test';

function newDatabase(): Database {
  const database = createDatabase({ name });
  onTestFinished(() => database.close());
  return database;
}

/** A device whose disk fails in a chosen way, until it is told to work again. */
function failingDatabase(errorName: string): Database & { works: boolean } {
  const real = newDatabase();
  return {
    works: false,
    use(work) {
      return real.use((db) => (this.works ? work(db) : Promise.reject(new DOMException('injected', errorName))));
    },
    close: () => real.close(),
  };
}

describe('settings store', () => {
  beforeEach(() => deleteDB(name));

  it('starts with the documented defaults', async () => {
    const store = createSettingsStore(newDatabase());
    expect(await store.read()).toEqual(defaultSettings);
    expect(defaultSettings).toMatchObject({ tasks: ['objects', 'faces'], minScore: { objects: 0.4, faces: 0.5 }, targetFps: 15, facing: 'environment' });
    expect(store.problem).toBeNull();
  });

  it('keeps a change for the next visit', async () => {
    const written = await createSettingsStore(newDatabase()).write({ theme: 'dark', minScore: { faces: 0.8 } });
    expect(written).toEqual({ ok: true, value: { ...defaultSettings, theme: 'dark', minScore: { objects: 0.4, faces: 0.8 } } });
    expect(await createSettingsStore(newDatabase()).read()).toEqual({ ...defaultSettings, theme: 'dark', minScore: { objects: 0.4, faces: 0.8 } });
  });

  it('loses no field when two writes overlap', async () => {
    const store = createSettingsStore(newDatabase());
    await Promise.all([store.write({ targetFps: 30 }), store.write({ lensId: 'a' }), store.write({ minScore: { objects: 0.1 } })]);
    expect(await store.read()).toMatchObject({ targetFps: 30, lensId: 'a', minScore: { objects: 0.1, faces: 0.5 } });
  });

  it('leaves fields of a newer version in the record', async () => {
    const database = newDatabase();
    await database.use((db) => db.put('settings', { theme: 'dark', haptics: 'soft', minScore: { poses: 0.3 } }, 'settings'));
    await createSettingsStore(database).write({ minScore: { faces: 0.6 } });
    const record = await database.use((db) => db.get('settings', 'settings'));
    expect(record).toEqual({ ok: true, value: { theme: 'dark', haptics: 'soft', minScore: { poses: 0.3, faces: 0.6 } } });
  });

  it('throws on a value that is not allowed, stores nothing and goes on', async () => {
    const store = createSettingsStore(newDatabase());
    await expect(store.write({ targetFps: 0 })).rejects.toThrow();
    await expect(store.write({ minScore: { faces: Number.NaN } })).rejects.toThrow();
    expect(await store.read()).toEqual(defaultSettings);
    expect((await store.write({ targetFps: 1 })).ok).toBe(true);
  });

  it.each([
    ['QuotaExceededError', 'quota'],
    ['UnknownError', 'unavailable'],
  ])('holds a change in memory on %s, says so, and saves it later', async (errorName, code) => {
    const database = failingDatabase(errorName);
    const store = createSettingsStore(database);
    expect(await store.write({ theme: 'light', minScore: { faces: 0.9 } })).toMatchObject({ ok: false, failure: { code } });
    expect(await store.read()).toMatchObject({ theme: 'light', minScore: { objects: 0.4, faces: 0.9 } });
    expect(store.problem?.code).toBe(code);
    database.works = true;
    expect((await store.write({ minScore: { objects: 0.2 } })).ok).toBe(true);
    expect(store.problem).toBeNull();
    expect(await createSettingsStore(newDatabase()).read()).toMatchObject({ theme: 'light', minScore: { objects: 0.2, faces: 0.9 } });
  });

  it('finds a change for which the page before had no time left', async () => {
    const place = newPlace();
    const cutOff = createSettingsStore(neverDone(), place);
    void cutOff.write({ language: 'zh-Hans' });
    void cutOff.write({ minScore: { faces: 0.9 } });
    const next = createSettingsStore(newDatabase(), place);
    expect(await next.read()).toEqual({ ...defaultSettings, language: 'zh-Hans', minScore: { objects: 0.4, faces: 0.9 } });
    await next.write({ language: 'en' });
    expect(place.texts).toEqual(new Map());
    expect(await createSettingsStore(newDatabase(), place).read()).toMatchObject({ language: 'en', minScore: { faces: 0.9 } });
  });

  it('keeps a change that comes while another one is being saved', async () => {
    const place = newPlace();
    const store = createSettingsStore(newDatabase(), place);
    const first = store.write({ theme: 'dark' });
    const second = store.write({ theme: 'light' });
    await first;
    expect(place.texts.size, 'the second one still waits').toBe(1);
    await second;
    expect(place.texts).toEqual(new Map());
    expect((await createSettingsStore(newDatabase()).read()).theme).toBe('light');
  });

  it.each(['{', '[]', '7', '{"targetFps":0}', '{"theme":"dark","more":1}'])('takes no change from %s', async (text) => {
    const place = newPlace();
    place.setItem('lintel-unsaved-settings', text);
    expect(await createSettingsStore(newDatabase(), place).read()).toEqual(defaultSettings);
  });

  it('does without a place that refuses', async () => {
    const refuse = () => {
      throw new DOMException('no', 'SecurityError');
    };
    const store = createSettingsStore(newDatabase(), { getItem: refuse, setItem: refuse, removeItem: refuse });
    expect((await store.write({ theme: 'dark' })).ok).toBe(true);
  });

  it('works in memory where there is no IndexedDB at all', async () => {
    vi.stubGlobal('indexedDB', undefined);
    onTestFinished(() => void vi.unstubAllGlobals());
    const store = createSettingsStore(newDatabase());
    expect(await store.write({ language: 'zh-Hans' })).toMatchObject({ ok: false, failure: { code: 'unavailable' } });
    expect(await store.read()).toEqual({ ...defaultSettings, language: 'zh-Hans' });
    expect(store.problem?.code).toBe('unavailable');
  });
});

/** As local storage is. */
function newPlace() {
  const texts = new Map<string, string>();
  return { texts, getItem: (key: string) => texts.get(key) ?? null, setItem: (key: string, text: string) => void texts.set(key, text), removeItem: (key: string) => void texts.delete(key) };
}

/** A database that is still busy when its page ends. */
function neverDone(): Database {
  return { ...newDatabase(), use: () => new Promise(() => undefined) };
}

describe('settingsFrom', () => {
  it('takes the default for a damaged field only', () => {
    expect(settingsFrom({ theme: 'dark', targetFps: -3 })).toEqual({ ...defaultSettings, theme: 'dark' });
    expect(settingsFrom({ minScore: { objects: 2, faces: 0.7 } })).toEqual({ ...defaultSettings, minScore: { objects: 0.4, faces: 0.7 } });
    expect(settingsFrom({ tasks: ['poses', 'faces', 'faces'] })).toMatchObject({ tasks: ['faces'] });
    expect(settingsFrom({ tasks: [] })).toMatchObject({ tasks: [] });
  });

  it.each([undefined, null, 7, 'dark', [], { minScore: null, tasks: 'all', inputSize: Number.NaN }])('gives all defaults for %j', (stored) => {
    expect(settingsFrom(stored)).toEqual(defaultSettings);
  });
});

describe('the choice of models', () => {
  it('changes one task at a time and passes over what it does not know', async () => {
    await deleteDB(name);
    const store = createSettingsStore(newDatabase());
    await store.write({ models: { objects: 'mine' } });
    await store.write({ models: { faces: 'other' } });
    expect((await store.read()).models).toEqual({ objects: 'mine', faces: 'other' });
    expect(settingsFrom({ models: { objects: 'mine', poses: 'newer', faces: 7 } }).models).toEqual({ objects: 'mine' });
    expect(settingsFrom({ models: ['mine'] }).models).toEqual({});
    expect(settingsFrom({ models: 'mine' })).toEqual(defaultSettings);
  });
});
