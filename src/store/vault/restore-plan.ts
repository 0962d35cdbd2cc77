import type { BackupContents, BackedUpPerson } from './backup-contents.ts';
import type { Person } from './person.ts';
import { cleanName, decodeTemplates } from './person-codec.ts';
import { personFrom } from './people-list.ts';
import type { Receipt, StoredReceipt } from './receipt.ts';
import { receiptsOf } from './receipt.ts';
import type { OpenedRow } from './vault-core.ts';

/**
 * What restoring would do with a person.
 * - `add`: they are not here. `replace`: the backup's record is newer, or the one here cannot be read.
 * - `keep`: the record here is as new or newer.
 * - `revoked`: they were erased here since; they come back only when the owner names them.
 * - `overdue`: the date until which they agreed to be kept is over; they do not come back.
 */
export type RestoreFate = 'add' | 'replace' | 'keep' | 'revoked' | 'overdue';

export interface RestorePerson {
  readonly person: Person;
  readonly fate: RestoreFate;
  /** Of a person who was erased. */
  readonly receipt: Receipt | null;
}

export interface PersonPlan extends RestorePerson {
  readonly backup: BackedUpPerson;
  /** The writing of the person's record here on which this is based; null for none. */
  readonly stamp: string | null;
}

/** What is here, as far as a restore asks. */
export interface Here {
  readonly people: readonly OpenedRow[];
  readonly templates: readonly OpenedRow[];
  readonly receipts: readonly StoredReceipt[];
}

/** People keep their id in a backup; of two records of one person the newer one wins. */
export async function planRestore(contents: BackupContents, here: Here, nowMs: number): Promise<readonly PersonPlan[]> {
  const rows = new Map(here.people.map((row) => [row.key, row]));
  const readable = new Set(here.templates.filter(({ content }) => content.ok && decodeTemplates(content.value).ok).map(({ key }) => key));
  const receipts = await receiptsOf(
    here.receipts,
    contents.people.map(({ person }) => person.id),
  );
  return contents.people.map((backup): PersonPlan => {
    const { person } = backup;
    const row = rows.get(person.id);
    const kept = row ? personFrom(row) : null;
    const receipt = row ? null : (receipts.get(person.id) ?? null);
    const fate = (): RestoreFate => {
      if (kept?.ok && readable.has(person.id) && kept.value.updatedAtMs >= person.updatedAtMs) return 'keep';
      if (person.retainUntilMs <= nowMs) return 'overdue';
      if (receipt) return 'revoked';
      return row ? 'replace' : 'add';
    };
    return { backup, person, fate: fate(), receipt, stamp: row?.stamp ?? null };
  });
}

/**
 * Which of the revoked people the owner named. A name that several of them have counts only when it is given once for
 * each: nobody comes back in the shadow of a namesake.
 */
export function broughtBack(plans: readonly PersonPlan[], names: readonly string[]): ReadonlySet<string> {
  const revoked = plans.filter(({ fate }) => fate === 'revoked').map(({ person }) => person);
  const countOf = (list: readonly string[], name: string): number => list.filter((other) => other === name).length;
  const given = names.map(cleanName);
  const all = revoked.map(({ name }) => name);
  return new Set(revoked.filter(({ name }) => countOf(given, name) >= countOf(all, name)).map(({ id }) => id));
}
