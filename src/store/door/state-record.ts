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

/** Removing what is not there is no failure. */
export function removeState(database: Database, key: string): Promise<Result<null, StoreFailure>> {
  return database.use((db) =>
    atomically(db, ['door-state'], async (transaction) => {
      await Promise.allSettled([transaction.objectStore('door-state').delete(key)]);
      return null;
    }),
  );
}
