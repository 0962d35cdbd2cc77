import * as v from 'valibot';
import type { Result } from '../../base/index.ts';
import type { Database } from '../database.ts';
import type { StoreFailure } from '../store-failure.ts';
import type { RecordChange } from './state-record.ts';
import { changeState } from './state-record.ts';

const key = 'ran-version';
const schema = v.object({ version: v.string() });

/**
 * Keeps which version of the app stands at the door.
 *
 * @returns the one that stood there before, where it was another one; null for the first, and for the same again
 */
export function noteRanVersion(database: Database, version: string): Promise<Result<string | null, StoreFailure>> {
  return changeState(database, key, (stored): RecordChange<string | null> => {
    const parsed = v.safeParse(schema, stored);
    const before = parsed.success ? parsed.output.version : null;
    return before === version ? { value: null } : { value: before, put: { version } };
  });
}
