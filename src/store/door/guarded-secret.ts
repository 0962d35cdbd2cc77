import * as v from 'valibot';
import type { Clock, Failure, Result } from '../../base/index.ts';
import { err, ok } from '../../base/index.ts';
import type { Database } from '../database.ts';
import type { StoreFailure } from '../store-failure.ts';
import type { RandomBytes } from '../vault/bytes.ts';
import { toHex } from '../vault/bytes.ts';
import type { DeriveKey } from '../vault/kdf.ts';
import type { Lock } from './lock.ts';
import { afterMiss, lockSchema, openLock, triesLeft } from './lock.ts';
import { RunningTime } from './running-time.ts';
import type { Secret } from './secret.ts';
import { isSecret, makeSecret, secretSchema } from './secret.ts';
import type { RecordChange } from './state-record.ts';
import { changeState, readState, removeState } from './state-record.ts';

/** What came of a try. `waitMs`: how long the next one is not looked at. */
export type Try =
  | { readonly outcome: 'right' }
  | { readonly outcome: 'wrong'; readonly triesLeft: number; readonly waitMs: number }
  | { readonly outcome: 'locked'; readonly waitMs: number };

export type SecretFailure = StoreFailure | Failure<'not-set' | 'damaged' | 'kdf-failed'>;

export interface SecretDeps {
  readonly clock: Clock;
  readonly deriveKey: DeriveKey;
  readonly random: RandomBytes;
}

export interface SecretState {
  readonly is: 'none' | 'set' | 'damaged';
  readonly waitMs: number;
}

interface Guarded {
  readonly v: 1;
  readonly secret: Secret;
  readonly lock: Lock;
}

const schema = v.strictObject({ v: v.literal(1), secret: secretSchema, lock: lockSchema });

/** One secret of the owner under a key of `door-state`, and the lock on it: both in one record, so that neither goes without the other. */
export class GuardedSecret {
  readonly #running: RunningTime;

  constructor(
    private readonly database: Database,
    private readonly key: string,
    private readonly deps: SecretDeps,
  ) {
    this.#running = new RunningTime(deps.clock);
  }

  /**
   * A try is written down as a miss before it is looked at, and taken back when it was right: a power cut in between, or
   * many tries at once, win nothing.
   */
  async check(text: string): Promise<Result<Try, SecretFailure>> {
    const begun = await changeState(this.database, this.key, (stored): RecordChange<Result<Begun, SecretFailure>> => {
      const read = readGuarded(stored);
      if (!read.ok) return { value: read };
      const waited = this.#waited(read.value);
      if (waited.lock.waitMs > 0) return { value: ok({ guarded: waited, mayTry: false }), put: waited };
      const tried = { ...waited, lock: afterMiss(waited.lock, this.#newStamp()) };
      return { value: ok({ guarded: tried, mayTry: true }), put: tried };
    });
    if (!begun.ok) return begun;
    if (!begun.value.ok) return begun.value;
    const { guarded, mayTry } = begun.value.value;
    const waitMs = this.#waited(guarded).lock.waitMs;
    if (!mayTry) return ok({ outcome: 'locked', waitMs });
    const right = await isSecret(guarded.secret, text, this.deps.deriveKey);
    if (!right.ok) return right;
    if (!right.value) return ok({ outcome: 'wrong', triesLeft: triesLeft(guarded.lock), waitMs });
    return this.#forgiven(guarded.secret);
  }

  /** How it stands. A wait that is under way is written down, so that a restart does not begin it again from the start. */
  async state(): Promise<Result<SecretState, StoreFailure>> {
    const stored = await readState(this.database, this.key);
    if (!stored.ok) return stored;
    const now = readGuarded(stored.value);
    if (!now.ok) return ok({ is: now.failure.code === 'not-set' ? 'none' : 'damaged', waitMs: 0 });
    const { waitMs } = now.value.lock;
    if (waitMs === 0) return ok({ is: 'set', waitMs });
    if (this.#waited(now.value).lock.waitMs > waitMs - writtenEveryMs) return ok({ is: 'set', waitMs: this.#waited(now.value).lock.waitMs });
    return changeState(this.database, this.key, (again): RecordChange<SecretState> => {
      const read = readGuarded(again);
      if (!read.ok) return { value: { is: 'damaged', waitMs: 0 } };
      const waited = this.#waited(read.value);
      return { value: { is: 'set', waitMs: waited.lock.waitMs }, put: waited };
    });
  }

  /**
   * Puts a new secret in the place of what there is, with an open lock.
   *
   * @param onlyFirst leaves one that is there alone, also a damaged one
   * @returns whether it was put there
   */
  async put(text: string, onlyFirst: boolean): Promise<Result<boolean, SecretFailure>> {
    const secret = await makeSecret(text, this.deps.deriveKey, this.deps.random);
    if (!secret.ok) return secret;
    const put: Guarded = { v: 1, secret: secret.value, lock: openLock(this.#newStamp()) };
    return changeState(this.database, this.key, (stored): RecordChange<boolean> => {
      const again = readGuarded(stored);
      if (onlyFirst && stored !== undefined) return { value: again.ok && again.value.secret.hash === put.secret.hash };
      return { value: true, put };
    });
  }

  remove(): Promise<Result<null, StoreFailure>> {
    return removeState(this.database, this.key);
  }

  async #forgiven(secret: Secret): Promise<Result<Try, SecretFailure>> {
    return changeState(this.database, this.key, (stored): RecordChange<Try> => {
      const read = readGuarded(stored);
      // The secret was changed while this one was looked at.
      if (!read.ok || read.value.secret.hash !== secret.hash) return { value: { outcome: 'wrong', triesLeft: 0, waitMs: 0 } };
      return { value: { outcome: 'right' }, put: { ...read.value, lock: openLock(this.#newStamp()) } };
    });
  }

  /** The record with what is left of its wait now, as a new writing where that is less. */
  #waited(guarded: Guarded): Guarded {
    const { misses, waitMs, stamp } = guarded.lock;
    const ranMs = this.#running.since(stamp);
    if (waitMs === 0 || ranMs === 0) return guarded;
    return { ...guarded, lock: { misses, waitMs: Math.max(0, waitMs - ranMs), stamp: this.#newStamp() } };
  }

  #newStamp(): string {
    return toHex(this.deps.random(8));
  }
}

interface Begun {
  readonly guarded: Guarded;
  readonly mayTry: boolean;
}

/** How much of a wait a restart may cost again. */
const writtenEveryMs = 1000;

function readGuarded(stored: unknown): Result<Guarded, Failure<'not-set' | 'damaged'>> {
  if (stored === undefined) return err('not-set', 'there is no such secret');
  const parsed = v.safeParse(schema, stored);
  return parsed.success ? ok(parsed.output) : err('damaged', `the record of a secret: ${v.summarize(parsed.issues)}`);
}
