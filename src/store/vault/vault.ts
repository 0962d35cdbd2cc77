import type { Result } from '../../base/index.ts';
import type { FaceTemplate } from '../../faces/index.ts';
import type { StoreFailure } from '../store-failure.ts';
import type { AuditEntry } from './audit.ts';
import type { Gallery } from './gallery.ts';
import type { PeopleList } from './people-list.ts';
import type { NewPerson, Person, PersonFile, Photo, ReEnrolment } from './person.ts';
import type { Receipt } from './receipt.ts';
import type { RestorePerson } from './restore-plan.ts';
import type { BackupFailure, VaultFailure } from './vault-failure.ts';

/**
 * Who is known on this device, sealed: names, consent, templates, photos, receipts and the list of what was done lie on the
 * disk under random ids, encrypted with a random key that is wrapped by one that the browser gives to nobody. It keeps out
 * who reads or copies the disk's files; it does not keep out a program that runs in this origin.
 *
 * Every change is one transaction: after a failure it has not happened, and the next call starts afresh.
 */
export interface Vault {
  /** Everyone, also those whose retention is over until the next purge. */
  people(): Promise<Result<PeopleList, VaultFailure>>;
  /** A person with their templates. */
  person(id: string): Promise<Result<PersonFile, VaultFailure>>;
  /** In the order in which they were given. */
  photos(id: string): Promise<Result<readonly Photo[], VaultFailure>>;
  /**
   * Everyone whom a model can recognise, packed for a search; nobody whose retention is over.
   *
   * @param length numbers of a template of this model
   */
  gallery(modelId: string, length: number): Promise<Result<Gallery, VaultFailure>>;

  add(person: NewPerson): Promise<Result<Person, VaultFailure>>;
  rename(id: string, name: string): Promise<Result<Person, VaultFailure>>;
  reEnrol(id: string, enrolment: ReEnrolment): Promise<Result<Person, VaultFailure>>;
  /** "This is not Ana": keeps a template of someone else, without a name, with the person for whom it was taken. */
  addNegative(id: string, template: FaceTemplate): Promise<Result<Person, VaultFailure>>;
  removePhotos(id: string): Promise<Result<Person, VaultFailure>>;
  /** @param untilMs 365 days from now unless given */
  extendRetention(id: string, untilMs?: number): Promise<Result<Person, VaultFailure>>;

  /** Erases all that is kept of a person, readable or not. Only the receipt stays. */
  revoke(id: string): Promise<Result<Receipt, VaultFailure>>;
  /** Erases everyone whose retention is over. After a failure those of whom there is a receipt are gone. */
  purge(): Promise<Result<readonly Receipt[], VaultFailure>>;
  /** Newest first. Those that cannot be read are left out. */
  receipts(): Promise<Result<readonly Receipt[], VaultFailure>>;
  /** What was done, newest first. Entries that cannot be read are left out. */
  audit(): Promise<Result<readonly AuditEntry[], VaultFailure>>;

  /** One encrypted file with everyone and all receipts. */
  exportBackup(passphrase: string): Promise<Result<MadeBackup, BackupFailure>>;
  /** What a backup holds, and what restoring it would do. Nothing is changed. */
  inspectBackup(file: Blob, passphrase: string): Promise<Result<BackupView, BackupFailure>>;
  /** Brings in everyone who may come, or nobody. */
  restore(file: Blob, passphrase: string, options?: RestoreOptions): Promise<Result<Restored, BackupFailure>>;

  /** Forgets everyone, all receipts and the key. The way out when the key is lost. */
  eraseEverything(): Promise<Result<null, StoreFailure>>;
}

export interface MadeBackup {
  readonly file: Blob;
  readonly people: number;
  /** People whose records cannot be read: they are not in the file. */
  readonly leftOutIds: readonly string[];
}

export interface BackupView {
  readonly madeAtMs: number;
  /** Whether this vault made it. */
  readonly own: boolean;
  /** How many backups this vault has made after it; 0 for those of other vaults, of which this one knows nothing. */
  readonly newerBackups: number;
  readonly people: readonly RestorePerson[];
}

export interface RestoreOptions {
  /** Names of revoked people who come back all the same; a name that several of them have is given once for each. */
  readonly bringBack?: readonly string[];
}

export interface Restored {
  readonly added: readonly Person[];
  readonly replaced: readonly Person[];
  /** Here already, and as new. */
  readonly kept: readonly Person[];
  /** Revoked since, and not named by the owner: they stay erased. */
  readonly refused: readonly Person[];
  readonly overdue: readonly Person[];
}
