import type { Database, LintelDb } from '../../src/store/database.ts';

type StoreName = LintelDb['objectStoreNames'][number];
type Key = Parameters<LintelDb['get']>[1];

/** Everything in a database: for each object store its keys and values. */
export type Snapshot = readonly { readonly store: StoreName; readonly rows: readonly { readonly key: Key; readonly value: unknown }[] }[];

export async function takeSnapshot(database: Database): Promise<Snapshot> {
  const taken = await database.use((db) =>
    Promise.all(
      [...db.objectStoreNames].map(async (store) => {
        const [keys, values] = await Promise.all([db.getAllKeys(store), db.getAll(store)]);
        return { store, rows: keys.map((key, i) => ({ key, value: values[i] })) };
      }),
    ),
  );
  if (!taken.ok) throw new Error(taken.failure.detail);
  return taken.value;
}

/** Makes a database what it was; it has all stores already. */
export async function putBack(database: Database, snapshot: Snapshot): Promise<void> {
  const done = await database.use(async (db) => {
    const transaction = db.transaction([...db.objectStoreNames], 'readwrite');
    for (const { store, rows } of snapshot) {
      void transaction.objectStore(store).clear();
      for (const { key, value } of rows) void transaction.objectStore(store).put(value, key);
    }
    await transaction.done;
  });
  if (!done.ok) throw new Error(done.failure.detail);
}

/** The object stores that are not what they were, to the last byte; keys that cannot be read are taken for the same. */
export function changedStores(before: Snapshot, after: Snapshot): readonly string[] {
  return after.flatMap(({ store, rows }, i) => (textOf(rows) === textOf(before[i]?.rows) ? [] : [store]));
}

function textOf(rows: unknown): string | undefined {
  return JSON.stringify(rows, (_key, value: unknown) => (value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value instanceof CryptoKey ? 'a key' : value));
}
