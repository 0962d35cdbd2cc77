import type { Page } from '@playwright/test';
import { expect } from '@playwright/test';
import type {} from '../../src/ui/app/lintel-app.ts';

/** Opens the app on a page of people, with the backend that needs no measuring, in English. */
export async function openPeople(page: Page, path = '/people', heading: string | RegExp = 'People'): Promise<void> {
  await page.goto(path);
  await page.waitForFunction(() => document.querySelector('lintel-app')?.parts);
  await page.evaluate(() => document.querySelector('lintel-app')?.parts?.settings.change({ backend: 'wasm' }));
  await expect(page.getByRole('heading', { level: 1, name: heading })).toBeVisible();
}

/** Reads the consent, agrees, says a name and starts the camera. */
export async function agreeAndStart(page: Page, name: string, withPhoto = false): Promise<void> {
  await page.getByRole('link', { name: 'Enrol someone' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Your consent comes first');
  if (withPhoto) await page.getByRole('switch', { name: /Keep a photo/ }).check();
  await page.getByRole('checkbox', { name: /I have read this/ }).check();
  await page.getByRole('button', { name: 'Agree and go on' }).click();
  await page.getByLabel('Name').fill(name);
  await page.getByRole('button', { name: 'Start the camera' }).click();
}

/** Takes the shot that the guide took by itself, and keeps the person. */
export async function keepShot(page: Page, name: string): Promise<void> {
  await expect(page.getByRole('heading', { name: 'Is this shot good?' })).toBeVisible({ timeout: 120_000 });
  await page.getByRole('button', { name: 'Keep it' }).click();
  await page.getByRole('button', { name: `Save as ${name}` }).click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
}

/** Keeps somebody with made numbers, as if they had been enrolled before. @returns their id */
export function seedPerson(page: Page, name: string, seed: number): Promise<string> {
  return page.evaluate(
    async ([givenName, number]) => {
      const parts = await document.querySelector('lintel-app')?.parts?.people();
      const values = Float32Array.from({ length: 128 }, (_, i) => Math.sin((i + 1) * number) / 8);
      const consent = { version: '1', language: 'en', agreed: 'I agree.\n\nTo everything.', givenAtMs: 1_700_000_000_000 };
      const added = await parts?.vault.add({ name: givenName, consent, templates: [{ modelId: 'face-descriptor-128', values, quality: 0.9, takenAtMs: 1 }] });
      if (!added?.ok) throw new Error(added?.failure.detail ?? 'no people');
      return added.value.id;
    },
    [name, seed] as const,
  );
}
