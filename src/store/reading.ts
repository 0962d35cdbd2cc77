import type { IDBPTransaction, StoreNames } from 'idb';
import type { LintelDb, LintelSchema } from './database.ts';

/** Reads in one transaction, all as it is at one moment. The requests tell of a fault; nobody waits for the transaction. */
export function reading<T, S extends readonly StoreNames<LintelSchema>[]>(db: LintelDb, stores: S, work: (transaction: IDBPTransaction<LintelSchema, S>) => Promise<T>): Promise<T> {
  const transaction = db.transaction(stores);
  transaction.done.catch(() => undefined);
  return work(transaction);
}
