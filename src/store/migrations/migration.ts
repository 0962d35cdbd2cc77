/**
 * One step of the database's history. A step that shipped is never changed: it works on the native interface and
 * plain data, so that it keeps meaning what it meant when it was written.
 */
export interface Migration {
  /** The database's version after this step. Steps are numbered 1, 2, 3, ... without gaps. */
  readonly version: number;
  /** Runs inside the upgrade transaction: what it throws undoes the whole upgrade. */
  readonly up: (database: IDBDatabase, transaction: IDBTransaction) => void;
}
