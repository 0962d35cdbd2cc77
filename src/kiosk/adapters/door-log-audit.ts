import { ok } from '../../base/index.ts';
import type { DoorLog } from '../../store/index.ts';
import { doorIdOf } from '../../store/index.ts';
import type { AuditEntry } from '../audit-entry.ts';
import type { Audit } from '../ports.ts';

type LoggedEntry = Parameters<DoorLog['append']>[0];

/** The door's log as the record of a kiosk. People are named in it by what `doorIdOf` makes of their ids. */
export function doorLogAudit(log: Pick<DoorLog, 'append'>): Audit {
  return {
    async append(entry) {
      const written = await log.append(await loggedEntry(entry));
      return written.ok ? ok(null) : written;
    },
  };
}

async function loggedEntry(entry: AuditEntry): Promise<LoggedEntry> {
  switch (entry.kind) {
    case 'decision': {
      const { decisionId, mode, factors, reasons } = entry;
      const decision = { kind: entry.kind, decisionId, mode, factors: [...factors], reasons: reasons.slice(0, 16).map(asCode) };
      return entry.outcome === 'granted' ? { ...decision, outcome: entry.outcome, doorPersonId: await doorIdOf(entry.personId) } : { ...decision, outcome: entry.outcome };
    }
    case 'pulse':
      return { ...entry, code: entry.code === null ? null : asCode(entry.code) };
    case 'fault':
      return { ...entry, code: asCode(entry.code) };
  }
}

/** A code as the log takes it: an entry must not be lost for the word that an output chose. */
function asCode(text: string): string {
  const code = text.toLowerCase().replace(/[^a-z0-9]+/gu, '-').replace(/^-+/u, '').slice(0, 48);
  return code === '' ? 'unnamed' : code;
}
