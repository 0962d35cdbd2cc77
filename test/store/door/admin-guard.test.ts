import 'fake-indexeddb/auto';
import { deleteDB } from 'idb';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import type { DoorEvent } from '../../../src/audit/index.ts';
import type { Database } from '../../../src/store/database.ts';
import { createDatabase } from '../../../src/store/database.ts';
import type { AdminGuard } from '../../../src/store/door/admin-guard.ts';
import { createAdminGuard } from '../../../src/store/door/create-admin-guard.ts';
import type { Authenticator } from '../../../src/store/door/passkey/authenticator.ts';
import { deriveByArgon2 } from '../../../src/store/vault/argon2.ts';
import { cheapKdf } from '../vault/made-vault.ts';
import { SetTime, valueOf } from './made-log.ts';

const name = 'admin-guard-test';
const pin = '482915';
const wrongPin = '482916';
const noAuthenticator: Authenticator = {
  make: () => Promise.resolve({ ok: false, failure: { code: 'not-here', detail: '' } }),
  use: () => Promise.resolve({ ok: false, failure: { code: 'not-here', detail: '' } }),
};

interface Page {
  readonly guard: AdminGuard;
  readonly time: SetTime;
  readonly told: DoorEvent[];
  readonly database: Database;
}

/** A page of the app; another one on the same database is a reload or another tab. */
function openPage(time = new SetTime(), deriveKey = cheapKdf): Page {
  const database = createDatabase({ name });
  onTestFinished(() => database.close());
  const told: DoorEvent[] = [];
  const tell = (event: DoorEvent): Promise<unknown> => Promise.resolve(told.push(event));
  const guard = createAdminGuard(database, { calendar: time, clock: time, deriveKey, tell, site: { origin: 'https://door.test', host: 'door.test' }, authenticator: noAuthenticator });
  return { guard, time, told, database };
}

/** A page after a restart: the date went on, the running time began anew. */
function reload(before: Page, dateJumpMs = 0): Page {
  return openPage(new SetTime(before.time.dateMs + dateJumpMs, 40));
}

async function miss({ guard }: Page, times: number): Promise<unknown> {
  let last: unknown = null;
  for (let i = 0; i < times; i++) last = await valueOf(guard.enterByPin(wrongPin));
  return last;
}

const waitOf = async ({ guard }: Page): Promise<number> => (await valueOf(guard.state())).pin.waitMs;

