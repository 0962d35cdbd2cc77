import * as v from 'valibot';
import type { BackendMemory, RememberedBackend } from '../pipeline/index.ts';
import { atomically } from './atomically.ts';
import type { Database } from './database.ts';

const rememberedSchema: v.GenericSchema<unknown, RememberedBackend> = v.object({
  backend: v.picklist(['webgl', 'wasm', 'cpu']),
  host: v.picklist(['worker', 'page']),
  frameMs: v.pipe(v.number(), v.finite(), v.minValue(0)),
});

/**
 * Keeps what measured best on this device. Losing a record costs a new measurement and nothing else: so a damaged
 * one is as good as none, and a device that cannot store goes on without.
 */
export function createBackendMemory(database: Database): BackendMemory {
  return {
    async recall(key) {
      const stored = await database.use((db) => db.get('backend-memory', key));
      const parsed = v.safeParse(rememberedSchema, stored.ok ? stored.value : null);
      return parsed.success ? parsed.output : null;
    },
    async remember(key, value) {
      await database.use((db) => atomically(db, ['backend-memory'], (transaction) => Promise.allSettled([transaction.objectStore('backend-memory').put(value, key)])));
    },
    async forget() {
      await database.use((db) => atomically(db, ['backend-memory'], (transaction) => Promise.allSettled([transaction.objectStore('backend-memory').clear()])));
    },
  };
}
