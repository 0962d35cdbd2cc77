import type { DBSchema, IDBPDatabase } from 'idb';
import { openDB, unwrap } from 'idb';
import type { Result } from '../base/index.ts';
import { err, messageOf, ok, withDeadline } from '../base/index.ts';
import { allMigrations } from './migrations/all-migrations.ts';
import type { Migration } from './migrations/migration.ts';
import type { StoreFailure } from './store-failure.ts';

/** Values are `unknown`: what lies on a disk is checked when it is read. */
export interface LintelSchema extends DBSchema {
  settings: { key: 'settings'; value: unknown };
  'backend-memory': { key: string; value: unknown };
  'imported-models': { key: string; value: unknown };
  'imported-files': { key: [modelId: string, fileName: string]; value: unknown };
  'vault-key': { key: string; value: unknown };
  'vault-state': { key: string; value: unknown };
  'vault-people': { key: string; value: unknown };
  'vault-templates': { key: string; value: unknown };
  'vault-photos': { key: string; value: unknown };
  'vault-receipts': { key: string; value: unknown };
  'vault-audit': { key: string; value: unknown };
  'vault-pins': { key: string; value: unknown };
  'door-state': { key: string; value: unknown };
  'door-passkeys': { key: string; value: unknown };
  'door-audit': { key: number; value: unknown };
}

export type LintelDb = IDBPDatabase<LintelSchema>;

/** The app's one database. It opens at first use, and again after the browser closed it. */
export interface Database {
  /**
   * Does one piece of work on an open connection. A connection that turns out to be dead is replaced and the work
   * runs a second time, so it must be safe to repeat: one transaction. Bugs in the work are thrown.
   */
  use<T>(work: (db: LintelDb) => Promise<T>): Promise<Result<T, StoreFailure>>;
  /** Ends the connection, e.g. before the database is deleted. A later `use` opens it again. */
  close(): Promise<void>;
}

export interface DatabaseOptions {
  readonly name?: string;
  readonly migrations?: readonly Migration[];
  /** How long another tab may keep an upgrade waiting before `use` answers `blocked`. */
  readonly openLimitMs?: number;
}

export function createDatabase({ name = 'lintel', migrations = allMigrations, openLimitMs = 5000 }: DatabaseOptions = {}): Database {
  return new ReopeningDatabase(name, migrations, openLimitMs);
}

type Opened = Result<LintelDb, StoreFailure>;

class ReopeningDatabase implements Database {
  #opening: Promise<Opened> | null = null;
  #waitsForOtherTab = false;

  constructor(
    private readonly name: string,
    private readonly migrations: readonly Migration[],
    private readonly openLimitMs: number,
  ) {}

  async use<T>(work: (db: LintelDb) => Promise<T>): Promise<Result<T, StoreFailure>> {
    const first = await this.#attempt(work);
    return first === 'closed' ? this.#retry(work) : first;
  }

  async close(): Promise<void> {
    const opened = await this.#opening;
    this.#opening = null;
    if (opened?.ok) opened.value.close();
  }

  async #retry<T>(work: (db: LintelDb) => Promise<T>): Promise<Result<T, StoreFailure>> {
    const second = await this.#attempt(work);
    return second === 'closed' ? err('unavailable', `the browser closes database ${this.name} as soon as it opens`) : second;
  }

  async #attempt<T>(work: (db: LintelDb) => Promise<T>): Promise<Result<T, StoreFailure> | 'closed'> {
    const opened = await this.#connection();
    if (!opened.ok) return opened;
    try {
      return ok(await work(opened.value));
    } catch (thrown) {
      if (!(thrown instanceof DOMException) || bugNames.has(thrown.name)) throw thrown;
      if (thrown.name !== 'InvalidStateError') return failureOf(thrown);
      this.#opening = null;
      return 'closed';
    }
  }

  async #connection(): Promise<Opened> {
    const opening = (this.#opening ??= this.#open());
    const opened = await withDeadline(opening, this.openLimitMs, `opening database ${this.name}`);
    if (!opened.ok) return err(this.#waitsForOtherTab ? 'blocked' : 'unavailable', opened.failure.detail);
    // A failed opening is not kept: the next use tries again.
    if (!opened.value.ok && this.#opening === opening) this.#opening = null;
    return opened.value;
  }

  async #open(): Promise<Opened> {
    const forget = (): void => void (this.#opening = null);
    try {
      const db = await openDB<LintelSchema>(this.name, this.migrations.length, {
        upgrade: (upgrading, oldVersion, _newVersion, transaction) => {
          // An undone upgrade fails the opening, which reports it; nobody else waits for the transaction.
          transaction.done.catch(() => undefined);
          for (const { up } of this.migrations.slice(oldVersion)) up(unwrap(upgrading), unwrap(transaction));
        },
        blocked: () => {
          this.#waitsForOtherTab = true;
        },
        // A newer version of the app wants to upgrade: it must not wait for this tab.
        blocking: (_current, _blocked, event) => {
          if (event.target instanceof IDBDatabase) event.target.close();
          forget();
        },
        terminated: forget,
      });
      return ok(db);
    } catch (thrown) {
      return failureOf(thrown);
    } finally {
      this.#waitsForOtherTab = false;
    }
  }
}

/** What the database throws at a caller that uses it wrongly. */
const bugNames: ReadonlySet<string> = new Set(['DataError', 'DataCloneError', 'ConstraintError', 'ReadOnlyError', 'TransactionInactiveError']);

function failureOf(thrown: unknown): { readonly ok: false; readonly failure: StoreFailure } {
  const name = thrown instanceof DOMException ? thrown.name : '';
  if (name === 'VersionError') return err('too-new', messageOf(thrown));
  return err(name === 'QuotaExceededError' ? 'quota' : 'unavailable', messageOf(thrown));
}
