import type { Calendar, Result } from '../../base/index.ts';
import { ok } from '../../base/index.ts';
import { encodeAudit } from './audit.ts';
import type { BackedUpPerson, BackupContents } from './backup-contents.ts';
import { personOfPhoto, photoKey } from './backup-contents.ts';
import type { OpenedBackup } from './backup-file.ts';
import { createBackupSealer, openBackup } from './backup-file.ts';
import { toHex } from './bytes.ts';
import type { DeriveKey } from './kdf.ts';
import { personFrom } from './people-list.ts';
import { decodePhoto, decodeTemplates } from './person-codec.ts';
import { decodeReceipt } from './receipt.ts';
import type { PersonPlan, RestoreFate } from './restore-plan.ts';
import { broughtBack, planRestore } from './restore-plan.ts';
import type { BackupView, MadeBackup, RestoreOptions, Restored } from './vault.ts';
import type { Change, OpenedRow, VaultCore } from './vault-core.ts';
import type { BackupFailure } from './vault-failure.ts';
import { receiptsFrom } from './vault-revoke.ts';
import { decodeState, encodeState, freshState, statePlace } from './vault-state.ts';

const everyone = [{ store: 'vault-people' }, { store: 'vault-templates' }, { store: 'vault-receipts' }, statePlace] as const;

/** Carries people to another device, or back. */
export class VaultBackup {
  constructor(
    private readonly core: VaultCore,
    private readonly calendar: Calendar,
    private readonly deriveKey: DeriveKey,
  ) {}

  async exportBackup(passphrase: string): Promise<Result<MadeBackup, BackupFailure>> {
    // What cannot be read must not cost the wait for a key.
    const readable = await this.core.read([statePlace]);
    if (!readable.ok) return readable;
    const sealer = await createBackupSealer(passphrase, this.deriveKey, this.core.random);
    if (!sealer.ok) return sealer;
    return this.core.change(async (): Promise<Result<Change<MadeBackup>, BackupFailure>> => {
      const read = await this.core.read([...everyone, { store: 'vault-photos' }]);
      if (!read.ok) return read;
      const [people = [], templates = [], receipts = [], [stateRow] = [], photos = []] = read.value;
      const before = (stateRow?.content.ok ? decodeState(stateRow.content.value) : null) ?? freshState(this.core.random);
      const state = { ...before, backups: before.backups + 1 };
      const madeAtMs = this.calendar.epochMs();
      const held = new Map(templates.map((row) => [row.key, row]));
      const photosOf = byPerson(photos);
      const backedUp = people.flatMap((row) => backUpPerson(row, held.get(row.key), photosOf.get(row.key) ?? []) ?? []);
      const contents: BackupContents = { madeAtMs, people: backedUp, receipts: receipts.flatMap(backUpReceipt) };
      const file = await sealer.value(contents, state.vaultId, state.backups);
      if (!file.ok) return file;
      const inFile = new Set(backedUp.map(({ person }) => person.id));
      return ok({
        value: {
          file: new Blob([file.value], { type: 'application/octet-stream' }),
          people: backedUp.length,
          leftOutIds: people.map(({ key }) => key).filter((id) => !inFile.has(id)),
        },
        expect: [{ place: statePlace, stamp: stateRow?.stamp ?? null }],
        put: [{ place: statePlace, content: encodeState(state) }, this.#auditRecord('export', madeAtMs, backedUp)],
      });
    });
  }

  async inspectBackup(file: Blob, passphrase: string): Promise<Result<BackupView, BackupFailure>> {
    const opened = await openBackup(file, passphrase, this.deriveKey);
    if (!opened.ok) return opened;
    const { header, contents } = opened.value;
    const read = await this.core.read(everyone);
    if (!read.ok) return read;
    const [stateRow] = read.value[3] ?? [];
    const state = stateRow?.content.ok ? decodeState(stateRow.content.value) : null;
    const own = state?.vaultId === header.vaultId;
    const plans = await this.#plan(opened.value, read.value);
    return ok({
      madeAtMs: contents.madeAtMs,
      own,
      newerBackups: own ? Math.max(0, state.backups - header.number) : 0,
      people: plans.map(({ person, fate, receipt }) => ({ person, fate, receipt })),
    });
  }

  async restore(file: Blob, passphrase: string, { bringBack = [] }: RestoreOptions = {}): Promise<Result<Restored, BackupFailure>> {
    const opened = await openBackup(file, passphrase, this.deriveKey);
    if (!opened.ok) return opened;
    return this.core.change(async (): Promise<Result<Change<Restored>, BackupFailure>> => {
      const read = await this.core.read(everyone);
      if (!read.ok) return read;
      const plans = await this.#plan(opened.value, read.value);
      const named = broughtBack(plans, bringBack);
      const incoming = plans.filter(({ fate, person }) => fate === 'add' || fate === 'replace' || named.has(person.id));
      const known = new Set((read.value[2] ?? []).map(({ key }) => key));
      const newReceipts = opened.value.contents.receipts.filter(({ receipt }) => !known.has(receipt.id));
      const peopleOf = (fate: RestoreFate): Restored['added'] => plans.filter((plan) => plan.fate === fate).map(({ person }) => person);
      const revoked = peopleOf('revoked');
      return ok({
        value: {
          added: [...peopleOf('add'), ...revoked.filter(({ id }) => named.has(id))],
          replaced: peopleOf('replace'),
          kept: peopleOf('keep'),
          refused: revoked.filter(({ id }) => !named.has(id)),
          overdue: peopleOf('overdue'),
        },
        expect: incoming.map(({ person, stamp }) => ({ place: { store: 'vault-people', key: person.id }, stamp })),
        erase: incoming.map(({ person }) => ({ store: 'vault-photos', prefix: photoKey(person.id, '') })),
        put: [
          this.#auditRecord(
            'restore',
            this.calendar.epochMs(),
            incoming.map(({ backup }) => backup),
          ),
          ...incoming.flatMap(recordsOf),
          ...newReceipts.map(({ receipt, content }) => ({ place: { store: 'vault-receipts' as const, key: receipt.id }, content })),
        ],
      });
    });
  }

