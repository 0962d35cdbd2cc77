import type { Result } from '../../base/index.ts';
import { atomically } from '../atomically.ts';
import type { Database } from '../database.ts';
import type { StoreFailure } from '../store-failure.ts';
import { reading } from '../reading.ts';

/** What becomes of a record: `put` takes its place, unless it is not there. */
export interface RecordChange<T> {
  readonly value: T;
  readonly put?: object;
}

export function readState(database: Database, key: string): Promise<Result<unknown, StoreFailure>> {
  return database.use((db) => reading(db, ['door-state'], (transaction) => transaction.objectStore('door-state').get(key)));
}

/** Reads a record and puts another one in its place, with nobody in between; it is on the disk before this answers. */
export function changeState<T>(database: Database, key: string, change: (stored: unknown) => RecordChange<T>): Promise<Result<T, StoreFailure>> {
  return database.use((db) =>
    atomically(db, ['door-state'], async (transaction) => {
      const store = transaction.objectStore('door-state');
      const { value, put } = change(await store.get(key));
      if (put) await Promise.allSettled([store.put(put, key)]);
      return value;
    }),
  );
}

/** Puts one record, and removes another with it: never are both there, or neither. */
export function replaceState(database: Database, { removed, key, put }: { readonly removed: string; readonly key: string; readonly put: object }): Promise<Result<null, StoreFailure>> {
  return database.use((db) =>
    atomically(db, ['door-state'], async (transaction) => {
      const store = transaction.objectStore('door-state');
      await Promise.allSettled([store.delete(removed), store.put(put, key)]);
      return null;
    }),
  );
}

/** Removing what is not there is no failure. */
export function removeState(database: Database, key: string): Promise<Result<null, StoreFailure>> {
  return database.use((db) =>
    atomically(db, ['door-state'], async (transaction) => {
      await Promise.allSettled([transaction.objectStore('door-state').delete(key)]);
      return null;
    }),
  );
}
