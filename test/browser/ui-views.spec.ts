import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, test } from '@playwright/test';
import type axe from 'axe-core';
import { countAlive, openApp } from './ui-app.ts';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const routes = ['/', '/settings', '/models', '/health'];

for (const colorScheme of ['light', 'dark'] as const) {
  for (const path of routes) {
    test(`${path} has no accessibility violation in ${colorScheme}`, async ({ page }) => {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await openApp(page, path);
      await page.evaluate(axeSource);
      const violations = await page.evaluate(async () => {
        const { axe: run } = globalThis as unknown as { axe: typeof axe };
        return (await run.run(document)).violations.map(({ id, nodes }) => ({ id, targets: nodes.map((node) => node.html.slice(0, 160)) }));
      });
      expect(violations).toEqual([]);
    });
  }
}

for (const [name, width, height] of [['320 px', 320, 640], ['200 % zoom of a phone', 195, 422], ['a phone sideways', 844, 390]] as const) {
  test(`nothing is cut off sideways at ${name}`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    for (const path of routes) {
      await openApp(page, path);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(overflow, path).toBeLessThanOrEqual(0);
    }
  });
}

test('pages have titles, focus their heading, and answer to back and forward', async ({ page }) => {
  await openApp(page);
  await expect(page).toHaveTitle('Lintel');
  await page.getByRole('link', { name: 'Settings' }).click();
  await expect(page).toHaveTitle('Settings · Lintel');
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
  await page.getByRole('link', { name: 'Health' }).click();
  await expect(page).toHaveTitle('Health · Lintel');
  await page.goBack();
  await expect(page).toHaveTitle('Settings · Lintel');
});

test('language and theme act at once and are kept', async ({ page }) => {
  await openApp(page, '/settings');
  await page.getByLabel('Language').selectOption('zh-Hans');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('设置');
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-Hans');
  await page.getByLabel('主题').selectOption('dark');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.reload();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('设置');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
});

test('every target is at least 48 px high, and the first tab stop of the welcome is reachable', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await openApp(page);
  for (const button of await page.locator('lintel-live').getByRole('button').all()) {
    const box = await button.boundingBox();
    expect(box?.height).toBeGreaterThanOrEqual(48);
  }
  const names: string[] = [];
  for (let step = 0; step < 3; step++) {
    await page.keyboard.press('Tab');
    names.push(
      await page.evaluate(() => {
        let active = document.activeElement;
        while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
        return active?.getAttribute('aria-label') ?? active?.textContent.trim() ?? '';
      }),
    );
  }
  expect(names).toEqual(['Settings', 'Start the camera', 'Choose a photo or video']);
});

test('20 visits of every view leave no listener and no timer', async ({ page }) => {
  await page.addInitScript(countAlive);
  await openApp(page);
  const tour = async (): Promise<void> => {
    for (const name of ['Settings', 'Models', 'Health', 'Camera']) await page.getByRole('link', { name, exact: true }).click();
    await expect(page.getByRole('button', { name: 'Start the camera' })).toBeVisible();
  };
  await tour();
  // The app's own daily look at whose time is over begins five seconds after its start.
  await page.waitForTimeout(6000);
  const before = await page.evaluate(() => globalThis.lintelAlive());
  for (let visit = 0; visit < 20; visit++) await tour();
  expect(await page.evaluate(() => globalThis.lintelAlive())).toBe(before);
});
