import type { Migration } from './migration.ts';

/** The backend that measured best, one record per device and set of models. */
export const backendMemoryMigration: Migration = {
  version: 2,
  up: (database) => {
    database.createObjectStore('backend-memory');
  },
};
