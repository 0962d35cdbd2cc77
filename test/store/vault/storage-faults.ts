/**
 * Faults of the storage, put under the database library: the wrapped prototypes are those of the database itself.
 * - `quota`: the nth write finds the disk full. `quota-at-commit`: it does so once all writes seemed done.
 * - `killed-before`: the connection turns out to be dead when the nth transaction is begun.
 * - `killed-amid`: the connection dies with the nth transaction under way.
 */
export type FaultKind = 'quota' | 'quota-at-commit' | 'killed-before' | 'killed-amid';

export interface Fault {
  /** Whether there was an nth write or transaction. */
  readonly fired: () => boolean;
  readonly remove: () => void;
}

/** What the stand-in for a browser's database lets a test do. */
interface Abortable {
  _abort(errorName: string): void;
}

const writeNames = ['put', 'add', 'delete', 'clear'] as const;

/** @param nth counted from 1 */
export function injectFault(kind: FaultKind, nth: number): Fault {
  let seen = 0;
  let fired = false;
  const strikes = (): boolean => {
    seen++;
    if (seen !== nth) return false;
    fired = true;
    return true;
  };
  const restores: (() => void)[] = [];
  const wrap = <T extends object>(target: T, name: keyof T & string, make: (original: (...args: unknown[]) => unknown) => (this: never, ...args: unknown[]) => unknown): void => {
    const original = target[name] as (...args: unknown[]) => unknown;
    Reflect.set(target, name, make(original));
    restores.push(() => void Reflect.set(target, name, original));
  };
  if (kind === 'quota' || kind === 'quota-at-commit') {
    for (const name of writeNames) {
      wrap(IDBObjectStore.prototype, name, (original) =>
        function (this: IDBObjectStore, ...args) {
          const request = original.apply(this, args) as IDBRequest;
          if (!strikes()) return request;
          const abort = (): void => (this.transaction as unknown as Abortable)._abort('QuotaExceededError');
          // A browser tells of it later, when the transaction's other requests have been made.
          if (kind === 'quota') queueMicrotask(abort);
          else request.addEventListener('success', abort);
          return request;
        },
      );
    }
  } else {
    wrap(IDBDatabase.prototype, 'transaction', (original) =>
      function (this: IDBDatabase, ...args) {
        const strike = strikes();
        if (strike && kind === 'killed-before') this.close();
        const transaction = original.apply(this, args) as IDBTransaction;
        if (strike && kind === 'killed-amid') {
          queueMicrotask(() => {
            (transaction as unknown as Abortable)._abort('AbortError');
            this.close();
          });
        }
        return transaction;
      },
    );
  }
  return { fired: () => fired, remove: () => restores.forEach((restore) => restore()) };
}
