import type { Failure } from '../../base/index.ts';
import type { StoreFailure } from '../store-failure.ts';

/**
 * Why the vault did not do what was asked. Then it did nothing of it.
 * - `key-lost`: the key is gone or damaged, so what is kept cannot be read. The way out is to erase the vault and restore a backup.
 * - `damaged`: a record is not what was written. Revoking the person removes it; restoring a backup repairs it.
 * - `no-such-person`: nobody with that id is kept.
 * - `invalid`: what was given is out of bounds, e.g. an empty name or a template with a NaN.
 * - `conflict`: other tabs kept changing the same records.
 */
export type VaultFailure = StoreFailure | Failure<'key-lost' | 'damaged' | 'no-such-person' | 'invalid' | 'conflict'>;

/**
 * Why a backup was not made or not read. Then nothing was changed.
 * - `weak-passphrase`: shorter than a new backup may have.
 * - `not-a-backup`: the file begins with something else. `backup-cut`, `backup-trailing`: it is shorter or longer than it says.
 * - `backup-unreadable`: the browser could not read the file.
 * - `backup-too-large`: beyond what is read at all. `backup-too-new`: a newer version of the app wrote it.
 * - `kdf-unknown`, `kdf-cost`: it asks for another way to derive its key, or for a cost that is too low to be ours or too
 *   high for a device. Nothing was derived.
 * - `kdf-failed`: the key could not be derived here, e.g. for want of memory.
 * - `wrong-passphrase-or-altered`: the cipher does not say which, and nobody can.
 * - `backup-damaged`: it opened, but what it holds is against the rules of the format.
 */
export type BackupFailure =
  | VaultFailure
  | Failure<
      | 'weak-passphrase'
      | 'not-a-backup'
      | 'backup-unreadable'
      | 'backup-cut'
      | 'backup-trailing'
      | 'backup-too-large'
      | 'backup-too-new'
      | 'kdf-unknown'
      | 'kdf-cost'
      | 'kdf-failed'
      | 'wrong-passphrase-or-altered'
      | 'backup-damaged'
    >;
