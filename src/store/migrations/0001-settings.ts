import type { Migration } from './migration.ts';

/** Settings: one record under the key `settings`. */
export const settingsMigration: Migration = {
  version: 1,
  up: (database) => {
    database.createObjectStore('settings');
  },
};
