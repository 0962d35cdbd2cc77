import 'fake-indexeddb/auto';
import { deleteDB } from 'idb';
import { beforeAll, describe, expect, it } from 'vitest';
import * as storeRoom from '../../src/store/index.ts';
import type { Database } from '../../src/store/index.ts';
import { createDatabase } from '../../src/store/index.ts';
import { atEveryPoint } from '../faults/at-every-point.ts';
import { faultKinds, keepLedger } from '../faults/storage-faults.ts';
import { valueOf } from './door/made-log.ts';
import type { Snapshot } from './snapshot.ts';
import { changedStores, putBack, takeSnapshot } from './snapshot.ts';
import type { Entry, Seed, Stage, WriteEntry } from './write-table.ts';
import { fill, openStage, table } from './write-table.ts';

const name = 'every-write-test';
let seed: Seed;
let filled: Snapshot;

beforeAll(async () => {
  await deleteDB(name);
  const database = createDatabase({ name });
  seed = await fill(database);
  filled = await takeSnapshot(database);
  await database.close();
});

/** A stage as it was filled, and brought to where a call has something to change. */
async function setStage(database: Database, first?: WriteEntry['first']): Promise<Stage & { readonly before: Snapshot }> {
  await putBack(database, filled);
  const stage = openStage(database, seed);
  await first?.(stage);
  return Object.assign(stage, { before: await takeSnapshot(database) });
}

const entries = Object.entries(table).flatMap(([maker, { methods }]) => Object.entries(methods).map(([method, entry]) => ({ name: `${maker.replace('create', '')}.${method}`, entry })));
const writes = entries.flatMap(({ name: of, entry }) => ('writes' in entry ? [[of, entry] as const] : []));

/** The methods of an object: those of its class, or of the object itself where it is one by hand. */
function methodsOf(object: object): readonly string[] {
  const holder: unknown = Object.getPrototypeOf(object);
  const from = holder === Object.prototype ? object : (holder as object);
  const all = Object.getOwnPropertyDescriptors(from);
  return Object.keys(all).filter((key) => key !== 'constructor' && typeof all[key]?.value === 'function');
}

describe('the table of what the store room does', () => {
  it('has every store, and everything that it can be asked for', async () => {
    expect(Object.keys(table).sort()).toEqual(Object.keys(storeRoom).filter((key) => key.startsWith('create')).sort());
    const database = createDatabase({ name });
    const stage = openStage(database, seed);
    for (const [maker, { of, methods }] of Object.entries(table)) if (of) expect([maker, Object.keys(methods).sort()]).toEqual([maker, [...methodsOf(of(stage))].sort()]);
    await database.close();
  });

  it('calls reading what writes nothing, and writing what does; together they write into every object store', async () => {
    const database = createDatabase({ name });
    const written = new Set<string>();
    const wrong: string[] = [];
    for (const { name: of, entry } of entries) {
      const stage = await setStage(database, 'first' in entry ? entry.first : undefined);
      const ledger = keepLedger();
      await callOf(entry)(stage).finally(ledger.remove);
      for (const store of ledger.writes) written.add(store);
      if (ledger.writes.length > 0 !== 'writes' in entry) wrong.push(of);
    }
    expect(wrong).toEqual([]);
    const stores = await valueOf(database.use((db) => Promise.resolve([...db.objectStoreNames])));
    expect([...written].sort()).toEqual(stores.sort());
    await database.close();
  });
});

describe.each(faultKinds)('a store on a failing device: %s at every point', (kind) => {
  it.each(writes)('%s leaves everything as it was, says what failed, and works the next time', async (_name, { writes: call, first, inSteps, silent }) => {
    const points = await atEveryPoint({
      databaseName: name,
      kind,
      setStage: (database) => setStage(database, first),
      call,
      tells: silent !== true,
      judge: async (stage, result) => {
        const changed = async (): Promise<readonly string[]> => changedStores(stage.before, await takeSnapshot(stage.database));
        if (!result.ok && inSteps === undefined) expect(await changed()).toEqual([]);
        if (!result.ok || silent) await valueOf(call(stage));
        expect(await changed()).not.toEqual([]);
      },
    });
    expect(points).toBeGreaterThan(0);
  });
});

function callOf(entry: Entry): (stage: Stage) => Promise<unknown> {
  if ('writes' in entry) return entry.writes;
  return 'reads' in entry ? entry.reads : () => Promise.resolve();
}
