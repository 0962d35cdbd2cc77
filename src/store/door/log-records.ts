import type { Checkpoint, LogKeys, WithSignature } from '../../audit/index.ts';
import { readCheckpoint } from '../../audit/index.ts';
import type { Result } from '../../base/index.ts';
import { atomically } from '../atomically.ts';
import type { Database } from '../database.ts';
import type { StoreFailure } from '../store-failure.ts';
import { reading } from '../reading.ts';

const stores = ['door-state', 'door-audit'] as const;
const keyOfKeys = 'log-keys';
const keyOfHead = 'log-head';

/** What the log needs to know before it goes on. */
export interface LogEnd {
  readonly keys: LogKeys | null;
  /** A signed checkpoint as text: how many lines there are, and which is the last. */
  readonly head: string | null;
  /** The line of which the head speaks; null when it is gone. */
  readonly last: string | null;
  /** How many lines lie on the disk. */
  readonly stored: number;
}

/** Changes that happen together or not at all. */
export interface LogChange {
  /** The head on which the change is based; null for none. */
  readonly onHead: string | null;
  /** Kept when there are none yet, or with `anew`. */
  readonly keys: LogKeys;
  readonly head: string;
  readonly lines: readonly { readonly seq: number; readonly text: string }[];
  /** Removes the lines up to this one; 0 for none. */
  readonly cutUpToSeq: number;
  /** Removes everything first, whatever it is. */
  readonly anew: boolean;
}

export function readLogEnd(database: Database): Promise<Result<LogEnd, StoreFailure>> {
  return database.use((db) =>
    reading(db, stores, async (transaction) => {
      const state = transaction.objectStore('door-state');
      const lines = transaction.objectStore('door-audit');
      const [keys, head, stored] = await Promise.all([state.get(keyOfKeys), state.get(keyOfHead), lines.count()]);
      const checkpoint = readHead(head);
      const last = checkpoint ? await lines.get(checkpoint.lastSeq) : null;
      return { keys: isLogKeys(keys) ? keys : null, head: textOf(head), last: textOf(last), stored };
    }),
  );
}

/** The lines as they lie there, oldest first; null for one that is no text. */
export function readLines(database: Database): Promise<Result<readonly (string | null)[], StoreFailure>> {
  return database.use((db) => reading(db, ['door-audit'], async (transaction) => (await transaction.objectStore('door-audit').getAll()).map(textOf)));
}

/** The newest lines, newest first; null for one that is no text. */
export function readNewest(database: Database, count: number): Promise<Result<readonly (string | null)[], StoreFailure>> {
  return database.use((db) =>
    reading(db, ['door-audit'], async (transaction) => {
      const found: (string | null)[] = [];
      let cursor = count > 0 ? await transaction.objectStore('door-audit').openCursor(null, 'prev') : null;
      while (cursor) {
        found.push(textOf(cursor.value));
        cursor = found.length < count ? await cursor.continue() : null;
      }
      return found;
    }),
  );
}

/** Carries a change out in one transaction. Safe to run twice: what was carried out already is recognised by its head. */
export function commitLog(database: Database, change: LogChange): Promise<Result<'done' | 'conflict', StoreFailure>> {
  return database.use((db) =>
    atomically(db, stores, async (transaction) => {
      const state = transaction.objectStore('door-state');
      const lines = transaction.objectStore('door-audit');
      const head = textOf(await state.get(keyOfHead));
      if (head === change.head) return 'done';
      if (!change.anew && head !== change.onHead) return 'conflict';
      await Promise.allSettled([
        ...(change.anew ? [lines.clear()] : []),
        ...(change.onHead === null || change.anew ? [state.put(change.keys, keyOfKeys)] : []),
        ...change.lines.map(({ seq, text }) => lines.put(text, seq)),
        ...(change.cutUpToSeq > 0 ? [lines.delete(IDBKeyRange.upperBound(change.cutUpToSeq))] : []),
        state.put(change.head, keyOfHead),
      ]);
      return 'done';
    }),
  );
}

export function readHead(head: unknown): WithSignature<Checkpoint> | null {
  return typeof head === 'string' ? readCheckpoint(head) : null;
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function isLogKeys(value: unknown): value is LogKeys {
  if (typeof value !== 'object' || value === null) return false;
  const { privateKey, publicKey } = value as Readonly<Record<string, unknown>>;
  return privateKey instanceof CryptoKey && typeof publicKey === 'string' && /^04[0-9a-f]{128}$/.test(publicKey);
}
