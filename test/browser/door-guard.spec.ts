import type { CDPSession, Page } from '@playwright/test';
import { expect, test } from '@playwright/test';
import type { DoorEvent, LogLine } from '../../src/audit/index.ts';
import type * as databaseModule from '../../src/store/database.ts';
import type { AdminGuard } from '../../src/store/door/admin-guard.ts';
import type { DoorLog } from '../../src/store/door/door-log.ts';

declare global {
  /** In the page of this test. */
  var guardBench: { readonly guard: AdminGuard; readonly log: DoorLog; readonly database: databaseModule.Database };
}

const pin = '482915';

async function openDoor(page: Page): Promise<void> {
  await page.route('**/blank.html', (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>blank</title><script type="module" src="/made/bench.js"></script>' }));
  await page.route('**/made/bench.js', (route) =>
    route.fulfill({
      contentType: 'text/javascript',
      body: `
        import * as base from '/src/base/index.ts';
        import * as databases from '/src/store/database.ts';
        import * as logs from '/src/store/door/create-door-log.ts';
        import * as guards from '/src/store/door/create-admin-guard.ts';
        import * as kdf from '/src/store/vault/worker-kdf.ts';
        const database = databases.createDatabase({ name: 'door-spec' });
        const log = logs.createDoorLog(database, { calendar: base.systemCalendar, clock: base.systemClock });
        const guard = guards.createAdminGuard(database, {
          calendar: base.systemCalendar, clock: base.systemClock, deriveKey: kdf.createWorkerKdf((url) => url),
          tell: (event) => log.append(event), site: { origin: location.origin, host: location.hostname },
        });
        globalThis.guardBench = { guard, log, database };
      `,
    }),
  );
  await page.goto('/blank.html');
  await page.waitForFunction(() => 'guardBench' in globalThis);
}

/** A device's own authenticator, as Chromium plays it. @param verifies whether it makes sure who it is */
async function addAuthenticator(page: Page, verifies: boolean): Promise<{ readonly session: CDPSession; readonly authenticatorId: string }> {
  const session = await page.context().newCDPSession(page);
  await session.send('WebAuthn.enable');
  const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
    options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: verifies, automaticPresenceSimulation: true },
  });
  return { session, authenticatorId };
}

const actionsOf = (lines: readonly LogLine[]): string[] => lines.map(({ event }: { event: DoorEvent | { kind: string } }) => (event.kind === 'admin' && 'action' in event ? `${event.action} ${event.by}` : event.kind)).reverse();

test('a passkey of the device lets the owner in, and nothing that copies or misuses it', async ({ page }) => {
  await openDoor(page);
  const { session, authenticatorId } = await addAuthenticator(page, true);
  const added = await page.evaluate(async (digits) => {
    const { guard } = globalThis.guardBench;
    const owner = await guard.setUp(digits);
    if (!owner.ok) return owner;
    return { first: await guard.addPasskey(owner.value, 'This tablet'), again: await guard.addPasskey(owner.value, 'This tablet') };
  }, pin);
  expect(added).toMatchObject({ first: { ok: true, value: { label: 'This tablet' } }, again: { ok: false, failure: { code: 'known-already' } } });

  await page.reload();
  await page.waitForFunction(() => 'guardBench' in globalThis);
  const enter = (): Promise<unknown> => page.evaluate(() => globalThis.guardBench.guard.enterByPasskey());
  expect(await enter()).toMatchObject({ ok: true, value: { by: 'passkey' } });
  expect(await enter()).toMatchObject({ ok: true });

  // The counter on the disk is ahead of the authenticator's: what answers is an older copy.
  await page.evaluate(() =>
    globalThis.guardBench.database.use(async (db) => {
      const [id] = await db.getAllKeys('door-passkeys');
      if (id !== undefined) await db.put('door-passkeys', { ...((await db.get('door-passkeys', id)) as object), counter: 1_000_000 }, id);
    }),
  );
  expect(await enter()).toMatchObject({ ok: false, failure: { code: 'counter-back' } });

  await session.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false });
  expect(await enter()).toMatchObject({ ok: false, failure: { code: 'cancelled' } });

  const logged = await page.evaluate(() => globalThis.guardBench.log.newest(20));
  expect(logged.ok && actionsOf(logged.value)).toEqual(['begun', 'set-up set-up', 'passkey-added set-up', 'entry passkey', 'entry passkey', 'entry-wrong passkey', 'entry-wrong passkey']);
  expect(await page.evaluate(() => globalThis.guardBench.log.check())).toMatchObject({ ok: true, value: { count: 7 } });
});

test('several tabs write one log in turn, none is lost', async ({ page, context }) => {
  const pages = [page, await context.newPage(), await context.newPage()];
  for (const one of pages) await openDoor(one);
  const each = 20;
  const written = await Promise.all(
    pages.map((one, tab) =>
      one.evaluate(
        ([first, count]) => Promise.all(Array.from({ length: count }, (_, i) => globalThis.guardBench.log.append({ kind: 'fault', part: 'test', code: `n-${first + i}` }))),
        [tab * each, each] as const,
      ),
    ),
  );
  const seqs = written.map((answers) => answers.map((answer) => (answer.ok ? answer.value.seq : -1)));
  expect(seqs.flat().sort((a, b) => a - b)).toEqual(Array.from({ length: pages.length * each }, (_, i) => i + 2));
  for (const tab of seqs) expect(tab).toEqual([...tab].sort((a, b) => a - b));
  expect(await page.evaluate(() => globalThis.guardBench.log.check())).toMatchObject({ ok: true, value: { count: pages.length * each + 1, stepsBack: 0 } });
});

test('wrong PINs lock the owner out, over a reload and with a clock that was set', async ({ page }) => {
  await openDoor(page);
  await page.evaluate((digits) => globalThis.guardBench.guard.setUp(digits), pin);
  const outcomes: unknown[] = [];
  for (let i = 0; i < 5; i++) outcomes.push(await page.evaluate(() => globalThis.guardBench.guard.enterByPin('864209')));
  expect(outcomes.at(-1)).toMatchObject({ ok: true, value: { outcome: 'wrong', triesLeft: 0 } });
  await page.clock.setFixedTime(Date.UTC(2041, 0, 1));
  await page.reload();
  await page.waitForFunction(() => 'guardBench' in globalThis);
  expect(await page.evaluate(() => new Date().getUTCFullYear())).toBe(2041);
  const locked = await page.evaluate((digits) => globalThis.guardBench.guard.enterByPin(digits), pin);
  expect(locked).toMatchObject({ ok: true, value: { outcome: 'locked' } });
  expect(locked.ok && locked.value.outcome === 'locked' && locked.value.waitMs).toBeGreaterThan(20_000);
});
