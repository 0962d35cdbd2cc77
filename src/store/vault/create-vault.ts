import type { Calendar, Result } from '../../base/index.ts';
import { ok } from '../../base/index.ts';
import type { Database } from '../database.ts';
import { askToPersist, persisted } from '../persist.ts';
import type { AuditEntry } from './audit.ts';
import { decodeAudit } from './audit.ts';
import type { RandomBytes } from './bytes.ts';
import { systemRandom } from './bytes.ts';
import { galleryFrom } from './gallery.ts';
import type { DeriveKey } from './kdf.ts';
import { peopleFrom } from './people-list.ts';
import type { Vault } from './vault.ts';
import { VaultBackup } from './vault-backup.ts';
import { VaultCore } from './vault-core.ts';
import type { VaultFailure } from './vault-failure.ts';
import { VaultPeople } from './vault-people.ts';
import { VaultRevoke } from './vault-revoke.ts';

export interface VaultDeps {
  readonly calendar: Calendar;
  /** Derives the keys of backups. */
  readonly deriveKey: DeriveKey;
  /** For keys, ids and initialisation vectors. */
  readonly random?: RandomBytes;
  /** Asks the browser not to evict the data when somebody is added; how it answers changes nothing here. */
  readonly persist?: () => Promise<unknown>;
}

/** The vault in a database. Nothing is read, and no key made, before the first call. */
export function createVault(database: Database, { calendar, deriveKey, random = systemRandom, persist = askToPersist }: VaultDeps): Vault {
  const core = new VaultCore(database, random);
  const people = new VaultPeople(core, calendar);
  const revoke = new VaultRevoke(core, calendar);
  const backup = new VaultBackup(core, calendar, deriveKey);
  return {
    people: async () => {
      const read = await core.read([{ store: 'vault-people' }]);
      return read.ok ? ok(peopleFrom(read.value[0] ?? [])) : read;
    },
    person: (id) => people.person(id),
    photos: (id) => people.photos(id),
    gallery: async (modelId, length) => {
      const read = await core.read([{ store: 'vault-people' }, { store: 'vault-templates' }]);
      return read.ok ? ok(galleryFrom(modelId, length, calendar.epochMs(), read.value[0] ?? [], read.value[1] ?? [])) : read;
    },
    add: async (person) => {
      void persisted(persist);
      return people.add(person);
    },
    rename: (id, name) => people.rename(id, name),
    reEnrol: (id, enrolment) => people.reEnrol(id, enrolment),
    addNegative: (id, template) => people.addNegative(id, template),
    removePhotos: (id) => people.removePhotos(id),
    extendRetention: (id, untilMs) => people.extendRetention(id, untilMs),
    revoke: (id) => revoke.revoke(id),
    purge: () => revoke.purge(),
    receipts: () => revoke.receipts(),
    audit: () => readAudit(core),
    exportBackup: (passphrase) => backup.exportBackup(passphrase),
    inspectBackup: (file, passphrase) => backup.inspectBackup(file, passphrase),
    restore: (file, passphrase, options) => backup.restore(file, passphrase, options),
    eraseEverything: () => core.erase(),
  };
}

async function readAudit(core: VaultCore): Promise<Result<readonly AuditEntry[], VaultFailure>> {
  const read = await core.read([{ store: 'vault-audit' }]);
  if (!read.ok) return read;
  const entries = (read.value[0] ?? []).flatMap(({ content }) => {
    const entry = content.ok ? decodeAudit(content.value) : content;
    return entry.ok ? [entry.value] : [];
  });
  return ok(entries.sort((a, b) => b.atMs - a.atMs));
}
