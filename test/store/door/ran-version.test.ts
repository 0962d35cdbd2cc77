import 'fake-indexeddb/auto';
import { deleteDB } from 'idb';
import { expect, it } from 'vitest';
import { createDatabase, noteRanVersion } from '../../../src/store/index.ts';
import { valueOf } from '../vault/made-vault.ts';

it('tells once that another version stood at the door, and nothing of the first one', async () => {
  const name = 'ran-version-test';
  await deleteDB(name);
  const database = createDatabase({ name });
  const told: (string | null)[] = [];
  for (const version of ['1.0.0', '1.0.0', '1.1.0', '1.1.0', '1.0.0']) told.push(await valueOf(noteRanVersion(database, version)));
  expect(told).toEqual([null, null, '1.0.0', null, '1.1.0']);
  await database.close();
});
