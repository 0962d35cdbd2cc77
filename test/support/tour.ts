import type { BrowserContext, Page } from '@playwright/test';
import { expect } from '@playwright/test';
import { allRoutes } from '../../src/ui/app/routes.ts';
import { madeOnnx } from './made-onnx.ts';
import { collectResults, resultsOf } from './live-page.ts';
import { photoPath } from './photos.ts';

/** What went wrong in the pages of a context: errors of scripts, and what they complained about. */
export function failuresOf(context: BrowserContext): readonly string[] {
  const failures: string[] = [];
  context.on('weberror', (error) => failures.push(`${error.page()?.url()}: ${error.error().message}`));
  context.on('console', (message) => {
    // The browser says this of itself, for a service worker that it looks for in vain without a server.
    const isOurs = message.type() === 'error' && !message.text().startsWith('Failed to load resource');
    if (isOurs) failures.push(`${message.page()?.url()}: ${message.text()}`);
  });
  return failures;
}

/** Everything that a person can do in the app without a door, once: each view opened, the camera on, a model brought, settings changed. */
export async function tour(page: Page, origin: string): Promise<void> {
  await openViews(page, origin);
  await useLive(page, origin);
  await bringModel(page, origin);
  await page.goto(`${origin}/settings`);
  for (const theme of ['Dark', 'As the system']) await page.getByLabel('Theme').selectOption(theme);
  await page.getByLabel('Language').selectOption('简体中文');
  await expect(page.getByRole('heading', { level: 1, name: '设置' })).toBeVisible();
  await page.getByLabel('语言').selectOption('English');
  await page.goto(`${origin}/licences`);
  const lit = page.locator('details', { hasText: 'lit-html' });
  await lit.locator('summary').click();
  await expect(lit.getByText('Redistributions of source code must retain')).toBeVisible();
}

/** Every view, each by its address. */
export async function openViews(page: Page, origin: string): Promise<void> {
  for (const { path } of allRoutes) await openView(page, origin + path);
}

/** A view shows itself by its heading, or as the door's screen does; none says that something could not be loaded. */
async function openView(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await expect(page.locator('h1, lintel-door').first()).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText(/could not be loaded|could not be read/)).toHaveCount(0);
}

/** The camera with all that can be looked for, then a photo. */
async function useLive(page: Page, origin: string): Promise<void> {
  await page.goto(origin);
  await page.waitForFunction(() => document.querySelector('lintel-app')?.parts);
  await page.evaluate(() => document.querySelector('lintel-app')?.parts?.settings.change({ backend: 'wasm', tasks: ['objects', 'faces', 'landmarks', 'mesh', 'pose'] }));
  await collectResults(page);
  await page.getByRole('button', { name: 'Start the camera' }).click();
  const results = await resultsOf(page, 5);
  expect(results.some(({ faces, objects }) => faces.length + objects.length > 0)).toBe(true);
  await page.goto(origin);
  await collectResults(page);
  await page.locator('lintel-welcome input').setInputFiles(photoPath('sample1.jpg'));
  await resultsOf(page, 1);
}

/** Raw YOLOX cells without any look at the picture: a sure box of one class in the middle of each of 16 cells. */
const network = madeOnnx({ input: [1, 3, 32, 32], output: [1, 6, 4, 4], bias: [0.5, 0.5, 0, 0, 4, 4], weights: new Float32Array(6 * 3 * 64) });

async function bringModel(page: Page, origin: string): Promise<void> {
  await page.goto(`${origin}/models/add`);
  await page.locator('lintel-add-model input.files').setInputFiles([{ name: 'cells.onnx', mimeType: 'application/octet-stream', buffer: Buffer.from(network) }]);
  await expect(page.getByRole('button', { name: 'Keep this model' })).toBeEnabled({ timeout: 90_000 });
}
