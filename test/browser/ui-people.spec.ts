import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from '@playwright/test';
import { expect, test } from '@playwright/test';
import type axe from 'axe-core';
import { seedPerson } from '../support/people-page.ts';
import { openApp } from './ui-app.ts';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

async function violations(page: Page): Promise<readonly unknown[]> {
  await page.evaluate(axeSource);
  return page.evaluate(async () => {
    const { axe: run } = globalThis as unknown as { axe: typeof axe };
    return (await run.run(document)).violations.map(({ id, nodes }) => ({ id, targets: nodes.map((node) => node.html.slice(0, 160)) }));
  });
}

async function overflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
}

async function openWithAna(page: Page): Promise<void> {
  await openApp(page, '/people');
  await seedPerson(page, 'Ana Lovelace', 1);
  await openApp(page, '/people');
  await expect(page.getByRole('button', { name: /Ana Lovelace/ })).toBeVisible();
}

/** Goes through every page of people, and looks at each. */
async function tour(page: Page, look: (where: string) => Promise<void>): Promise<void> {
  await look('list');
  await page.getByRole('button', { name: /Ana Lovelace/ }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Ana Lovelace' })).toBeFocused();
  await look('person');
  await page.getByRole('button', { name: 'Erase Ana Lovelace' }).click();
  await look('second question');
  for (const [link, heading] of [['Enrol someone', 'Your consent comes first'], ['Test me', 'Test me'], ['Receipts', 'Receipts'], ['Backup', 'Backup']] as const) {
    await page.goto('/people');
    await page.getByRole('link', { name: new RegExp(link) }).click();
    await expect(page.getByRole('heading', { level: 1, name: heading })).toBeFocused();
    await look(link);
  }
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`no page of people has an accessibility violation in ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await openWithAna(page);
    await tour(page, async (where) => expect(await violations(page), where).toEqual([]));
  });
}

test('nothing is cut off sideways on the narrowest phone', async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await openWithAna(page);
  await tour(page, async (where) => expect(await overflow(page), where).toBeLessThanOrEqual(0));
});

test('the pages speak Chinese', async ({ page }) => {
  await openWithAna(page);
  await page.evaluate(() => document.querySelector('lintel-app')?.parts?.settings.change({ language: 'zh-Hans' }));
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('人员');
  await expect(page.getByRole('link', { name: '人员', exact: true })).toBeVisible();
  await page.getByRole('button', { name: /Ana Lovelace/ }).click();
  await page.getByRole('button', { name: '删除 Ana Lovelace' }).click();
  await expect(page.getByText('永久删除 Ana Lovelace？')).toBeVisible();
  await page.goto('/people/backup');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('备份');
  expect(await violations(page)).toEqual([]);
});

test('nothing is looked at without consent, and the text that was agreed to is kept', async ({ page }) => {
  await openApp(page, '/people/enrol');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Your consent comes first');
  await page.getByRole('button', { name: 'Agree and go on' }).click();
  await expect(page.getByRole('alert')).toContainText('without consent nothing is looked at');
  await expect(page.getByRole('checkbox', { name: /I have read this/ })).toBeFocused();
  await page.getByRole('checkbox', { name: /I have read this/ }).check();
  // Another text: the tick was for the one before.
  await page.getByRole('switch', { name: /Keep a photo/ }).check();
  await expect(page.getByRole('checkbox', { name: /I have read this/ })).not.toBeChecked();
});

test('a person is renamed, kept for less long, and erased', async ({ page }) => {
  await openWithAna(page);
  await page.getByRole('button', { name: /Ana Lovelace/ }).click();
  await page.getByLabel('Name').fill('  Ana King ');
  await page.getByRole('button', { name: 'Save the name' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Ana King' })).toBeVisible();
  await expect(page.getByRole('status')).toContainText('The name is Ana King now.');
  const soon = new Date(Date.now() + 3 * 86_400_000);
  const day = [soon.getFullYear(), soon.getMonth() + 1, soon.getDate()].map((part) => String(part).padStart(2, '0')).join('-');
  await page.getByLabel(/Keep until the end of/).fill(day);
  await page.getByRole('button', { name: 'Save the date' }).click();
  await expect(page.getByText(/^Is erased in [34] days, on/)).toBeVisible();
  await page.getByText(/^Agreed on/).click();
  await expect(page.getByText('To everything.')).toBeVisible();
  await page.getByRole('button', { name: 'Erase Ana King' }).click();
  await page.getByRole('button', { name: 'Keep Ana King' }).click();
  await page.getByRole('button', { name: 'Erase Ana King' }).click();
  await page.getByRole('button', { name: 'Erase now' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Everything is erased' })).toBeFocused();
  await page.goBack();
  await expect(page.getByText('Nobody is enrolled yet.')).toBeVisible();
});

test('whose page it is stands in no address, and is forgotten with the page', async ({ page }) => {
  await openWithAna(page);
  await page.getByRole('button', { name: /Ana Lovelace/ }).click();
  await expect(page).toHaveURL(/\/people\/person$/);
  await expect(page).toHaveTitle('Person · Lintel');
  await page.reload();
  await expect(page.getByRole('heading', { level: 1, name: 'People' })).toBeVisible();
});

test('a person who was erased in another tab is said to be gone', async ({ page }) => {
  await openWithAna(page);
  const id = await seedPerson(page, 'Bo', 2);
  await openApp(page, '/people');
  await page.getByRole('button', { name: /Bo/ }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Bo' })).toBeVisible();
  await page.evaluate(async (gone) => (await document.querySelector('lintel-app')?.parts?.people())?.vault.revoke(gone), id);
  await page.getByRole('button', { name: 'A year from today' }).click();
  await expect(page.getByRole('alert')).toContainText('This person is not kept here any more');
});

test('data of a newer version is left alone and said to be so', async ({ page, context }) => {
  await openWithAna(page);
  const other = await context.newPage();
  await other.route('**/blank.html', (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>blank</title>' }));
  await other.goto('/blank.html');
  await other.evaluate(
    () =>
      new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open('lintel', 999);
        opening.onsuccess = () => {
          opening.result.close();
          resolve();
        };
        opening.onerror = () => reject(new Error('not raised'));
      }),
  );
  await page.getByRole('button', { name: /Ana Lovelace/ }).click();
  await expect(page.getByRole('alert')).toContainText('A newer version of Lintel wrote this data');
});

test('where the door has an owner, the pages of people are behind the PIN', async ({ page }) => {
  await openWithAna(page);
  await page.evaluate(async () => (await document.querySelector('lintel-app')?.parts?.door())?.office.setOwnerPin('104729'));
  await openApp(page, '/people');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('For the owner');
  await expect(page.getByText('Ana Lovelace')).toBeHidden();
  for (const digit of '104729') await page.getByRole('button', { name: digit, exact: true }).click();
  await page.getByRole('button', { name: /OK|Enter|Done/ }).click();
  await expect(page.getByRole('button', { name: /Ana Lovelace/ })).toBeVisible();
});
