import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from '@playwright/test';
import { expect, test } from '@playwright/test';
import type axe from 'axe-core';
import type { FrameResult } from '../../src/pipeline/index.ts';
import { photoPath } from '../support/photos.ts';
import { openLiveOnWasm } from './ui-app.ts';

declare global {
  var seen: FrameResult[];
}

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

test.setTimeout(300_000);

test('switches bring points, and words for them, into a photo; all of it by keyboard and without a violation', { tag: '@long' }, async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await openLiveOnWasm(page);
  await look(page, 'sample1.jpg');
  await page.getByRole('button', { name: 'Detection options' }).click();
  await expect(page.getByRole('tab')).toHaveCount(0);
  for (const name of ['Face points', 'Face mesh', 'Pose']) {
    const control = page.getByRole('switch', { name });
    expect((await page.locator('lintel-detection-panel label.switch', { has: control }).boundingBox())?.height).toBeGreaterThanOrEqual(48);
    await control.check();
  }
  await page.waitForFunction(() => globalThis.seen.at(-1)?.faces.some(({ landmarks, mesh }) => landmarks && mesh) && globalThis.seen.at(-1)?.poses.length, undefined, { timeout: 240_000 });
  await expect(page.locator('lintel-detection-panel progress')).toHaveCount(0);
  expect(await violations(page)).toEqual([]);

  await page.getByRole('tab', { name: 'Look for' }).focus();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('tab', { name: 'What is seen' })).toBeFocused();
  await expect(page.locator('lintel-facts')).toContainText('Face 1');
  await expect(page.locator('lintel-facts')).toContainText('Person 1');
  await expect(page.locator('lintel-facts')).toContainText(/Head (straight|turned|up|down|tilted)/);
  expect(await violations(page)).toEqual([]);
  const sheet = await page.locator('lintel-live aside').boundingBox();
  expect(sheet?.height, 'the picture stays in view').toBeLessThan(844 / 2);

  await page.setViewportSize({ width: 320, height: 640 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  expect(await page.locator('lintel-live aside').evaluate((aside) => aside.scrollWidth - aside.clientWidth)).toBeLessThanOrEqual(0);
  await page.evaluate(() => document.querySelector('lintel-app')?.parts?.settings.change({ language: 'zh-Hans' }));
  await expect(page.locator('lintel-facts')).toContainText('人脸 1');
  expect(await page.locator('lintel-facts').innerText()).not.toMatch(/[a-z]{3}/i);
});

async function look(page: Page, photo: Parameters<typeof photoPath>[0]): Promise<void> {
  await page.evaluate(() => {
    globalThis.seen = [];
    document.addEventListener('frame-result', (event) => globalThis.seen.push((event as CustomEvent<FrameResult>).detail));
  });
  await page.locator('lintel-welcome input[type=file]').setInputFiles(photoPath(photo));
  await page.waitForFunction(() => globalThis.seen.length > 0, undefined, { timeout: 180_000 });
}

async function violations(page: Page): Promise<readonly unknown[]> {
  await page.evaluate(axeSource);
  return page.evaluate(async () => {
    const { axe: run } = globalThis as unknown as { axe: typeof axe };
    return (await run.run(document)).violations.map(({ id, nodes }) => ({ id, targets: nodes.map((node) => node.html.slice(0, 160)) }));
  });
}
