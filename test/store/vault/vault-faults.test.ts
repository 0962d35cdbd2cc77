import 'fake-indexeddb/auto';
import { deleteDB } from 'idb';
import { describe, expect, it } from 'vitest';
import type { Result } from '../../../src/base/index.ts';
import type { Database } from '../../../src/store/database.ts';
import { createDatabase } from '../../../src/store/database.ts';
import { dayMs } from '../../../src/store/vault/person.ts';
import type { Vault } from '../../../src/store/vault/vault.ts';
import { cheapKdf, madeVault, modelId, newPerson, passphrase, photo, SetCalendar, startMs, template, valueOf } from './made-vault.ts';
import { atEveryPoint } from '../../faults/at-every-point.ts';
import type { FaultKind } from '../../faults/storage-faults.ts';
import { injectFault } from '../../faults/storage-faults.ts';

const name = 'vault-faults-test';

interface Stage {
  readonly vault: Vault;
  readonly calendar: SetCalendar;
  readonly anaId: string;
  /** Holds Ana, Bo and Chen as they were before Bo was revoked. */
  readonly backup: Blob;
}

/** Everything that can be asked of the vault that writes. */
const operations: Readonly<Record<string, (stage: Stage) => Promise<Result<unknown>>>> = {
  add: ({ vault }) => vault.add(newPerson('Dee', 30, { photos: [photo(3), photo(4)] })),
  rename: ({ vault, anaId }) => vault.rename(anaId, 'Anna'),
  'extend retention': ({ vault, anaId }) => vault.extendRetention(anaId, startMs + 999 * dayMs),
  're-enrol': ({ vault, anaId }) => vault.reEnrol(anaId, { mode: 'replace', templates: [template(60)], photos: [photo(7)] }),
  'add a negative': ({ vault, anaId }) => vault.addNegative(anaId, template(61)),
  'remove photos': ({ vault, anaId }) => vault.removePhotos(anaId),
  revoke: ({ vault, anaId }) => vault.revoke(anaId),
  export: ({ vault }) => vault.exportBackup(passphrase),
  restore: ({ vault, backup }) => vault.restore(backup, passphrase, { bringBack: ['Bo'] }),
  'erase everything': ({ vault }) => vault.eraseEverything(),
};


/** Every other kind is tried in `every-write.test.ts`. */
const kinds: readonly FaultKind[] = ['quota', 'quota-at-commit', 'killed-before', 'killed-amid'];

async function setStage(database: Database): Promise<Stage> {
  await deleteDB(name);
  const calendar = new SetCalendar();
  const vault = madeVault(database, calendar, cheapKdf);
  const ana = await valueOf(vault.add(newPerson('Ana', 1, { photos: [photo(1), photo(2)] })));
  const bo = await valueOf(vault.add(newPerson('Bo', 10)));
  const chen = await valueOf(vault.add(newPerson('Chen', 20)));
  const { file } = await valueOf(vault.exportBackup(passphrase));
  calendar.nowMs += dayMs;
  await valueOf(vault.revoke(bo.id));
  await valueOf(vault.revoke(chen.id));
  return { vault, calendar, anaId: ana.id, backup: file };
}

/** All that the vault tells, with the ids of new records left out, and no order where several things happened at one moment. */
async function allOf(vault: Vault): Promise<unknown> {
  const { people, damagedIds } = await valueOf(vault.people());
  const files = await Promise.all(people.map(async ({ id }) => ({ file: await valueOf(vault.person(id)), photos: await valueOf(vault.photos(id)) })));
  return {
    damagedIds,
    people: files.map(({ file, photos }) => ({ ...file, photos, person: { ...file.person, id: '' } })),
    gallery: (await valueOf(vault.gallery(modelId, 128))).values,
    receipts: (await valueOf(vault.receipts())).map(({ erasedAtMs, erased }) => JSON.stringify({ erasedAtMs, erased })).sort(),
    audit: (await valueOf(vault.audit())).map((entry) => JSON.stringify(entry)).sort(),
  };
}

