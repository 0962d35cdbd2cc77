import * as v from 'valibot';
import type { Clock, Failure, Result } from '../../base/index.ts';
import { err, ok } from '../../base/index.ts';
import type { Database } from '../database.ts';
import type { RandomBytes } from '../vault/bytes.ts';
import { systemRandom, toHex } from '../vault/bytes.ts';
import type { DeriveKey } from '../vault/kdf.ts';
import { pack, unpack } from '../vault/pack.ts';
import type { Change, OpenedRow } from '../vault/vault-core.ts';
import { VaultCore } from '../vault/vault-core.ts';
import type { VaultFailure } from '../vault/vault-failure.ts';
import type { Lock } from './lock.ts';
import { afterMiss, lockSchema, openLock } from './lock.ts';
import type { PinProblem } from './pin-rules.ts';
import { cleanPin, problemOfPin } from './pin-rules.ts';
import { RunningTime } from './running-time.ts';
import type { Secret } from './secret.ts';
import { isSecret, makeSecret, secretSchema } from './secret.ts';
import { TryBudget } from './try-budget.ts';

/** `none-set`: this person has no PIN. `locked`: nothing is looked at for so long, for this person or at this door. */
export type PersonPinResult =
  | { readonly kind: 'right' }
  | { readonly kind: 'wrong' }
  | { readonly kind: 'none-set' }
  | { readonly kind: 'locked'; readonly leftMs: number };

export type PersonPinFailure = VaultFailure | Failure<'kdf-failed'>;

/**
 * The PINs with which people show who they are beside their face. They lie in the vault, sealed as everything else there,
 * and go with the person when they are revoked; backups do not hold them. Each person's is locked as the owner's is, and all
 * of them together have a budget of wrong tries (`TryBudget`).
 */
export interface PersonPins {
  /** Whether a person has one. */
  has(personId: string): Promise<Result<boolean, VaultFailure>>;
  set(personId: string, pin: string): Promise<Result<null, PersonPinFailure | Failure<PinProblem>>>;
  remove(personId: string): Promise<Result<null, VaultFailure>>;
  /**
   * A try is written down as a miss before it is looked at.
   *
   * @param personId null for nobody: it takes as long as for anybody and is wrong
   */
  check(personId: string | null, pin: string): Promise<Result<PersonPinResult, PersonPinFailure>>;
}

export interface PersonPinsDeps {
  readonly clock: Clock;
  readonly deriveKey: DeriveKey;
  readonly random?: RandomBytes;
}

export function createPersonPins(database: Database, { clock, deriveKey, random = systemRandom }: PersonPinsDeps): PersonPins {
  return new VaultPins(new VaultCore(database, random), new TryBudget(database, clock, random), clock, deriveKey);
}

/** As it is sealed; a person whose PIN was taken away has a record without one. */
interface Held {
  readonly secret: Secret | null;
  readonly lock: Lock;
}

interface ReadPerson {
  readonly held: Held | null;
  readonly expect: NonNullable<Change<unknown>['expect']>;
}

const schema = v.strictObject({ secret: v.nullable(secretSchema), lock: lockSchema });
const store = 'vault-pins';

class VaultPins implements PersonPins {
  readonly #running = new Map<string, RunningTime>();

  constructor(
    private readonly core: VaultCore,
    private readonly budget: TryBudget,
    private readonly clock: Clock,
    private readonly deriveKey: DeriveKey,
  ) {}

  async has(personId: string): Promise<Result<boolean, VaultFailure>> {
    const read = await this.#read(personId);
    return read.ok ? ok(Boolean(read.value.held?.secret)) : read;
  }

  async set(personId: string, typed: string): Promise<Result<null, PersonPinFailure | Failure<PinProblem>>> {
    const pin = cleanPin(typed);
    const problem = problemOfPin(pin);
    if (problem !== null) return err(problem, `a PIN of ${pin.length} characters`);
    const secret = await makeSecret(pin, this.deriveKey, this.core.random);
    return secret.ok ? this.#put(personId, secret.value) : secret;
  }

  remove(personId: string): Promise<Result<null, VaultFailure>> {
    return this.#put(personId, null);
  }

