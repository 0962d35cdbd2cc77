import type { Migration } from './migration.ts';

/**
 * The door: its settings and the secrets of its owner (`door-state`), the owner's passkeys, the log under the numbers of its
 * lines; and in the vault the PINs of people under their ids, sealed.
 */
export const doorMigration: Migration = {
  version: 5,
  up: (database) => {
    for (const name of ['door-state', 'door-passkeys', 'door-audit', 'vault-pins']) database.createObjectStore(name);
  },
};
