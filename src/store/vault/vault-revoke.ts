import type { Calendar, Result } from '../../base/index.ts';
import { err, ok } from '../../base/index.ts';
import { encodeAudit } from './audit.ts';
import { photoKey } from './backup-contents.ts';
import { toHex } from './bytes.ts';
import { peopleFrom, personFrom } from './people-list.ts';
import { decodeTemplates } from './person-codec.ts';
import type { Erased, Receipt, StoredReceipt } from './receipt.ts';
import { decodeReceipt, encodeReceipt, markOf, withoutMark } from './receipt.ts';
import type { Change, OpenedRow, VaultCore } from './vault-core.ts';
import type { VaultFailure } from './vault-failure.ts';
import { decodeState, encodeState, freshState, statePlace } from './vault-state.ts';

/** Erases people, and keeps the receipts. */
export class VaultRevoke {
  constructor(
    private readonly core: VaultCore,
    private readonly calendar: Calendar,
  ) {}

  revoke(id: string): Promise<Result<Receipt, VaultFailure>> {
    return this.core.change(() => this.#revocation(id, 'owner'));
  }

  async purge(): Promise<Result<readonly Receipt[], VaultFailure>> {
    const read = await this.core.read([{ store: 'vault-people' }]);
    if (!read.ok) return read;
    const nowMs = this.calendar.epochMs();
    const receipts: Receipt[] = [];
    for (const { id, retainUntilMs } of peopleFrom(read.value[0] ?? []).people) {
      if (retainUntilMs > nowMs) continue;
      const revoked = await this.core.change(() => this.#revocation(id, 'retention'));
      if (revoked.ok) receipts.push(revoked.value);
      // Another tab revoked or extended them in the meantime.
      else if (revoked.failure.code !== 'no-such-person') return revoked;
    }
    return ok(receipts);
  }

  async receipts(): Promise<Result<readonly Receipt[], VaultFailure>> {
    const read = await this.core.read([{ store: 'vault-receipts' }]);
    if (!read.ok) return read;
    const receipts = receiptsFrom(read.value[0] ?? []).map(withoutMark);
    return ok(receipts.sort((a, b) => b.erasedAtMs - a.erasedAtMs || (a.id < b.id ? -1 : 1)));
  }

  async #revocation(id: string, askedBy: Receipt['askedBy']): Promise<Result<Change<Receipt>, VaultFailure>> {
    const read = await this.core.read([
      { store: 'vault-people', key: id },
      { store: 'vault-templates', key: id },
      { store: 'vault-photos', prefix: photoKey(id, '') },
      statePlace,
    ]);
    if (!read.ok) return read;
    const [[person] = [], [templates] = [], photos = [], [stateRow] = []] = read.value;
    if (!person && !templates && photos.length === 0) return err('no-such-person', `no person ${id} is kept here`);
    const atMs = this.calendar.epochMs();
    if (askedBy === 'retention') {
      const found = person ? personFrom(person) : null;
      if (found?.ok && found.value.retainUntilMs > atMs) return err('no-such-person', `the retention of ${id} was extended`);
    }
    const kept = stateRow?.content.ok ? decodeState(stateRow.content.value) : null;
    const state = kept ?? freshState(this.core.random);
    const receipt: StoredReceipt = {
      id: toHex(this.core.random(16)),
      erasedAtMs: atMs,
      askedBy,
      erased: countErased(person, templates, photos),
      markKey: state.markKey,
      mark: await markOf(state.markKey, id),
    };
    return ok({
      value: withoutMark(receipt),
      expect: [
        { place: { store: 'vault-people', key: id }, stamp: person?.stamp ?? null },
        ...(kept ? [] : [{ place: statePlace, stamp: stateRow?.stamp ?? null }]),
      ],
      erase: [
        { store: 'vault-people', key: id },
        { store: 'vault-templates', key: id },
        { store: 'vault-photos', prefix: photoKey(id, '') },
        { store: 'vault-pins', key: id },
      ],
      put: [
        { place: { store: 'vault-receipts', key: receipt.id }, content: encodeReceipt(receipt) },
        {
          place: { store: 'vault-audit', key: toHex(this.core.random(16)) },
          content: encodeAudit({ atMs, act: 'revoke', people: 1, templates: receipt.erased.templates }),
        },
        ...(kept ? [] : [{ place: statePlace, content: encodeState(state) }]),
      ],
    });
  }
}

/** Receipts that can be read. */
export function receiptsFrom(rows: readonly OpenedRow[]): readonly StoredReceipt[] {
  return rows.flatMap(({ key, content }) => {
    const receipt = content.ok ? decodeReceipt(key, content.value) : content;
    return receipt.ok ? [receipt.value] : [];
  });
}

function countErased(person: OpenedRow | undefined, templates: OpenedRow | undefined, photos: readonly OpenedRow[]): Erased {
  const held = templates?.content.ok ? decodeTemplates(templates.content.value) : null;
  const unreadable = (person && !personFrom(person).ok ? 1 : 0) + (templates && !held?.ok ? 1 : 0);
  return { templates: held?.ok ? held.value.templates.length : 0, negatives: held?.ok ? held.value.negatives.length : 0, photos: photos.length, unreadable };
}
