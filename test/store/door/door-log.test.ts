import 'fake-indexeddb/auto';
import { deleteDB } from 'idb';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { doorIdOf, verifyAudit } from '../../../src/audit/index.ts';
import type { DoorEvent, LogLine } from '../../../src/audit/index.ts';
import type { Database, LintelDb } from '../../../src/store/database.ts';
import { createDatabase } from '../../../src/store/database.ts';
import { dayMs } from '../../../src/store/vault/person.ts';
import { restoreSaved } from '../saved-databases.ts';
import { decision, exportedBytes, madeLog, SetTime, startMs, valueOf } from './made-log.ts';

const name = 'door-log-test';

function newDatabase(): Database {
  const database = createDatabase({ name });
  onTestFinished(() => database.close());
  return database;
}

const kindsOf = (lines: readonly LogLine[]): string[] => lines.map(({ event }) => event.kind);
const allLines = (database: Database): Promise<readonly LogLine[]> => valueOf(madeLog(database).newest(1000)).then((lines) => [...lines].reverse());

describe('the door\'s log', () => {
  beforeEach(() => deleteDB(name));

  it('keeps every kind of event, chained from the first line on, and says so in an export', async () => {
    const database = newDatabase();
    const time = new SetTime();
    const log = madeLog(database, time);
    expect(await log.exportFile()).toMatchObject({ ok: false, failure: { code: 'empty' } });
    expect(await log.fingerprint()).toEqual({ ok: true, value: null });
    const events: readonly DoorEvent[] = [
      { kind: 'decision', decisionId: 'd-1', outcome: 'granted', mode: 'claimed', factors: ['face', 'pin'], doorPersonId: await doorIdOf('f00d'), reasons: [] },
      decision(2),
      { kind: 'pulse', decisionId: 'd-1', stage: 'asked', code: null },
      { kind: 'pulse', decisionId: 'd-1', stage: 'opened', code: 'device' },
      { kind: 'admin', action: 'settings-changed', by: 'passkey', subjects: ['mode', 'door-name'] },
      { kind: 'update', from: '1.0.0', to: '1.1.0' },
      { kind: 'fault', part: 'camera', code: 'camera-ended' },
    ];
    for (const event of events) {
      time.pass(60_000);
      const line = await valueOf(log.append(event));
      expect(line).toMatchObject({ atMs: time.dateMs, event });
    }
    const fingerprint = await valueOf(log.fingerprint());
    const report = { count: 8, firstSeq: 1, lastSeq: 8, fromMs: startMs + 60_000, toMs: startMs + 7 * 60_000, stepsBack: 0, fingerprint };
    expect(await valueOf(log.check())).toMatchObject(report);
    const verified = await verifyAudit(await exportedBytes(log), fingerprint);
    expect(verified).toMatchObject({ ok: true, value: { report } });
    expect(verified.ok && verified.value.lines.map(({ event }) => event)).toEqual([{ kind: 'begun', after: null }, ...events]);
    expect(await valueOf(log.newest(2))).toMatchObject([{ seq: 8 }, { seq: 7 }]);
  });

  it('takes no name, sentence, picture or person who was not let in', async () => {
    const log = madeLog(newDatabase());
    const wrong: readonly unknown[] = [
      { ...decision(1), reasons: ['it was nearly Ana'] },
      { ...decision(1), doorPersonId: await doorIdOf('1') },
      { ...decision(1), photo: 'data:' },
      { ...decision(1), outcome: 'granted', doorPersonId: 'Ana' },
      { kind: 'cut', upToSeq: 1, hash: '0'.repeat(64), more: 1 },
    ];
    for (const event of wrong) await expect(log.append(event as DoorEvent)).rejects.toThrow();
    expect(await log.newest(9)).toEqual({ ok: true, value: [] });
  });

  it('goes on after a restart, with the same key', async () => {
    const first = madeLog(newDatabase());
    await valueOf(first.append(decision(1)));
    const second = madeLog(newDatabase());
    expect((await valueOf(second.append(decision(2)))).seq).toBe(3);
    expect(await second.fingerprint()).toEqual(await first.fingerprint());
    expect(await valueOf(second.check())).toMatchObject({ count: 3 });
  });

  it('keeps the order in which it was asked, also by several tabs at once', async () => {
    const tabs = [newDatabase(), newDatabase(), newDatabase()].map((database) => madeLog(database));
    const answers = await Promise.all(Array.from({ length: 24 }, (_, n) => tabs[n % 3]!.append(decision(n))));
    const confirmed = answers.flatMap((answer, n) => (answer.ok ? [{ n, seq: answer.value.seq }] : []));
    const lines = await allLines(newDatabase());
    // Without the browser's locks another tab may win too often. What was confirmed is there, each once, and the chain holds.
    for (const answer of answers) if (!answer.ok) expect(answer.failure.code).toBe('conflict');
    expect(lines.length).toBe(confirmed.length + 1);
    for (const { n, seq } of confirmed) expect(lines[seq - 1]).toMatchObject({ seq, event: { decisionId: `decision-${n}` } });
    for (let tab = 0; tab < 3; tab++) {
      const seqs = confirmed.filter(({ n }) => n % 3 === tab).map(({ seq }) => seq);
      expect(seqs).toEqual([...seqs].sort((a, b) => a - b));
    }
    expect(await valueOf(tabs[0]!.check())).toMatchObject({ count: lines.length });
  });

  it('writes down that the clock jumped, before what happens next', async () => {
    const database = newDatabase();
    const time = new SetTime();
    const log = madeLog(database, time);
    await valueOf(log.append(decision(1)));
    time.pass(3000);
    time.dateMs += 2000;
    await valueOf(log.append(decision(2)));
    expect(kindsOf(await allLines(database))).toEqual(['begun', 'decision', 'decision']);
    time.pass(1000);
    time.dateMs -= 3_600_000;
    await valueOf(log.append(decision(3)));
    time.pass(1000);
    await valueOf(log.append(decision(4)));
    const lines = await allLines(database);
    expect(kindsOf(lines)).toEqual(['begun', 'decision', 'decision', 'clock', 'decision', 'decision']);
    expect(lines[3]!.event).toEqual({ kind: 'clock', fromMs: startMs + 6000, toMs: startMs + 6000 - 3_600_000 });
    // Over a restart only a date before the newest line is known to be wrong.
    const afterRestart = madeLog(newDatabase(), new SetTime(startMs - dayMs, 5));
    await valueOf(afterRestart.append(decision(5)));
    expect(kindsOf(await allLines(database)).slice(-2)).toEqual(['clock', 'decision']);
    expect(await valueOf(log.check())).toMatchObject({ count: 8, stepsBack: 2 });
  });

  it('cuts off what is old, and the rest still verifies', async () => {
    const database = newDatabase();
    const time = new SetTime();
    const log = madeLog(database, time);
    for (let day = 0; day < 10; day++) {
      await valueOf(log.append(decision(day)));
      time.pass(dayMs);
    }
    const before = await exportedBytes(log);
    expect(await log.cut(startMs - 1)).toEqual({ ok: true, value: 0 });
    expect(await log.cut(startMs + 4 * dayMs)).toEqual({ ok: true, value: 5 });
    expect((await allLines(database))[0]).toMatchObject({ seq: 6, event: { decisionId: 'decision-4' } });
    expect(await valueOf(log.check())).toMatchObject({ count: 7, firstSeq: 6, lastSeq: 12 });
    await valueOf(log.append(decision(99)));
    expect(await log.cut(Number.MAX_SAFE_INTEGER)).toEqual({ ok: true, value: 7 });
    expect(kindsOf(await allLines(database))).toEqual(['decision', 'cut']);
    expect(await valueOf(log.check())).toMatchObject({ count: 2, firstSeq: 13, lastSeq: 14 });
    expect((await verifyAudit(before)).ok).toBe(true);
  });

  it.each<[string, (db: LintelDb) => Promise<unknown>, string]>([
    ['the newest line removed', (db) => db.delete('door-audit', 4), 'altered'],
    ['a line in the middle removed', (db) => db.delete('door-audit', 2), 'altered'],
    ['all lines removed', (db) => db.clear('door-audit'), 'altered'],
    ['the newest line put back to another one', async (db) => db.put('door-audit', await db.get('door-audit', 3), 4), 'altered'],
    ['an older head', async (db) => db.put('door-state', (await db.get('door-audit', 3)) ?? '', 'log-head'), 'altered'],
    ['no head', (db) => db.delete('door-state', 'log-head'), 'altered'],
    ['the key removed', (db) => db.delete('door-state', 'log-keys'), 'key-lost'],
    ['everything but the lines removed', (db) => db.clear('door-state'), 'key-lost'],
  ])('finds on the device: %s; writes no more until a new log is begun', async (_what, tamper, code) => {
    const database = newDatabase();
    const log = madeLog(database);
    for (let n = 0; n < 3; n++) await valueOf(log.append(decision(n)));
    const oldKey = await valueOf(log.fingerprint());
    await database.use(tamper);
    for (const call of [log.append(decision(9)), log.check(), log.exportFile(), log.cut(startMs + dayMs)]) expect(await call).toMatchObject({ ok: false, failure: { code } });
    const [newest] = await valueOf(log.newest(1));
    await valueOf(log.startAnew());
    await valueOf(log.append(decision(10)));
    const lines = await allLines(database);
    expect(lines.map(({ event }) => event)).toMatchObject([{ kind: 'begun', after: newest ? { seq: newest.seq } : null }, decision(10)]);
    expect(await valueOf(log.check())).toMatchObject({ count: 2 });
    expect(await valueOf(log.fingerprint())).not.toBe(oldKey);
  });

  it('finds a line that was altered in the middle when everything is checked', async () => {
    const database = newDatabase();
    const log = madeLog(database);
    for (let n = 0; n < 3; n++) await valueOf(log.append(decision(n)));
    await database.use(async (db) => db.put('door-audit', String(await db.get('door-audit', 2)).replace('refused', 'unsure'), 2));
    expect(await log.check()).toMatchObject({ ok: false, failure: { code: 'altered', detail: expect.stringContaining('line 3 of an export: altered') as string } });
    await database.use((db) => db.put('door-audit', 7, 2));
    expect(await log.check()).toMatchObject({ ok: false, failure: { code: 'altered', detail: expect.stringContaining('gap') as string } });
  });

  it('gives its key to nobody', async () => {
    const database = newDatabase();
    await valueOf(madeLog(database).append(decision(1)));
    const keys = await valueOf(database.use((db) => db.get('door-state', 'log-keys')));
    await expect(crypto.subtle.exportKey('pkcs8', (keys as { readonly privateKey: CryptoKey }).privateKey)).rejects.toThrow();
  });

  it.each(['v1.json', 'v2.json', 'v3.json', 'v4.json'])('begins in a database of an older app: %s', async (file) => {
    await restoreSaved(file, name);
    const log = madeLog(newDatabase());
    await valueOf(log.append(decision(1)));
    expect(await valueOf(log.check())).toMatchObject({ count: 2 });
  });
});
