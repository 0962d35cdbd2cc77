import * as v from 'valibot';
import type { Result } from '../../../base/index.ts';
import { err, ok } from '../../../base/index.ts';
import { atomically } from '../../atomically.ts';
import type { Database } from '../../database.ts';
import type { StoreFailure } from '../../store-failure.ts';
import type { Bytes, RandomBytes } from '../../vault/bytes.ts';
import { isBytes } from '../../vault/bytes.ts';
import { reading } from '../../reading.ts';
import type { Authenticator, AuthenticatorFailure } from './authenticator.ts';
import type { Ceremony } from './client-data.ts';
import type { PasskeyProblem } from './passkey-failure.ts';
import type { Passkey } from './verify-passkey.ts';
import { verifyAssertion, verifyAttestation } from './verify-passkey.ts';

export type PasskeyFailure = StoreFailure | AuthenticatorFailure | PasskeyProblem;

/** A passkey in the owner's list. */
export interface OwnerPasskey {
  readonly id: string;
  /** As the owner named it. */
  readonly label: string;
  readonly addedAtMs: number;
}

/** Where the app is: passkeys belong to one host name. */
export interface Site {
  readonly origin: string;
  readonly host: string;
}

type StoredPasskey = Passkey & OwnerPasskey;

const schema = v.strictObject({
  v: v.literal(1),
  id: v.pipe(v.string(), v.regex(/^([0-9a-f]{2})+$/)),
  label: v.string(),
  addedAtMs: v.number(),
  algorithm: v.picklist([-7, -257]),
  publicKey: v.custom<Bytes>(isBytes),
  counter: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
});

/**
 * The owner's passkeys in the database. The challenge is made here and the answer checked here: it shows that the
 * authenticator was used now, by whom it knows, for this app, as long as this page runs the app's own program.
 */
export class OwnerPasskeys {
  constructor(
    private readonly database: Database,
    private readonly authenticator: Authenticator,
    private readonly site: Site,
    private readonly random: RandomBytes,
  ) {}

  /** Those that can be read. */
  async list(): Promise<Result<readonly StoredPasskey[], StoreFailure>> {
    const stored = await this.database.use((db) => reading(db, ['door-passkeys'], (transaction) => transaction.objectStore('door-passkeys').getAll()));
    return stored.ok ? ok(stored.value.flatMap((value) => readPasskey(value) ?? [])) : stored;
  }

  async add(label: string, addedAtMs: number): Promise<Result<OwnerPasskey, PasskeyFailure>> {
    const known = await this.list();
    if (!known.ok) return known;
    const ceremony = this.#ceremony('webauthn.create');
    const answer = await this.authenticator.make(ceremony.challenge, this.site.host, label, known.value.map(({ id }) => id));
    if (!answer.ok) return answer;
    const made = await verifyAttestation(answer.value, ceremony);
    if (!made.ok) return made;
    const put = { v: 1, ...made.value, label, addedAtMs };
    const kept = await this.#put(put.id, () => put);
    return kept.ok ? ok({ id: put.id, label, addedAtMs }) : kept;
  }

  /** Asks for any of the passkeys. @returns the one that answered, once its counter is on the disk */
  async use(): Promise<Result<OwnerPasskey, PasskeyFailure>> {
    const known = await this.list();
    if (!known.ok) return known;
    const ceremony = this.#ceremony('webauthn.get');
    const answer = await this.authenticator.use(ceremony.challenge, this.site.host, known.value.map(({ id }) => id));
    if (!answer.ok) return answer;
    const passkey = known.value.find(({ id }) => id === answer.value.id);
    if (!passkey) return err('other-credential', 'none of the known passkeys answered');
    const counter = await verifyAssertion(passkey, answer.value, ceremony);
    if (!counter.ok) return counter;
    // Another tab may have used or removed it while the person was asked.
    const kept = await this.#put(passkey.id, (stored) => {
      const now = readPasskey(stored);
      return now?.counter === passkey.counter ? { v: 1, ...now, counter: counter.value } : null;
    });
    if (!kept.ok) return kept;
    return kept.value ? ok(listed(passkey)) : err('other-credential', 'the passkey was used or removed meanwhile');
  }

  remove(id: string): Promise<Result<null, StoreFailure>> {
    return this.database.use((db) =>
      atomically(db, ['door-passkeys'], async (transaction) => {
        await Promise.allSettled([transaction.objectStore('door-passkeys').delete(id)]);
        return null;
      }),
    );
  }

  #ceremony(type: Ceremony['type']): Ceremony {
    return { type, challenge: this.random(32), origin: this.site.origin, site: this.site.host };
  }

  #put(id: string, next: (stored: unknown) => object | null): Promise<Result<boolean, StoreFailure>> {
    return this.database.use((db) =>
      atomically(db, ['door-passkeys'], async (transaction) => {
        const store = transaction.objectStore('door-passkeys');
        const value = next(await store.get(id));
        if (value) await Promise.allSettled([store.put(value, id)]);
        return value !== null;
      }),
    );
  }
}

export function listed({ id, label, addedAtMs }: OwnerPasskey): OwnerPasskey {
  return { id, label, addedAtMs };
}

function readPasskey(stored: unknown): StoredPasskey | null {
  const parsed = v.safeParse(schema, stored);
  if (!parsed.success) return null;
  const { id, label, addedAtMs, algorithm, publicKey, counter } = parsed.output;
  return { id, label, addedAtMs, algorithm, publicKey, counter };
}
