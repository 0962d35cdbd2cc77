import type { Migration } from './migration.ts';

/**
 * The vault: the wrapped key, and sealed records under random ids. A photo's key begins with its person's id and a slash;
 * nothing else about a record is plain, so there is no index.
 */
export const vaultMigration: Migration = {
  version: 4,
  up: (database) => {
    for (const name of ['vault-key', 'vault-state', 'vault-people', 'vault-templates', 'vault-photos', 'vault-receipts', 'vault-audit']) {
      database.createObjectStore(name);
    }
  },
};
