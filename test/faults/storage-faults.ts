/**
 * Faults of the database, put under the library that the app uses: the wrapped prototypes are those of the database itself.
 *
 * At the nth write:
 * - `quota`: the transaction finds the disk full once the write was asked for. `quota-at-request`: the write itself is
 *   answered so. `quota-at-commit`: all writes seemed done.
 * - `aborted`: the browser undoes the transaction without a reason. `disk`: the write is answered by an unknown error.
 *
 * At the nth transaction:
 * - `killed-before`: the connection turns out to be dead when it is begun.
 * - `killed-amid`: the connection dies with it under way.
 *
 * At the nth opening:
 * - `open-quota`, `open-aborted`, `open-refused`, `open-broken`: it is answered by QuotaExceededError, AbortError,
 *   InvalidStateError, UnknownError.
 */
export type FaultKind = keyof typeof failureCodes;

/** What each fault is called once it reaches whoever asked the store. A dead connection that is found in time is replaced. */
export const failureCodes = {
  quota: 'quota',
  'quota-at-request': 'quota',
  'quota-at-commit': 'quota',
  aborted: 'unavailable',
  disk: 'unavailable',
  'killed-before': 'unavailable',
  'killed-amid': 'unavailable',
  'open-quota': 'quota',
  'open-aborted': 'unavailable',
  'open-refused': 'unavailable',
  'open-broken': 'unavailable',
} as const;

export const faultKinds = Object.keys(failureCodes) as readonly FaultKind[];

const openErrors: Readonly<Partial<Record<FaultKind, string>>> = {
  'open-quota': 'QuotaExceededError',
  'open-aborted': 'AbortError',
  'open-refused': 'InvalidStateError',
  'open-broken': 'UnknownError',
};

export interface Fault {
  /** Whether there was an nth write, transaction or opening. */
  readonly fired: () => boolean;
  readonly remove: () => void;
}

/** What the stand-in for a browser's database lets a test do. */
interface Abortable {
  _abort(errorName: string): void;
}

interface Executing {
  _execRequestAsync(request: { operation: () => unknown }): IDBRequest;
}

const writeNames = ['put', 'add', 'delete', 'clear'] as const;

type Method = (...args: unknown[]) => unknown;

/** Wraps methods, and puts them back. */
class Wraps {
  readonly #restores: (() => void)[] = [];

  wrap<T extends object>(target: T, name: keyof T & string, make: (original: Method) => (this: never, ...args: unknown[]) => unknown): void {
    const original = target[name] as Method;
    Reflect.set(target, name, make(original));
    this.#restores.push(() => void Reflect.set(target, name, original));
  }

  remove(): void {
    for (const restore of this.#restores.splice(0).reverse()) restore();
  }
}

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
  const wraps = new Wraps();
  const openError = openErrors[kind];
  if (openError !== undefined) faultOpening(wraps, openError, strikes);
  else if (kind === 'killed-before' || kind === 'killed-amid') faultTransaction(wraps, kind, strikes);
  else faultWrite(wraps, kind, strikes);
  return { fired: () => fired, remove: () => wraps.remove() };
}

function faultOpening(wraps: Wraps, errorName: string, strikes: () => boolean): void {
  wraps.wrap(indexedDB.constructor.prototype as IDBFactory, 'open', (original) =>
    function (this: IDBFactory, ...args) {
      if (!strikes()) return original.apply(this, args);
      // An opening that fails for sure: of a lower version than there is. Its reason is replaced.
      const scratch = 'a database of the faults';
      const newer = original.apply(this, [scratch, 2]) as IDBOpenDBRequest;
      newer.addEventListener('success', () => newer.result.close());
      const request = original.apply(this, [scratch, 1]) as IDBOpenDBRequest;
      const error = new DOMException('injected', errorName);
      Object.defineProperty(request, 'error', { get: () => error, set: () => undefined });
      return request;
    },
  );
}

function faultTransaction(wraps: Wraps, kind: 'killed-before' | 'killed-amid', strikes: () => boolean): void {
  wraps.wrap(IDBDatabase.prototype, 'transaction', (original) =>
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

function faultWrite(wraps: Wraps, kind: FaultKind, strikes: () => boolean): void {
  for (const name of writeNames) {
    wraps.wrap(IDBObjectStore.prototype, name, (original) =>
      function (this: IDBObjectStore, ...args) {
        if (!strikes()) return original.apply(this, args);
        if (kind === 'quota-at-request') return answeredBy('QuotaExceededError', this.transaction, () => original.apply(this, args));
        if (kind === 'disk') return answeredBy('UnknownError', this.transaction, () => original.apply(this, args));
        const request = original.apply(this, args) as IDBRequest;
        const abort = (): void => (this.transaction as unknown as Abortable)._abort(kind === 'aborted' ? 'AbortError' : 'QuotaExceededError');
        // A browser tells of it later, when the transaction's other requests have been made.
        if (kind === 'quota-at-commit') request.addEventListener('success', abort);
        else queueMicrotask(abort);
        return request;
      },
    );
  }
}

/** Asks for a write whose own request fails; the browser then undoes the transaction. */
function answeredBy(errorName: string, transaction: IDBTransaction, ask: () => unknown): unknown {
  const executing = transaction as unknown as Executing;
  const execute = executing._execRequestAsync.bind(transaction);
  executing._execRequestAsync = (request) => {
    request.operation = () => {
      throw new DOMException('injected', errorName);
    };
    return execute(request);
  };
  try {
    return ask();
  } finally {
    Reflect.deleteProperty(executing, '_execRequestAsync');
  }
}

/** The writes of a stretch of work, each as the name of its object store. */
export interface Ledger {
  readonly writes: readonly string[];
  readonly remove: () => void;
}

/** Notes every write that the database is asked for. */
export function keepLedger(): Ledger {
  const writes: string[] = [];
  const wraps = new Wraps();
  for (const name of writeNames) {
    wraps.wrap(IDBObjectStore.prototype, name, (original) =>
      function (this: IDBObjectStore, ...args) {
        writes.push(this.name);
        return original.apply(this, args);
      },
    );
  }
  return { writes, remove: () => wraps.remove() };
}
