import type { Page } from '@playwright/test';
import { expect, test } from '@playwright/test';
import { comes, doorName, openDoorWorld, openScreen, ownerPin, setUpDoor } from './door-page.ts';

declare global {
  var relayHeard: string[];
}

/** A board as the browser shows it: Chromium has no serial device of its own to test with. What is written to it is heard. */
function plugInBoard(): void {
  globalThis.relayHeard = [];
  let writable: WritableStream<Uint8Array> | null = null;
  const port = {
    get writable() {
      return writable;
    },
    open: () => {
      writable = new WritableStream({ write: (bytes) => void globalThis.relayHeard.push([...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')) });
      return Promise.resolve();
    },
    close: () => {
      writable = null;
      return Promise.resolve();
    },
    getInfo: () => ({ usbVendorId: 0x1a86, usbProductId: 0x7523 }),
  };
  const serial = Object.assign(new EventTarget(), { requestPort: () => Promise.resolve(port), getPorts: () => Promise.resolve([port]) });
  Object.defineProperty(navigator, 'serial', { value: serial });
}

async function enterAsOwner(page: Page): Promise<void> {
  await page.goto('/door/admin');
  await expect(page.getByRole('heading', { name: 'For the owner' })).toBeVisible({ timeout: 30_000 });
  await page.keyboard.type(ownerPin);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: doorName })).toBeVisible({ timeout: 30_000 });
}

test('a relay of the device takes the place of the bridge, opens once when the owner tries it, and is kept', { tag: '@long' }, async () => {
  test.setTimeout(240_000);
  const door = await openDoorWorld();
  try {
    const { page } = door;
    await page.addInitScript(plugInBoard);
    await setUpDoor(door);
    const pulsesOfBridge = await door.pulses();
    await enterAsOwner(page);
    await page.getByRole('button', { name: 'Undo the pairing' }).click();
    await page.getByRole('button', { name: 'Choose the relay…' }).click();
    await expect(page.getByText('The relay is chosen.')).toBeVisible({ timeout: 30_000 });
    await page.getByRole('button', { name: 'Open the door once' }).click();
    await expect.poll(() => page.evaluate(() => globalThis.relayHeard), { timeout: 30_000 }).toEqual(['a00100a1', 'a00101a2', 'a00100a1', 'a00100a1']);
    await expect(page.getByRole('button', { name: 'Open the door once' })).toBeEnabled({ timeout: 30_000 });
    expect(await door.pulses(), 'the bridge is not asked').toBe(pulsesOfBridge);
    await enterAsOwner(page);
    await expect(page.getByRole('button', { name: 'Forget this relay' })).toBeVisible({ timeout: 30_000 });
    await openScreen(page);
    await comes(page, 'idle', 'claim');
    await expect.poll(() => page.evaluate(() => globalThis.relayHeard), { timeout: 30_000 }).toEqual(['a00100a1']);
  } finally {
    await door.close();
  }
});
