import type { DoorEvent } from '../../audit/index.ts';
import type { Calendar, Clock, Err, Result } from '../../base/index.ts';
import { err, ok } from '../../base/index.ts';
import type { Database } from '../database.ts';
import { askToPersist, persisted } from '../persist.ts';
import type { RandomBytes } from '../vault/bytes.ts';
import { systemRandom } from '../vault/bytes.ts';
import type { DeriveKey } from '../vault/kdf.ts';
import { minPassphraseChars } from '../vault/kdf.ts';
import type { AdminGuard, Entry, NoPass, PinFailure } from './admin-guard.ts';
import type { AdminPass, AdminWay } from './admin-pass.ts';
import { AdminPasses } from './admin-pass.ts';
import type { SecretFailure } from './guarded-secret.ts';
import { GuardedSecret } from './guarded-secret.ts';
import type { Authenticator } from './passkey/authenticator.ts';
import { createAuthenticator } from './passkey/authenticator.ts';
import type { Site } from './passkey/owner-passkeys.ts';
import { listed, OwnerPasskeys } from './passkey/owner-passkeys.ts';
import { cleanPin, problemOfPin } from './pin-rules.ts';

export interface AdminGuardDeps {
  readonly calendar: Calendar;
  readonly clock: Clock;
  /** Argon2id, in a worker. */
  readonly deriveKey: DeriveKey;
  /** The door's log. */
  readonly tell: (event: DoorEvent) => Promise<unknown>;
  readonly site: Site;
  /** The browser's unless given. */
  readonly authenticator?: Authenticator;
  readonly random?: RandomBytes;
  /** Asks the browser not to evict the data when there is an owner; how it answers changes nothing here. */
  readonly persist?: () => Promise<unknown>;
}

export function createAdminGuard(database: Database, deps: AdminGuardDeps): AdminGuard {
  const { calendar, clock, deriveKey, tell, site, authenticator = createAuthenticator(), random = systemRandom, persist = askToPersist } = deps;
  const pin = new GuardedSecret(database, 'owner-pin', { clock, deriveKey, random });
  const passphrase = new GuardedSecret(database, 'owner-passphrase', { clock, deriveKey, random });
  const passkeys = new OwnerPasskeys(database, authenticator, site, random);
  const passes = new AdminPasses(clock);
  const log = (action: string, by: AdminWay): Promise<unknown> => tell({ kind: 'admin', action, by, subjects: [] });

  const enter = async (secret: GuardedSecret, text: string, by: AdminWay): Promise<Result<Entry, SecretFailure>> => {
    const tried = await secret.check(text);
    if (!tried.ok) return tried;
    if (tried.value.outcome !== 'right') {
      await log(tried.value.outcome === 'wrong' ? 'entry-wrong' : 'entry-locked', by);
      return ok(tried.value);
    }
    await log('entry', by);
    return ok({ outcome: 'in', pass: passes.give(by) });
  };

  const withPass = async <T>(pass: AdminPass, work: () => Promise<T>): Promise<T | Err<NoPass>> => (passes.holds(pass) ? work() : err('no-pass', 'no owner, or not any more'));

  return {
    async state() {
      const [pinState, passphraseState, known] = await Promise.all([pin.state(), passphrase.state(), passkeys.list()]);
      if (!pinState.ok) return pinState;
      if (!passphraseState.ok) return passphraseState;
      return known.ok ? ok({ pin: pinState.value, passphrase: passphraseState.value, passkeys: known.value.map(listed) }) : known;
    },

    async setUp(typed) {
      const cleaned = checkedPin(typed);
      if (!cleaned.ok) return cleaned;
      const [other, known] = await Promise.all([passphrase.state(), passkeys.list()]);
      if (!other.ok) return other;
      if (!known.ok) return known;
      if (other.value.is !== 'none' || known.value.length > 0) return err('already-set', 'this device has an owner');
      const put = await pin.put(cleaned.value, true);
      if (!put.ok) return put;
      if (!put.value) return err('already-set', 'this device has an owner');
      void persisted(persist);
      await log('set-up', 'set-up');
      return ok(passes.give('set-up'));
    },

    enterByPin: (typed) => enter(pin, cleanPin(typed), 'pin'),
    enterByPassphrase: (typed) => enter(passphrase, typed, 'passphrase'),
    async enterByPasskey() {
      const used = await passkeys.use();
      await log(used.ok ? 'entry' : 'entry-wrong', 'passkey');
      return used.ok ? ok(passes.give('passkey')) : used;
    },

    holds: (pass) => passes.holds(pass),
    leave: (pass) => void passes.end(pass),

    changePin: (pass, typed) =>
      withPass(pass, async () => {
        const cleaned = checkedPin(typed);
        if (!cleaned.ok) return cleaned;
        await log('pin-changed', pass.by);
        const put = await pin.put(cleaned.value, false);
        return put.ok ? ok(null) : put;
      }),
    setPassphrase: (pass, typed) =>
      withPass(pass, async () => {
        if (typed !== null && Array.from(typed).length < minPassphraseChars) return err('weak-passphrase', `fewer than ${minPassphraseChars} characters`);
        await log(typed === null ? 'passphrase-removed' : 'passphrase-changed', pass.by);
        const done = typed === null ? await passphrase.remove() : await passphrase.put(typed, false);
        return done.ok ? ok(null) : done;
      }),
    addPasskey: (pass, label) =>
      withPass(pass, async () => {
        const added = await passkeys.add(label, calendar.epochMs());
        if (added.ok) await log('passkey-added', pass.by);
        return added;
      }),
    removePasskey: (pass, id) =>
      withPass(pass, async () => {
        await log('passkey-removed', pass.by);
        const removed = await passkeys.remove(id);
        return removed.ok ? ok(null) : removed;
      }),
  };
}

function checkedPin(typed: string): Result<string, PinFailure> {
  const pin = cleanPin(typed);
  const problem = problemOfPin(pin);
  return problem === null ? ok(pin) : err(problem, `a PIN of ${pin.length} characters`);
}
