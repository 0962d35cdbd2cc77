import { expect, test } from '@playwright/test';
import { comes, doorName, openDoorWorld, openScreen, ownerPin, setUpDoor, snapshotOf } from './door-page.ts';

/** The browser's own way to throw away what an origin keeps, one kind at a time; local storage is not among them. */
test('a door whose data the browser has thrown away says so, stays shut, and takes nobody as its new owner', async () => {
  test.setTimeout(240_000);
  const door = await openDoorWorld();
  try {
    const { page } = door;
    await setUpDoor(door);
    await openScreen(page);
    await comes(page, 'idle');
    const pulled = await door.pulses();
    const origin = new URL(page.url()).origin;
    // What is there is noted when the page is left.
    await page.goto('about:blank');
    const session = await page.context().newCDPSession(page);
    await session.send('Storage.clearDataForOrigin', { origin, storageTypes: 'cache_storage' });
    await page.goto(`${origin}/settings`);
    await expect(page.getByText(/removed what Lintel kept on this device: files for use without a network/)).toBeVisible({ timeout: 30_000 });
    await page.getByRole('button', { name: 'All right' }).click();
    await page.goto('about:blank');
    await session.send('Storage.clearDataForOrigin', { origin, storageTypes: 'indexeddb' });
    await openScreen(page);
    await comes(page, 'out-of-service');
    expect(await snapshotOf(page)).toEqual({ state: 'out-of-service', reason: 'no-keys' });
    await page.goto('/door/admin');
    await expect(page.getByRole('alert')).toContainText('the set-up and the record of the door');
    await expect(page.getByLabel('PIN of the owner')).toHaveCount(0);
    const made = await page.evaluate(async (pin) => (await document.querySelector('lintel-app')?.parts?.door())?.office.setOwnerPin(pin), ownerPin);
    expect(made).toMatchObject({ ok: false, failure: { code: 'lost' } });
    await page.goto('/settings');
    await page.getByRole('button', { name: 'All right' }).click();
    await page.reload();
    await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible();
    await expect(page.getByText('removed what Lintel kept')).toHaveCount(0);
    // The whole origin cleared is a new device.
    await page.goto('about:blank');
    await session.send('Storage.clearDataForOrigin', { origin, storageTypes: 'all' });
    await page.goto('/door/admin');
    await expect(page.getByLabel('PIN of the owner')).toBeVisible({ timeout: 30_000 });
    expect(await door.pulses()).toBe(pulled);
    await expect(page.getByText(doorName)).toHaveCount(0);
  } finally {
    await door.close();
  }
});
