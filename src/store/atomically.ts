import type { IDBPTransaction, StoreNames } from 'idb';
import type { LintelDb, LintelSchema } from './database.ts';

type Writing<S extends readonly StoreNames<LintelSchema>[]> = IDBPTransaction<LintelSchema, S, 'readwrite'>;

/**
 * All of the work's writes, or none; when it is done they are on the disk, also if the power goes the next moment. The work
 * need not ask how its writes went: when one fails the transaction does, and the transaction knows the reason, where the
 * requests after it only know that they were aborted.
 *
 * @throws DOMException why the transaction was undone: a full disk, whoever noticed it first, is a `QuotaExceededError`
 */
export async function atomically<T, S extends readonly StoreNames<LintelSchema>[]>(
  db: LintelDb,
  stores: S,
  work: (transaction: Writing<S>) => Promise<T>,
): Promise<T> {
  const transaction = db.transaction(stores, 'readwrite', { durability: 'strict' });
  // The library's own promise ends with a request's error, before the transaction has a reason.
  transaction.done.catch(() => undefined);
  const ended = endOf(transaction);
  ended.catch(() => undefined);
  let value: T;
  try {
    value = await work(transaction);
  } catch (thrown) {
    // What was written before must not stay. Where the browser was first to undo it, the transaction knows why.
    if (abort(transaction)) throw thrown;
    await ended;
    throw thrown;
  }
  await ended;
  return value;
}

/** Resolves with the commit; rejects with the reason of an abort. */
function endOf<S extends readonly StoreNames<LintelSchema>[]>(transaction: Writing<S>): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.addEventListener('complete', () => resolve());
    transaction.addEventListener('abort', () => reject(transaction.error ?? new DOMException('the transaction was undone', 'AbortError')));
  });
}

/** @returns false when it had ended by itself before */
function abort<S extends readonly StoreNames<LintelSchema>[]>(transaction: Writing<S>): boolean {
  try {
    transaction.abort();
    return true;
  } catch {
    return false;
  }
}
