import type { Failure, Result } from '../../base/index.ts';
import type { StoreFailure } from '../store-failure.ts';
import type { AdminPass } from './admin-pass.ts';
import type { SecretFailure, SecretState } from './guarded-secret.ts';
import type { OwnerPasskey, PasskeyFailure } from './passkey/owner-passkeys.ts';
import type { PinProblem } from './pin-rules.ts';

/** `no-pass`: the pass is not one that this guard gave out, or nothing was done with it for five minutes. */
export type NoPass = Failure<'no-pass'>;
export type PinFailure = Failure<PinProblem>;

/** What came of trying to get in. `waitMs`: how long the next try is not even looked at. */
export type Entry =
  | { readonly outcome: 'in'; readonly pass: AdminPass }
  | { readonly outcome: 'wrong'; readonly triesLeft: number; readonly waitMs: number }
  | { readonly outcome: 'locked'; readonly waitMs: number };

export interface AdminState {
  readonly pin: SecretState;
  readonly passphrase: SecretState;
  readonly passkeys: readonly OwnerPasskey[];
}

/**
 * Lets the owner in: by a PIN, by a passphrase where there is one, by a passkey where the device has them. PIN and
 * passphrase are locked apart from each other after five misses, for 30 s and then twice as long each time, up to an hour;
 * a passkey cannot be guessed and is not locked, so that nobody can lock the owner out by typing wrong PINs. See `Lock` for
 * why neither the device's date nor a restart shortens a wait.
 *
 * Every way in, every miss and every change is told to the door's log. Where the log cannot be written the owner
 * comes in all the same: someone has to be able to repair it.
 */
export interface AdminGuard {
  /** To be asked again while something is locked: the wait counts from the first time it is asked after a restart. */
  state(): Promise<Result<AdminState, StoreFailure>>;
  /** The first PIN, on a device that has no owner yet. */
  setUp(pin: string): Promise<Result<AdminPass, SecretFailure | PinFailure | Failure<'already-set'>>>;
  enterByPin(pin: string): Promise<Result<Entry, SecretFailure>>;
  enterByPassphrase(passphrase: string): Promise<Result<Entry, SecretFailure>>;
  enterByPasskey(): Promise<Result<AdminPass, PasskeyFailure>>;
  /** Whether a pass still holds; asking counts as using it. */
  holds(pass: AdminPass): boolean;
  leave(pass: AdminPass): void;

  changePin(pass: AdminPass, pin: string): Promise<Result<null, SecretFailure | PinFailure | NoPass>>;
  /** @param passphrase at least `minPassphraseChars` long; null for none */
  setPassphrase(pass: AdminPass, passphrase: string | null): Promise<Result<null, SecretFailure | NoPass | Failure<'weak-passphrase'>>>;
  addPasskey(pass: AdminPass, label: string): Promise<Result<OwnerPasskey, PasskeyFailure | NoPass>>;
  removePasskey(pass: AdminPass, id: string): Promise<Result<null, StoreFailure | NoPass>>;
}
