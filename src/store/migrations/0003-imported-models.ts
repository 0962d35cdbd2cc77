import type { Migration } from './migration.ts';

/** Models that a person brought: one card per model, and their files under [model, file name]. */
export const importedModelsMigration: Migration = {
  version: 3,
  up: (database) => {
    database.createObjectStore('imported-models');
    database.createObjectStore('imported-files');
  },
};
