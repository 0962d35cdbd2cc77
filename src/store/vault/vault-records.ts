import type { Result } from '../../base/index.ts';
import { atomically } from '../atomically.ts';
import type { Database } from '../database.ts';
import { reading } from '../reading.ts';
import type { StoreFailure } from '../store-failure.ts';
import type { Place, Sealed, SealedStore } from './sealed.ts';
import { sealedStores, stampOf } from './sealed.ts';
import type { KeyRecord } from './vault-keys.ts';
import { keyIdOf } from './vault-keys.ts';

/** One record, or those whose key begins with a text of hexadecimal digits and slashes. */
export type Part = { readonly store: SealedStore; readonly key: string } | { readonly store: SealedStore; readonly prefix: string };

/** A part of a store, or all of it. */
export type Query = Part | { readonly store: SealedStore };

export interface Row {
  readonly key: string;
  readonly value: unknown;
}

/** Records as they were at one moment. */
export interface Rows {
  readonly keyRecord: unknown;
  /** For each query its rows. */
  readonly rows: readonly (readonly Row[])[];
}

/** Changes that happen together or not at all. */
export interface SealedPlan {
  /** What was read before: someone else may have changed it since, and then nothing is done. */
  readonly expect: readonly { readonly place: Place; readonly stamp: string | null }[];
  readonly erase: readonly Part[];
  /** At least one. */
  readonly put: readonly { readonly place: Place; readonly sealed: Sealed }[];
}

export type Committed = 'done' | 'conflict' | 'other-key';

const keyStore = 'vault-key';
const keyOfKey = 'data';
const allStores = [keyStore, ...sealedStores] as const;

export function readRows(database: Database, queries: readonly Query[]): Promise<Result<Rows, StoreFailure>> {
  return database.use((db) =>
    reading(db, allStores, async (transaction) => {
      const rows = queries.map(async (query) => {
        const store = transaction.objectStore(query.store);
        const range = 'key' in query || 'prefix' in query ? rangeOf(query) : undefined;
        const [keys, values] = await Promise.all([store.getAllKeys(range), store.getAll(range)]);
        return keys.map((key, i): Row => ({ key, value: values[i] }));
      });
      const [keyRecord, ...found] = await Promise.all([transaction.objectStore(keyStore).get(keyOfKey), ...rows]);
      return { keyRecord, rows: found };
    }),
  );
}

/**
 * Carries a plan out in one transaction, for records that were sealed with the key of this id. Safe to run twice: what was
 * carried out already is recognised by its first record.
 */
export function commitPlan(database: Database, keyId: string, plan: SealedPlan): Promise<Result<Committed, StoreFailure>> {
  const [first] = plan.put;
  if (!first) throw new RangeError('a plan leaves at least one record');
  return database.use((db) =>
    atomically(db, allStores, async (transaction): Promise<Committed> => {
      const stampAt = async ({ store, key }: Place): Promise<string | null> => stampOf(await transaction.objectStore(store).get(key));
      const [keyRecord, written, ...stamps] = await Promise.all([
        transaction.objectStore(keyStore).get(keyOfKey),
        stampAt(first.place),
        ...plan.expect.map(({ place }) => stampAt(place)),
      ]);
      if (written === stampOf(first.sealed)) return 'done';
      if (keyIdOf(keyRecord) !== keyId) return 'other-key';
      if (plan.expect.some(({ stamp }, i) => stamp !== stamps[i])) return 'conflict';
      await Promise.allSettled([
        ...plan.erase.map((part) => transaction.objectStore(part.store).delete(rangeOf(part))),
        ...plan.put.map(({ place, sealed }) => transaction.objectStore(place.store).put(sealed, place.key)),
      ]);
      return 'done';
    }),
  );
}

/** Keeps a first key, unless a key or a sealed record is there already. */
export function commitKey(database: Database, record: KeyRecord): Promise<Result<null, StoreFailure>> {
  return database.use((db) =>
    atomically(db, allStores, async (transaction) => {
      const counts = await Promise.all(allStores.map((store) => transaction.objectStore(store).count()));
      if (counts.every((count) => count === 0)) await Promise.allSettled([transaction.objectStore(keyStore).put(record, keyOfKey)]);
      return null;
    }),
  );
}

/** Removes the key and every record. */
export function clearVault(database: Database): Promise<Result<null, StoreFailure>> {
  return database.use((db) =>
    atomically(db, allStores, async (transaction) => {
      await Promise.allSettled(allStores.map((store) => transaction.objectStore(store).clear()));
      return null;
    }),
  );
}

function rangeOf(part: Part): IDBKeyRange | string {
  // The bound lies behind every hexadecimal digit and the slash.
  return 'key' in part ? part.key : IDBKeyRange.bound(part.prefix, `${part.prefix}\uffff`);
}