  #plan({ contents }: OpenedBackup, [people = [], templates = [], receipts = []]: readonly (readonly OpenedRow[])[]): Promise<readonly PersonPlan[]> {
    return planRestore(contents, { people, templates, receipts: receiptsFrom(receipts) }, this.calendar.epochMs());
  }

  #auditRecord(act: 'export' | 'restore', atMs: number, people: readonly BackedUpPerson[]): Change<unknown>['put'][number] {
    const templates = people.reduce((sum, { held }) => sum + held.templates.length, 0);
    return { place: { store: 'vault-audit', key: toHex(this.core.random(16)) }, content: encodeAudit({ atMs, act, people: people.length, templates }) };
  }
}

/** Photos by the id of their person. */
function byPerson(photos: readonly OpenedRow[]): ReadonlyMap<string, readonly OpenedRow[]> {
  const groups = new Map<string, OpenedRow[]>();
  for (const photo of photos) {
    const id = personOfPhoto(photo.key);
    const group = groups.get(id);
    if (group) group.push(photo);
    else groups.set(id, [photo]);
  }
  return groups;
}

/** Null for a person of whom something cannot be read. */
function backUpPerson(row: OpenedRow, templates: OpenedRow | undefined, photoRows: readonly OpenedRow[]): BackedUpPerson | null {
  const person = personFrom(row);
  if (!person.ok || !row.content.ok || !templates?.content.ok) return null;
  const held = decodeTemplates(templates.content.value);
  if (!held.ok) return null;
  const photos: { key: string; content: typeof row.content.value }[] = [];
  for (const { key, content } of photoRows) {
    if (!content.ok || !decodePhoto(content.value).ok) return null;
    photos.push({ key, content: content.value });
  }
  return { person: person.value, held: held.value, records: { person: row.content.value, templates: templates.content.value, photos } };
}

function backUpReceipt({ key, content }: OpenedRow): BackupContents['receipts'] {
  const receipt = content.ok ? decodeReceipt(key, content.value) : content;
  return content.ok && receipt.ok ? [{ receipt: receipt.value, content: content.value }] : [];
}

function recordsOf({ backup: { person, records } }: PersonPlan): Change<unknown>['put'] {
  return [
    { place: { store: 'vault-people', key: person.id }, content: records.person },
    { place: { store: 'vault-templates', key: person.id }, content: records.templates },
    ...records.photos.map(({ key, content }) => ({ place: { store: 'vault-photos' as const, key }, content })),
  ];
}
