import type { IDBPTransaction, StoreNames } from 'idb';
import type { LintelDb, LintelSchema } from './database.ts';

/**
 * All of the work's writes, or none; when it is done they are on the disk, also if the power goes the next moment. The work
 * need not ask how its writes went: when one fails the transaction does, and the transaction knows the reason, where the
 * requests after it only know that they were aborted.
 */
export async function atomically<T, S extends readonly StoreNames<LintelSchema>[]>(
  db: LintelDb,
  stores: S,
  work: (transaction: IDBPTransaction<LintelSchema, S, 'readwrite'>) => Promise<T>,
): Promise<T> {
  const transaction = db.transaction(stores, 'readwrite', { durability: 'strict' });
  const { done } = transaction;
  done.catch(() => undefined);
  let value: T;
  try {
    value = await work(transaction);
  } catch (thrown) {
    // What was written before a bug must not stay. A transaction that ended by itself cannot be aborted again.
    if (!(thrown instanceof DOMException && thrown.name === 'AbortError')) transaction.abort();
    throw thrown;
  }
  await done;
  return value;
}
