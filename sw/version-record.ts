/** Which version of the app is served, as it lies in the cache. Versions are named by the hash of their files. */
export interface VersionRecord {
  readonly served: string;
  /** The version before, kept whole: for pages that still run it, and to go on when the served one fails. */
  readonly before: string | null;
  /** null once the served version has proved itself. */
  readonly trial: Trial | null;
  /** The version that failed its trial here; null where none did since the last update. */
  readonly failed: string | null;
}

export interface Trial {
  /** Pages of this version that were opened. */
  readonly clientIds: readonly string[];
}

/** Pages of a version on trial that may be opened without one that proves it: a blank page is loaded anew once or twice. */
const mostOpenings = 3;

/** A version takes over, by consent or as the first one. A first version has nothing to go back to, and no trial. */
export function takenOver(record: VersionRecord | null, own: string): VersionRecord {
  if (!record) return { served: own, before: null, trial: null, failed: null };
  if (record.served === own || record.failed === own) return record;
  return { served: own, before: record.served, trial: { clientIds: [] }, failed: null };
}

/** A page is opened: of the served version, or of the one before where that one was opened too often in vain. */
export function pageOpened(record: VersionRecord, clientId: string): VersionRecord {
  if (!record.trial) return record;
  if (record.trial.clientIds.length >= mostOpenings) return rolledBack(record);
  return { ...record, trial: { clientIds: [...record.trial.clientIds, clientId] } };
}

/** A page shows that its version works. Pages of other versions prove nothing. */
export function proved(record: VersionRecord, clientId: string): VersionRecord {
  return isOnTrial(record, clientId) ? { ...record, trial: null } : record;
}

/** The version before goes on. The files of the one that failed stay, for another try. */
export function rolledBack(record: VersionRecord): VersionRecord {
  if (!record.trial || record.before === null) return record;
  return { served: record.before, before: record.served, trial: null, failed: record.served };
}

/** The version that failed gets another trial. */
export function triedAgain(record: VersionRecord): VersionRecord {
  if (record.failed === null || record.before !== record.failed) return record;
  return { served: record.failed, before: record.served, trial: { clientIds: [] }, failed: null };
}

export function isOnTrial(record: VersionRecord, clientId: string): boolean {
  return record.trial?.clientIds.includes(clientId) ?? false;
}

/** Reads a record that may have been written by anyone; null for what is none. */
export function recordFrom(value: unknown): VersionRecord | null {
  if (typeof value !== 'object' || value === null) return null;
  const { served, before, trial, failed } = value as Partial<Record<keyof VersionRecord, unknown>>;
  if (typeof served !== 'string' || !isNameOrNull(before) || !isNameOrNull(failed)) return null;
  return { served, before, failed, trial: before !== null ? trialFrom(trial) : null };
}

function trialFrom(value: unknown): Trial | null {
  if (typeof value !== 'object' || value === null || !('clientIds' in value) || !Array.isArray(value.clientIds)) return null;
  return { clientIds: value.clientIds.filter((id) => typeof id === 'string') };
}

function isNameOrNull(value: unknown): value is string | null {
  return value === null || typeof value === 'string';
}
