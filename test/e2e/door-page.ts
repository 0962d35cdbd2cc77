import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';
import type { KioskSnapshot } from '../../src/kiosk/index.ts';
import type {} from '../../src/ui/app/lintel-app.ts';
import type { FilmFace } from '../support/door-film.ts';

/** Somebody in the sample photos; `again` is the same person on another day. */
export const faces = {
  ana: { photo: 'sample3.jpg', box: [986, 232, 1323, 539] },
  anaAgain: { photo: 'sample1.jpg', box: [1440, 211, 1737, 478], leanRad: 0.7 },
  bea: { photo: 'sample6.jpg', box: [1439, 294, 1765, 590] },
  cleo: { photo: 'sample6.jpg', box: [182, 541, 512, 831] },
} as const satisfies Record<string, FilmFace>;

export const ownerPin = '271828';
export const doorName = 'Workshop, front door';

/** Walks through the set-up as an owner would, with the code that the bridge shows. */
export async function setUpDoor(page: Page, code: string): Promise<void> {
  await page.goto('/settings');
  await page.getByRole('link', { name: 'Door' }).click();
  await page.getByLabel('PIN of the owner').fill(ownerPin);
  await page.getByLabel('The same again').fill(ownerPin);
  await page.getByRole('button', { name: 'Go on' }).click();
  const notNow = page.getByRole('button', { name: 'Not now' });
  const name = page.getByLabel('Name of the door');
  await expect(notNow.or(name)).toBeVisible({ timeout: 60_000 });
  if (await notNow.isVisible()) await notNow.click();
  await name.fill(doorName);
  await page.getByRole('button', { name: 'Go on' }).click();
  await page.getByLabel('Code of the bridge').fill(code);
  await page.getByRole('button', { name: 'Pair' }).click();
  await expect(page.getByText('Both sides have proven the code.')).toBeVisible({ timeout: 60_000 });
  await page.getByRole('button', { name: 'Open the door once' }).click();
  await expect(page.getByText('The door was opened, and said so.').or(page.getByText('The broker took the command.'))).toBeVisible({ timeout: 60_000 });
  await page.getByRole('button', { name: 'Go on' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Who may open it?' })).toBeVisible();
}

/** What the kiosk shows now. */
export function snapshotOf(page: Page): Promise<KioskSnapshot> {
  return page.evaluate(async () => {
    const parts = await document.querySelector('lintel-app')?.parts?.door();
    if (!parts) throw new Error('the app has no door');
    return parts.desk.now.snapshot;
  });
}

/** Waits for one of these states of the kiosk. */
export async function comes(page: Page, ...states: readonly KioskSnapshot['state'][]): Promise<KioskSnapshot> {
  const seen: KioskSnapshot[] = [];
  await expect
    .poll(
      async () => {
        seen[0] = await snapshotOf(page);
        return states.includes(seen[0].state) ? 'came' : JSON.stringify(seen[0]);
      },
      { timeout: 90_000, intervals: [100] },
    )
    .toBe('came');
  const [newest] = seen;
  if (!newest) throw new Error('no state');
  return newest;
}
