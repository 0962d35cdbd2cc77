import { expect, test } from '@playwright/test';
import type { KioskSnapshot } from '../../src/kiosk/index.ts';
import type { DoorWorld } from '../e2e/door-page.ts';
import { anaPin, comes, doorName, enrolFirst, faces, openDoorWorld, openScreen, ownerPin, setUpDoor, snapshotOf, visit } from '../e2e/door-page.ts';

const is = (...states: readonly KioskSnapshot['state'][]) => ({ state }: KioskSnapshot): boolean => states.includes(state);
const right = { name: 'Ana', pin: anaPin } as const;
const wrong = { name: 'Ana', pin: '161803' } as const;
const ana = { shows: 'nods', face: faces.ana } as const;

/** Whatever the screen shows, a page that starts anew opens nothing, and serves whoever stands there. */
test.describe.serial('a door whose page starts anew', () => {
  let door: DoorWorld;
  let pulled = 0;

  test.beforeAll(async () => {
    test.setTimeout(240_000);
    door = await openDoorWorld();
    await setUpDoor(door);
    await door.show(ana);
    await enrolFirst(door.page, 'Ana', anaPin);
    pulled = await door.pulses();
    await door.stand(ana);
  });

  test.afterAll(() => door.close());

  /** Reloads, waits longer than a pulse takes, and sees that somebody who stands there is asked who they are. */
  async function startsAnew(): Promise<void> {
    await door.page.reload();
    await door.page.waitForFunction(() => document.querySelector('lintel-app')?.parts);
    await door.page.waitForTimeout(3000);
    await comes(door.page, 'claim');
    expect(await door.pulses()).toBe(pulled);
  }

  async function enterAsOwner(): Promise<void> {
    await door.page.goto('/door/admin');
    await expect(door.page.getByRole('heading', { name: 'For the owner' })).toBeVisible();
    await door.page.keyboard.type(ownerPin);
    await door.page.keyboard.press('Enter');
    await expect(door.page.getByRole('heading', { level: 1, name: doorName })).toBeVisible();
  }

  test('while nobody is there', async () => {
    await door.stand({ shows: 'nobody' });
    await comes(door.page, 'idle');
    await door.page.reload();
    await door.page.waitForTimeout(3000);
    await comes(door.page, 'idle');
    expect(await door.pulses()).toBe(pulled);
  });

  test('while it asks who somebody is', async () => {
    await door.stand(ana);
    await comes(door.page, 'claim');
    await startsAnew();
  });

  test('while it looks', async () => {
    await visit(door.page, { ...right, until: is('look') });
    await startsAnew();
  });

  test('while it asks for a move', async () => {
    await visit(door.page, { ...right, until: is('challenge') });
    await startsAnew();
  });

  test('while a PIN is typed', async () => {
    await visit(door.page, { ...right, until: is('pin') });
    await door.page.keyboard.type('314');
    await startsAnew();
  });

  test('while the door is asked: what was not sent is not sent later', async () => {
    await door.page.route('**/door/pulse', () => undefined);
    await visit(door.page, { ...right, until: is('opening') });
    await door.page.waitForTimeout(500);
    // The browser lets go of what it holds back when nobody holds it any more: the reload comes first.
    await startsAnew();
    await door.page.unroute('**/door/pulse');
  });

  test('while somebody is welcomed: the door was asked once', async () => {
    const seen = await visit(door.page, { ...right, until: is('welcome') });
    expect(seen.some((now) => now.state === 'pin' && now.purpose === 'second')).toBe(true);
    pulled++;
    await startsAnew();
  });

  test('while it says why nobody was let in', async () => {
    for (let pad = 0; pad < 3 && (await snapshotOf(door.page)).state !== 'try-again'; pad++) await visit(door.page, { ...wrong, until: is('try-again') });
    expect(await snapshotOf(door.page)).toMatchObject({ state: 'try-again' });
    await startsAnew();
  });

  test('while PINs are locked: no reload and no other date opens the lock', async () => {
    const tried = await visit(door.page, { ...wrong, until: is('locked') });
    expect(tried.at(-1)?.state).toBe('locked');
    for (const hours of [2, -2]) {
      await openScreen(door.page);
      await door.page.evaluate((offMs) => {
        const real = Date.now.bind(Date);
        Date.now = () => real() + offMs;
      }, hours * 3_600_000);
      expect((await visit(door.page, { ...right, until: is('locked', 'welcome') })).at(-1)?.state).toBe('locked');
    }
    expect(await door.pulses()).toBe(pulled);
    await startsAnew();
  });

  test('while the bridge is away: out of service, and back by itself when the bridge is', async () => {
    await door.bench.stop();
    await comes(door.page, 'out-of-service');
    await expect(door.page.getByText('Out of service')).toBeVisible();
    await door.restart();
    await comes(door.page, 'claim', 'idle');
    expect(await door.pulses()).toBe(pulled);
    await startsAnew();
  });

  test('while the camera is covered: out of service, and back by itself', async () => {
    await door.stand({ shows: 'dark' });
    await comes(door.page, 'out-of-service');
    expect(await snapshotOf(door.page)).toEqual({ state: 'out-of-service', reason: 'camera-covered' });
    await door.page.reload();
    await comes(door.page, 'out-of-service');
    expect(await door.pulses()).toBe(pulled);
    await door.stand(ana);
    await startsAnew();
  });

  test('while the disk is full: out of service, and back by itself', async () => {
    const tell = (freeBytes: number) =>
      door.page.evaluate((free) => {
        navigator.storage.estimate = () => Promise.resolve({ quota: 1e9, usage: 1e9 - free });
      }, freeBytes);
    await tell(1e6);
    await comes(door.page, 'out-of-service');
    expect(await snapshotOf(door.page)).toEqual({ state: 'out-of-service', reason: 'storage-full' });
    await tell(1e8);
    await comes(door.page, 'idle', 'claim');
    await startsAnew();
  });

  test('while two people stand there: it asks for one, and compares neither', async () => {
    await door.stand({ shows: 'pair', face: faces.ana });
    const seen = await visit(door.page, { ...right, until: (now) => now.state === 'look' && now.say === 'one-person-only' });
    expect(seen.some(({ state }) => state === 'pin' || state === 'challenge')).toBe(false);
    await expect(door.page.getByRole('heading', { level: 1, name: 'One at a time' })).toBeVisible();
    await door.stand(ana);
    await startsAnew();
  });

  test('while a group stands there: it asks for one, and lets nobody in', async () => {
    await door.stand({ shows: 'group', face: faces.ana });
    const seen = await visit(door.page, { ...right, until: (now) => now.state === 'look' && now.say === 'one-person-only' });
    expect(seen.some(({ state }) => state === 'pin' || state === 'challenge')).toBe(false);
    await door.page.waitForTimeout(5000);
    expect(await door.pulses()).toBe(pulled);
  });

  test('while people stand behind who is served: the right person gets in, once', async () => {
    await door.stand({ shows: 'crowd', face: faces.ana });
    expect((await visit(door.page, { ...right, until: is('welcome') })).at(-1)).toEqual({ state: 'welcome', name: 'Ana' });
    await comes(door.page, 'idle', 'claim');
    pulled++;
    expect(await door.pulses()).toBe(pulled);
  });

  test('while the owner keeps it shut, over a restart too', async () => {
    const { page } = door;
    await enterAsOwner();
    await page.getByRole('button', { name: 'Pause the door' }).click();
    await expect(page.getByText('Paused by you')).toBeVisible();
    await openScreen(page);
    await comes(page, 'maintenance');
    await page.reload();
    await comes(page, 'maintenance');
    await page.waitForTimeout(3000);
    expect((await snapshotOf(page)).state).toBe('maintenance');
    await expect(page.getByRole('heading', { level: 1, name: 'Back in a moment' })).toBeVisible();
    await enterAsOwner();
    await page.getByRole('button', { name: 'End the pause' }).click();
    await expect(page.getByText('In service')).toBeVisible();
    await openScreen(page);
    await startsAnew();
  });

  test('when somebody asks for the owner and walks away', async () => {
    const corner = door.page.getByRole('button', { name: 'For the owner: hold down' });
    await corner.focus();
    await door.page.keyboard.down('Enter');
    await expect(door.page.getByRole('heading', { name: 'For the owner' })).toBeVisible();
    await door.page.keyboard.up('Enter');
    await expect(door.page.getByRole('heading', { name: 'For the owner' })).toBeHidden({ timeout: 45_000 });
    await comes(door.page, 'idle', 'claim');
    await startsAnew();
  });

  test('and the next right person gets in, once', async () => {
    // The lock of the wrong PINs runs only while the app does.
    await expect.poll(async () => (await visit(door.page, { ...right, until: is('locked', 'welcome') })).at(-1)?.state, { timeout: 240_000, intervals: [15_000] }).toBe('welcome');
    await comes(door.page, 'idle', 'claim');
    expect(await door.pulses()).toBe(pulled + 1);
  });
});