describe('vault on a failing disk', () => {
  const points = Object.keys(operations).flatMap((operation) => kinds.map((kind) => [operation, kind] as const));

  it.each(points)('%s, fault %s at every point: all of it or nothing, and the next call works', async (operation, kind) => {
    const run = operations[operation]!;
    const database = createDatabase({ name });
    const clean = await setStage(database);
    const before = await allOf(clean.vault);
    await valueOf(run(clean));
    const after = await allOf(clean.vault);
    expect(after).not.toEqual(operation === 'export' ? null : before);
    await database.close();
    const points = await atEveryPoint({
      databaseName: name,
      kind,
      setStage,
      call: run,
      judge: async (stage, result) => {
        if (!result.ok) {
          expect(await allOf(stage.vault)).toEqual(before);
          await valueOf(run(stage));
        }
        expect(await allOf(stage.vault)).toEqual(after);
      },
    });
    expect(points).toBeGreaterThan(0);
  });

  it.each(kinds)('the first call of all, fault %s at every point: no half-made key', async (kind) => {
    const points = await atEveryPoint({
      databaseName: name,
      kind,
      setStage: async (database) => {
        await deleteDB(name);
        // The upgrade itself is the database's matter.
        await valueOf(database.use((db) => Promise.resolve(db.version)));
        return { database, vault: madeVault(database) };
      },
      call: ({ vault }) => vault.add(newPerson('Ana', 1)),
      judge: async ({ database, vault }, result) => {
        if (!result.ok) {
          expect((await valueOf(vault.people())).people).toEqual([]);
          await valueOf(vault.add(newPerson('Ana', 1)));
        }
        expect((await valueOf(madeVault(database).people())).people.map((person) => person.name)).toEqual(['Ana']);
      },
    });
    expect(points).toBeGreaterThan(0);
  });

  it.each(Object.keys(operations))('%s happens once when the connection dies behind the commit and the work runs again', async (operation) => {
    const real = createDatabase({ name });
    const clean = await setStage(real);
    await valueOf(operations[operation]!(clean));
    const after = await allOf(clean.vault);
    /** Carries all work out, and then hears that it was not. */
    const twice: Database = {
      use: async (work) => {
        await real.use(work);
        return real.use(work);
      },
      close: () => real.close(),
    };
    const stage = await setStage(twice);
    await valueOf(operations[operation]!(stage));
    expect(await allOf(stage.vault)).toEqual(after);
    await real.close();
  });

  it('a purge that fails half-way has receipts for those who are gone, and goes on later', async () => {
    const database = createDatabase({ name });
    const { vault, calendar } = await setStage(database);
    await valueOf(vault.add(newPerson('Dee', 30)));
    calendar.nowMs += 400 * dayMs;
    for (let nth = 1, failed = 0; ; nth++) {
      const fault = injectFault('quota', nth);
      const purged = await vault.purge().finally(fault.remove);
      const { people } = await valueOf(vault.people());
      const receipts = await valueOf(vault.receipts());
      expect(people.length + receipts.filter(({ askedBy }) => askedBy === 'retention').length).toBe(2);
      if (!purged.ok) failed++;
      if (purged.ok) {
        expect(failed).toBeGreaterThan(0);
        expect(people).toEqual([]);
        break;
      }
    }
    await database.close();
  });

  it('says that there is no database, for everything that is asked', async () => {
    const blocked: Database = {
      use: () => Promise.resolve({ ok: false, failure: { code: 'unavailable', detail: 'private mode' } }),
      close: () => Promise.resolve(),
    };
    const vault = madeVault(blocked, new SetCalendar(), cheapKdf);
    const calls = [
      vault.people(),
      vault.person('0'),
      vault.photos('0'),
      vault.gallery(modelId, 128),
      vault.add(newPerson('Ana', 1)),
      vault.rename('0', 'x'),
      vault.reEnrol('0', { mode: 'add', templates: [template(1)] }),
      vault.addNegative('0', template(1)),
      vault.removePhotos('0'),
      vault.extendRetention('0'),
      vault.revoke('0'),
      vault.purge(),
      vault.receipts(),
      vault.audit(),
      vault.exportBackup(passphrase),
      vault.eraseEverything(),
    ];
    for (const result of await Promise.all(calls)) expect(result).toMatchObject({ ok: false, failure: { code: 'unavailable' } });
  });
});
