import 'fake-indexeddb/auto';
import { deleteDB } from 'idb';
import { describe, expect, it } from 'vitest';
import type { LogLine } from '../../../src/audit/index.ts';
import { verifyAudit } from '../../../src/audit/index.ts';
import type { Result } from '../../../src/base/index.ts';
import type { Database } from '../../../src/store/database.ts';
import { createDatabase } from '../../../src/store/database.ts';
import type { AdminGuard } from '../../../src/store/door/admin-guard.ts';
import { createAdminGuard } from '../../../src/store/door/create-admin-guard.ts';
import { createDoorSettings } from '../../../src/store/door/door-settings-store.ts';
import type { DoorLog } from '../../../src/store/door/door-log.ts';
import type { PersonPins } from '../../../src/store/door/person-pins.ts';
import { createPersonPins } from '../../../src/store/door/person-pins.ts';
import { dayMs } from '../../../src/store/vault/person.ts';
import { cheapKdf, madeVault, newPerson } from '../vault/made-vault.ts';
import { atEveryPoint as everyPoint } from '../../faults/at-every-point.ts';
import type { FaultKind } from '../../faults/storage-faults.ts';
import { decision, exportedBytes, madeLog, SetTime, startMs, valueOf } from './made-log.ts';

const name = 'door-faults-test';
const pin = '482915';
const wrongPin = '864209';
/** Every other kind is tried in `every-write.test.ts`. */
const kinds: readonly FaultKind[] = ['quota', 'quota-at-commit', 'killed-before', 'killed-amid'];

interface Stage {
  readonly log: DoorLog;
  readonly guard: AdminGuard;
  readonly pins: PersonPins;
  readonly database: Database;
  readonly anaId: string;
  readonly time: SetTime;
}

async function setStage(database: Database, lines: number): Promise<Stage> {
  await deleteDB(name);
  const time = new SetTime();
  const log = madeLog(database, time);
  const guard = createAdminGuard(database, { calendar: time, clock: time, deriveKey: cheapKdf, tell: () => Promise.resolve(), site: { origin: '', host: '' } });
  const pins = createPersonPins(database, { clock: time, deriveKey: cheapKdf });
  const { id: anaId } = await valueOf(madeVault(database).add(newPerson('Ana', 1)));
  await valueOf(pins.set(anaId, pin));
  await valueOf(guard.setUp(pin));
  for (let n = 0; n < lines; n++) {
    await valueOf(log.append(decision(n)));
    time.pass(dayMs);
  }
  return { log, guard, pins, database, anaId, time };
}

async function atEveryPoint(kind: FaultKind, lines: number, call: (stage: Stage) => Promise<Result<unknown>>, judge: (stage: Stage, result: Result<unknown>) => Promise<void>): Promise<number> {
  return everyPoint({ databaseName: name, kind, setStage: (database) => setStage(database, lines), call, judge });
}

async function linesOf({ log }: Stage): Promise<readonly LogLine[]> {
  const verified = await verifyAudit(await exportedBytes(log));
  if (!verified.ok) throw new Error(JSON.stringify(verified.failure));
  return verified.value.lines;
}

describe.each(kinds)('the door on a failing disk: %s at every point', (kind) => {
  it.each([0, 3])('a line is written whole or not at all, after %d others, and the next one follows', async (lines) => {
    const points = await atEveryPoint(
      kind,
      lines,
      ({ log }) => log.append(decision(50)),
      async (stage, result) => {
        const before = lines === 0 ? 0 : lines + 1;
        if (result.ok || lines > 0) expect((await linesOf(stage)).length).toBe(result.ok ? Math.max(before, 1) + 1 : before);
        await valueOf(stage.log.append(decision(51)));
        const after = await linesOf(stage);
        expect(after.filter(({ event }) => event.kind === 'decision' && event.decisionId === 'decision-50').length).toBe(result.ok ? 1 : 0);
        expect(after.at(-1)?.event).toEqual(decision(51));
      },
    );
    expect(points).toBeGreaterThan(0);
  });

  it('a cut happens whole or not at all', async () => {
    await atEveryPoint(
      kind,
      6,
      ({ log }) => log.cut(startMs + 3 * dayMs),
      async (stage, result) => {
        expect((await linesOf(stage)).length).toBe(result.ok ? 4 : 7);
        await valueOf(stage.log.append(decision(60)));
        expect((await linesOf(stage)).length).toBe(result.ok ? 5 : 8);
      },
    );
  });

  it('a new log takes the place of the old one whole or not at all', async () => {
    await atEveryPoint(
      kind,
      2,
      ({ log }) => log.startAnew(),
      async (stage, result) => expect((await linesOf(stage)).length).toBe(result.ok ? 1 : 3),
    );
  });

  it('a wrong PIN of the owner counts, whatever fails; a right one lets in only when that is written', async () => {
    await atEveryPoint(
      kind,
      0,
      ({ guard }) => guard.enterByPin(wrongPin),
      async ({ guard }, result) => {
        for (let i = 0; i < (result.ok ? 4 : 5); i++) await valueOf(guard.enterByPin(wrongPin));
        expect(await valueOf(guard.enterByPin(pin))).toMatchObject({ outcome: 'locked' });
      },
    );
    await atEveryPoint(
      kind,
      0,
      ({ guard }) => guard.enterByPin(pin),
      async ({ guard }, result) => {
        if (result.ok) expect(result.value).toMatchObject({ outcome: 'in' });
        expect(await valueOf(guard.enterByPin(pin))).toMatchObject({ outcome: 'in' });
      },
    );
  });

  it('a wrong PIN of a person is never right, and a right one only when that is written', async () => {
    for (const [digits, is] of [[wrongPin, 'wrong'], [pin, 'right']] as const) {
      await atEveryPoint(
        kind,
        0,
        ({ pins, anaId }) => pins.check(anaId, digits),
        async ({ pins, anaId }, result) => {
          if (result.ok) expect(result.value).toEqual({ kind: is });
          expect(await valueOf(pins.check(anaId, pin))).toEqual({ kind: 'right' });
        },
      );
    }
  });

  it('a setting is changed or it is not', async () => {
    await atEveryPoint(
      kind,
      0,
      ({ database }) => createDoorSettings(database).write({ doorName: 'Back door' }),
      async ({ database }, result) => {
        expect(await valueOf(createDoorSettings(database).read())).toMatchObject(result.ok ? { saved: true, settings: { doorName: 'Back door' } } : { saved: false, settings: { doorName: 'Door' } });
      },
    );
  });
});

describe('a line', () => {
  it('is written once when the connection dies behind the commit and the work runs again', async () => {
    const real = createDatabase({ name });
    const { log, time } = await setStage(real, 2);
    const twice: Database = {
      use: async (work) => {
        await real.use(work);
        return real.use(work);
      },
      close: () => real.close(),
    };
    await valueOf(madeLog(twice, time).append(decision(70)));
    expect(await valueOf(log.check())).toMatchObject({ count: 4 });
    await real.close();
  });
});
