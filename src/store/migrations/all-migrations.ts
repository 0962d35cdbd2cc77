import { settingsMigration } from './0001-settings.ts';
import { backendMemoryMigration } from './0002-backend-memory.ts';
import { importedModelsMigration } from './0003-imported-models.ts';
import { vaultMigration } from './0004-vault.ts';
import { doorMigration } from './0005-door.ts';
import type { Migration } from './migration.ts';

/** The database's whole history, oldest first. */
export const allMigrations: readonly Migration[] = [settingsMigration, backendMemoryMigration, importedModelsMigration, vaultMigration, doorMigration];