describe('the owner\'s PIN', () => {
  beforeEach(() => deleteDB(name));

  it('is set once, and lets in whoever knows it, by Argon2id as it ships', async () => {
    const page = openPage(new SetTime(), deriveByArgon2);
    expect(await page.guard.enterByPin(pin)).toMatchObject({ ok: false, failure: { code: 'not-set' } });
    const owner = await valueOf(page.guard.setUp(pin));
    expect(page.guard.holds(owner)).toBe(true);
    expect(await page.guard.setUp('111222')).toMatchObject({ ok: false, failure: { code: 'already-set' } });
    const later = reload(page);
    const again = openPage(later.time, deriveByArgon2);
    expect(await again.guard.enterByPin(wrongPin)).toEqual({ ok: true, value: { outcome: 'wrong', triesLeft: 4, waitMs: 0 } });
    const entry = await valueOf(again.guard.enterByPin(' ４８２９１５ '));
    expect(entry).toMatchObject({ outcome: 'in', pass: { by: 'pin' } });
    expect(again.told.map((event) => event.kind === 'admin' && `${event.action} ${event.by}`)).toEqual(['entry-wrong pin', 'entry pin']);
  });

  it.each([['12345', 'too-short'], ['1234567890123', 'too-long'], ['48291a', 'not-digits'], ['', 'too-short'], ['000000', 'too-simple'], ['123456', 'too-simple'], ['654321', 'too-simple'], ['121212', 'too-simple'], ['789012', 'too-simple'], ['135791', 'too-simple'], ['482482', 'too-simple']])('%s is not taken: %s', async (poor, code) => {
    expect(await openPage().guard.setUp(poor)).toMatchObject({ ok: false, failure: { code } });
  });

  it('locks after five misses for 30 s, and twice as long each time, up to an hour', async () => {
    const page = openPage();
    await valueOf(page.guard.setUp(pin));
    expect(await miss(page, 4)).toEqual({ outcome: 'wrong', triesLeft: 1, waitMs: 0 });
    const waits: number[] = [];
    for (let i = 0; i < 10; i++) {
      const { outcome, waitMs } = (await miss(page, 1)) as { readonly outcome: string; readonly waitMs: number };
      expect(outcome).toBe('wrong');
      waits.push(waitMs / 1000);
      page.time.pass(waitMs - 1);
      expect(await page.guard.enterByPin(pin)).toEqual({ ok: true, value: { outcome: 'locked', waitMs: 1 } });
      page.time.pass(1);
    }
    expect(waits).toEqual([30, 60, 120, 240, 480, 960, 1920, 3600, 3600, 3600]);
    expect(await valueOf(page.guard.enterByPin(pin))).toMatchObject({ outcome: 'in' });
    expect(await miss(page, 1)).toEqual({ outcome: 'wrong', triesLeft: 4, waitMs: 0 });
  });

  it('is not unlocked by any clock that is set, forth or back, in this page', async () => {
    const page = openPage();
    await valueOf(page.guard.setUp(pin));
    await miss(page, 5);
    for (const jumpMs of [3_600_000, -7_200_000, 400 * 86_400_000, -900 * 86_400_000]) {
      page.time.dateMs += jumpMs;
      expect(await valueOf(page.guard.enterByPin(pin))).toEqual({ outcome: 'locked', waitMs: 30_000 });
    }
    page.time.pass(30_000);
    expect(await valueOf(page.guard.enterByPin(pin))).toMatchObject({ outcome: 'in' });
  });

  it('is not unlocked by restarts, with or without a clock that is set', async () => {
    let page = openPage();
    await valueOf(page.guard.setUp(pin));
    await miss(page, 6 - 1);
    for (const jumpMs of [0, 3_600_000, -3_600_000, 86_400_000]) {
      page = reload(page, jumpMs);
      expect(await valueOf(page.guard.enterByPin(pin))).toEqual({ outcome: 'locked', waitMs: 30_000 });
    }
    // What was waited while somebody looked is kept; the wait goes on where it was.
    page.time.pass(12_000);
    expect(await waitOf(page)).toBe(18_000);
    page = reload(page, 86_400_000);
    expect(await waitOf(page)).toBe(18_000);
    page.time.pass(17_000);
    expect(await waitOf(page)).toBe(1000);
    page = reload(page);
    expect(await waitOf(page)).toBe(1000);
    page.time.pass(1000);
    expect(await valueOf(page.guard.enterByPin(pin))).toMatchObject({ outcome: 'in' });
  });

  it('counts misses over restarts', async () => {
    let page = openPage();
    await valueOf(page.guard.setUp(pin));
    for (let i = 0; i < 4; i++) {
      page = reload(page);
      expect(await miss(page, 1)).toMatchObject({ outcome: 'wrong', triesLeft: 4 - i, ...(i === 3 ? { triesLeft: 1 } : {}) });
    }
    page = reload(page);
    expect(await miss(page, 1)).toMatchObject({ outcome: 'wrong', triesLeft: 0, waitMs: 30_000 });
  });

  it('counts a try that a power cut ends before it was looked at', async () => {
    const never: Page = openPage(new SetTime(), () => new Promise(() => undefined));
    const page = openPage(never.time);
    await valueOf(page.guard.setUp(pin));
    for (let i = 0; i < 5; i++) {
      void never.guard.enterByPin(pin);
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
    expect(await valueOf(reload(page).guard.enterByPin(pin))).toMatchObject({ outcome: 'locked' });
  });

  it('lets many tries at once, in several tabs, be no more than five', async () => {
    const pages = [openPage(), openPage(), openPage()];
    await valueOf(pages[0]!.guard.setUp(pin));
    const outcomes = await Promise.all(Array.from({ length: 30 }, (_, i) => valueOf(pages[i % 3]!.guard.enterByPin(wrongPin))));
    expect(outcomes.filter(({ outcome }) => outcome === 'wrong').length).toBe(5);
    expect(outcomes.filter(({ outcome }) => outcome === 'locked').length).toBe(25);
  });

  it('keeps shut when its record was damaged, and another way mends it', async () => {
    const page = openPage();
    const owner = await valueOf(page.guard.setUp(pin));
    await valueOf(page.guard.setPassphrase(owner, 'correct horse battery'));
    await page.database.use((db) => db.put('door-state', { v: 1, secret: 'x' }, 'owner-pin'));
    expect(await page.guard.enterByPin(pin)).toMatchObject({ ok: false, failure: { code: 'damaged' } });
    expect(await page.guard.setUp(pin)).toMatchObject({ ok: false, failure: { code: 'already-set' } });
    expect(await valueOf(page.guard.state())).toMatchObject({ pin: { is: 'damaged' }, passphrase: { is: 'set' }, passkeys: [] });
    const entry = await valueOf(page.guard.enterByPassphrase('correct horse battery'));
    if (entry.outcome !== 'in') throw new Error('not in');
    await valueOf(page.guard.changePin(entry.pass, '975312'));
    expect(await valueOf(page.guard.enterByPin('975312'))).toMatchObject({ outcome: 'in' });
    await page.database.use((db) => db.delete('door-state', 'owner-pin'));
    expect(await page.guard.setUp(pin)).toMatchObject({ ok: false, failure: { code: 'already-set' } });
  });

  it('and the passphrase have a lock each', async () => {
    const page = openPage();
    const owner = await valueOf(page.guard.setUp(pin));
    expect(await page.guard.setPassphrase(owner, 'too short')).toMatchObject({ ok: false, failure: { code: 'weak-passphrase' } });
    await valueOf(page.guard.setPassphrase(owner, 'correct horse battery'));
    await miss(page, 5);
    expect(await valueOf(page.guard.enterByPassphrase('incorrect horse'))).toEqual({ outcome: 'wrong', triesLeft: 4, waitMs: 0 });
    expect(await valueOf(page.guard.enterByPassphrase('correct horse battery'))).toMatchObject({ outcome: 'in', pass: { by: 'passphrase' } });
    await valueOf(page.guard.setPassphrase(owner, null));
    expect(await page.guard.enterByPassphrase('correct horse battery')).toMatchObject({ ok: false, failure: { code: 'not-set' } });
  });

  it('gives a pass that ends when nothing is done, and that nobody can make', async () => {
    const page = openPage();
    const owner = await valueOf(page.guard.setUp(pin));
    page.time.pass(299_000);
    expect(page.guard.holds(owner)).toBe(true);
    page.time.pass(299_000);
    expect(page.guard.holds(owner)).toBe(true);
    expect(page.guard.holds({ ...owner })).toBe(false);
    expect(openPage(page.time).guard.holds(owner)).toBe(false);
    page.time.pass(300_001);
    expect(await page.guard.changePin(owner, '975312')).toMatchObject({ ok: false, failure: { code: 'no-pass' } });
    const entry = await valueOf(page.guard.enterByPin(pin));
    if (entry.outcome !== 'in') throw new Error('not in');
    page.guard.leave(entry.pass);
    expect(await page.guard.setPassphrase(entry.pass, null)).toMatchObject({ ok: false, failure: { code: 'no-pass' } });
    expect(await page.guard.addPasskey(entry.pass, 'x')).toMatchObject({ ok: false, failure: { code: 'no-pass' } });
  });

  it('says when nothing can be stored, and lets nobody in', async () => {
    const blocked: Database = { use: () => Promise.resolve({ ok: false, failure: { code: 'unavailable', detail: 'private mode' } }), close: () => Promise.resolve() };
    const time = new SetTime();
    const guard = createAdminGuard(blocked, { calendar: time, clock: time, deriveKey: cheapKdf, tell: () => Promise.resolve(), site: { origin: '', host: '' }, authenticator: noAuthenticator });
    for (const call of [guard.state(), guard.setUp(pin), guard.enterByPin(pin), guard.enterByPassphrase(pin), guard.enterByPasskey()]) expect(await call).toMatchObject({ ok: false, failure: { code: 'unavailable' } });
  });
});
