import { systemCalendar } from '../base/index.ts';
import type { Database, Vault } from '../store/index.ts';
import { createVault, createWorkerKdf } from '../store/index.ts';

/** The vault of this device. It is loaded when somebody asks for people: most visits do not. */
export function buildVault(database: Database, trustScriptUrl: Parameters<typeof createWorkerKdf>[0]): Vault {
  return createVault(database, { calendar: systemCalendar, deriveKey: createWorkerKdf(trustScriptUrl) });
}
