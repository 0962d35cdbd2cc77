import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { expect } from '@playwright/test';
import { madeOnnx } from '../support/made-onnx.ts';
import { photoPath } from '../support/photos.ts';
import { strictTest as test } from '../support/strict-test.ts';
import { serveSite } from '../sw/serve-site.ts';

const appFolder = fileURLToPath(new URL('../../dist/app', import.meta.url));

/** Raw YOLOX cells without any look at the picture: a sure box of one class in the middle of each of 16 cells. */
const network = madeOnnx({ input: [1, 3, 32, 32], output: [1, 6, 4, 4], bias: [0.5, 0.5, 0, 0, 4, 4], weights: new Float32Array(6 * 3 * 64) });

/** What the live view sees in a photo, by label. */
async function seenIn(page: Page, photo: string): Promise<ReadonlySet<string>> {
  const seen = page.evaluate(
    () =>
      new Promise<readonly string[]>((resolve) =>
        document.addEventListener('frame-result', (event) => resolve((event as CustomEvent<{ objects: { label: string }[] }>).detail.objects.map(({ label }) => label)), { once: true }),
      ),
  );
  await page.locator('lintel-welcome input').setInputFiles(photo);
  return new Set(await seen);
}

test('an ONNX model that was kept detects with the server stopped: its runtime was kept along', { tag: '@long' }, async ({ page }) => {
  test.setTimeout(300_000);
  const served = await serveSite(appFolder);
  try {
    await page.goto(`${served.origin}/settings`);
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    await page.getByLabel('Backend').selectOption('wasm');

    await page.goto(`${served.origin}/models`);
    await page.locator('lintel-add-model input.files').setInputFiles([
      { name: 'yolox-darts.onnx', mimeType: '', buffer: Buffer.from(network) },
      { name: 'darts.names', mimeType: '', buffer: Buffer.from('dart\n') },
    ]);
    await expect(page.getByRole('button', { name: 'Keep this model' })).toBeEnabled({ timeout: 90_000 });
    await page.getByRole('button', { name: 'Keep this model' }).click();
    const card = page.locator('lintel-model-card').filter({ hasText: 'yolox-darts' });
    await expect(card.getByText(/^Also needs ONNX Runtime, 13\.\d MB: stored$/)).toBeVisible({ timeout: 60_000 });

    // A second runtime that nobody asked for stays away, and says its size.
    await page.goto(`${served.origin}/settings`);
    const runtimes = page.locator('lintel-runtimes');
    await expect(runtimes.getByText('Stored on this device')).toHaveCount(1);
    await expect(runtimes.getByText(/^LiteRT, [89]\.\d MB$/)).toBeVisible();

    await page.goto(`${served.origin}/models`);
    await page.getByRole('button', { name: 'Use for live: yolox-darts' }).click();
    await expect(card.getByText('In use')).toBeVisible();
    await page.goto(served.origin);
    expect(await seenIn(page, photoPath('sample1.jpg'))).toEqual(new Set(['dart']));

    await served.stop();
    await page.goto(served.origin);
    expect(await seenIn(page, photoPath('sample2.jpg'))).toEqual(new Set(['dart']));
  } finally {
    await served.stop();
  }
});