  async check(personId: string | null, typed: string): Promise<Result<PersonPinResult, PersonPinFailure>> {
    const withoutTriesMs = await this.budget.take();
    if (!withoutTriesMs.ok) return withoutTriesMs;
    if (withoutTriesMs.value > 0) return ok({ kind: 'locked', leftMs: withoutTriesMs.value });
    const begun = personId === null ? null : await this.core.change(() => this.#countTry(personId));
    if (begun && !begun.ok && begun.failure.code !== 'no-such-person') return begun;
    if (personId === null || !begun?.ok) return this.#checkNobody(typed);
    const { held, leftMs } = begun.value;
    // The wait runs from when it was written, not from when somebody asks again.
    this.#runningOf(personId).since(held.lock.stamp);
    if (!held.secret || leftMs > 0) {
      const given = await this.budget.giveBack();
      if (!given.ok) return given;
      return ok(held.secret ? { kind: 'locked', leftMs } : { kind: 'none-set' });
    }
    const right = await isSecret(held.secret, cleanPin(typed), this.deriveKey);
    if (!right.ok) return right;
    if (!right.value) return ok({ kind: 'wrong' });
    const forgiven = await this.core.change(() => this.#forgive(personId, held.secret));
    if (!forgiven.ok) return forgiven;
    if (!forgiven.value) return ok({ kind: 'wrong' });
    const given = await this.budget.giveBack();
    return given.ok ? ok({ kind: 'right' }) : given;
  }

  async #checkNobody(typed: string): Promise<Result<PersonPinResult, PersonPinFailure>> {
    const made = await makeSecret(cleanPin(typed), this.deriveKey, this.core.random);
    return made.ok ? ok({ kind: 'wrong' }) : made;
  }

  async #countTry(personId: string): Promise<Result<Change<{ readonly held: Held; readonly leftMs: number }>, VaultFailure>> {
    const read = await this.#read(personId);
    if (!read.ok) return read;
    const held = read.value.held ?? { secret: null, lock: openLock(this.#newStamp()) };
    const leftMs = Math.max(0, held.lock.waitMs - this.#runningOf(personId).since(held.lock.stamp));
    const stamp = this.#newStamp();
    const lock = leftMs > 0 || !held.secret ? { misses: held.lock.misses, waitMs: leftMs, stamp } : afterMiss(held.lock, stamp);
    const next: Held = { secret: held.secret, lock };
    return ok({ value: { held: next, leftMs }, expect: read.value.expect, put: [{ place: { store, key: personId }, content: pack(next, []) }] });
  }

  /** Opens the lock, unless the PIN was changed meanwhile. */
  async #forgive(personId: string, secret: Secret | null): Promise<Result<Change<boolean>, VaultFailure>> {
    const read = await this.#read(personId);
    if (!read.ok) return read;
    const { held, expect } = read.value;
    const same = held?.secret?.hash === secret?.hash;
    const next = { secret: held?.secret ?? null, lock: same || !held ? openLock(this.#newStamp()) : held.lock };
    return ok({ value: same, expect, put: [{ place: { store, key: personId }, content: pack(next, []) }] });
  }

  #put(personId: string, secret: Secret | null): Promise<Result<null, VaultFailure>> {
    return this.core.change(async () => {
      const rows = await this.#rows(personId);
      if (!rows.ok) return rows;
      const next: Held = { secret, lock: openLock(this.#newStamp()) };
      return ok({ value: null, expect: rows.value.expect, put: [{ place: { store, key: personId }, content: pack(next, []) }] });
    });
  }

  async #read(personId: string): Promise<Result<ReadPerson, VaultFailure>> {
    const rows = await this.#rows(personId);
    if (!rows.ok) return rows;
    const { row, expect } = rows.value;
    if (!row) return ok({ held: null, expect });
    const unpacked = row.content.ok ? unpack(row.content.value) : row.content;
    const parsed = unpacked.ok ? v.safeParse(schema, unpacked.value.head) : null;
    return parsed?.success ? ok({ held: parsed.output, expect }) : err('damaged', `the PIN of ${personId}`);
  }

  /** Only who is in the vault can have a PIN: the person's own record must stay as it is meanwhile. */
  async #rows(personId: string): Promise<Result<{ readonly row: OpenedRow | undefined; readonly expect: ReadPerson['expect'] }, VaultFailure>> {
    const read = await this.core.read([{ store: 'vault-people', key: personId }, { store, key: personId }]);
    if (!read.ok) return read;
    const [[person] = [], [row] = []] = read.value;
    if (!person) return err('no-such-person', `no person ${personId} is kept here`);
    return ok({
      row,
      expect: [
        { place: { store: 'vault-people', key: personId }, stamp: person.stamp },
        { place: { store, key: personId }, stamp: row?.stamp ?? null },
      ],
    });
  }

  #runningOf(personId: string): RunningTime {
    const running = this.#running.get(personId) ?? new RunningTime(this.clock);
    this.#running.set(personId, running);
    return running;
  }

  #newStamp(): string {
    return toHex(this.core.random(8));
  }
}
