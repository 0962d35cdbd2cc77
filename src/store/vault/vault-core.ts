import type { Failure, Result } from '../../base/index.ts';
import { err, ok } from '../../base/index.ts';
import type { Database } from '../database.ts';
import type { StoreFailure } from '../store-failure.ts';
import type { Bytes, RandomBytes } from './bytes.ts';
import type { Place } from './sealed.ts';
import { seal, stampOf, unseal } from './sealed.ts';
import type { VaultFailure } from './vault-failure.ts';
import type { VaultKey } from './vault-keys.ts';
import { createKeyRecord, keyIdOf, openKeyRecord } from './vault-keys.ts';
import type { Part, Query } from './vault-records.ts';
import { clearVault, commitKey, commitPlan, readRows } from './vault-records.ts';

/** A record that was read. */
export interface OpenedRow {
  readonly key: string;
  /** Tells this writing of the record from every other. */
  readonly stamp: string | null;
  readonly content: Result<Bytes, Failure<'damaged'>>;
}

/** Changes that happen together or not at all, and what to tell of them once they did. */
export interface Change<T> {
  readonly value: T;
  /** Records on which the change is based. */
  readonly expect?: readonly { readonly place: Place; readonly stamp: string | null }[];
  /** Erased before anything is put. */
  readonly erase?: readonly Part[];
  /** At least one. */
  readonly put: readonly { readonly place: Place; readonly content: Bytes }[];
}

/** How often a change is prepared anew because another tab was faster. */
const maxAttempts = 8;

/** Reads and writes sealed records. One change at a time; each is one transaction. */
export class VaultCore {
  #key: VaultKey | null = null;
  #lastChange: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly database: Database,
    readonly random: RandomBytes,
  ) {}

  /** For each query its records, all as they were at one moment. */
  async read(queries: readonly Query[]): Promise<Result<readonly (readonly OpenedRow[])[], VaultFailure>> {
    for (let attempt = 0; attempt < maxAttempts; attempt++) {
      const key = await this.#openKey();
      if (!key.ok) return key;
      const read = await readRows(this.database, queries);
      if (!read.ok) return read;
      const { keyRecord, rows } = read.value;
      if (keyIdOf(keyRecord) === key.value.id) {
        return ok(await Promise.all(queries.map(({ store }, i) => Promise.all((rows[i] ?? []).map((row) => open(key.value, store, row))))));
      }
      this.#key = null;
    }
    return err('conflict', 'the key of the vault changes all the time');
  }

  /**
   * Prepares a change and carries it out. When a record that it is based on has changed meanwhile, it is prepared anew.
   *
   * @param prepare reads what it needs; it may run several times
   */
  change<T, F extends Failure>(prepare: () => Promise<Result<Change<T>, F>>): Promise<Result<T, F | VaultFailure>> {
    return this.#afterOthers(() => this.#change(prepare));
  }

  /** Removes the key and every record: what was sealed can be opened by nobody any more. */
  erase(): Promise<Result<null, StoreFailure>> {
    return this.#afterOthers(() => {
      this.#key = null;
      return clearVault(this.database);
    });
  }

  async #change<T, F extends Failure>(prepare: () => Promise<Result<Change<T>, F>>): Promise<Result<T, F | VaultFailure>> {
    for (let attempt = 0; attempt < maxAttempts; attempt++) {
      const prepared = await prepare();
      if (!prepared.ok) return prepared;
      const key = await this.#openKey();
      if (!key.ok) return key;
      const { value, expect = [], erase = [], put } = prepared.value;
      const sealed = await Promise.all(put.map(async ({ place, content }) => ({ place, sealed: await seal(key.value.data, place, content, this.random) })));
      const committed = await commitPlan(this.database, key.value.id, { expect, erase, put: sealed });
      if (!committed.ok) return committed;
      if (committed.value === 'done') return ok(value);
      if (committed.value === 'other-key') this.#key = null;
    }
    return err('conflict', `${maxAttempts} times another tab was faster`);
  }

  #afterOthers<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#lastChange.then(work);
    this.#lastChange = done.catch(() => undefined);
    return done;
  }

  /** The key, made at first use. A vault with records and without a key gets no new one. */
  async #openKey(): Promise<Result<VaultKey, VaultFailure>> {
    if (this.#key) return ok(this.#key);
    if (!('subtle' in crypto)) return err('unavailable', 'this page has no WebCrypto: it was not loaded in a secure way');
    const kept = await this.#keptKey();
    if (kept !== null) return kept;
    const made = await createKeyRecord(this.random);
    const committed = await commitKey(this.database, made);
    if (!committed.ok) return committed;
    return (await this.#keptKey()) ?? err('key-lost', 'there are records, and no key');
  }

  async #keptKey(): Promise<Result<VaultKey, VaultFailure> | null> {
    const read = await readRows(this.database, []);
    if (!read.ok) return read;
    if (read.value.keyRecord === undefined) return null;
    const opened = await openKeyRecord(read.value.keyRecord);
    if (opened.ok) this.#key = opened.value;
    return opened;
  }
}

async function open(key: VaultKey, store: Place['store'], { key: recordKey, value }: { readonly key: string; readonly value: unknown }): Promise<OpenedRow> {
  return { key: recordKey, stamp: stampOf(value), content: await unseal(key.data, { store, key: recordKey }, value) };
}
