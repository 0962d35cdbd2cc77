import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { expect } from '@playwright/test';
import { askedByPages, startCountingProxy } from '../support/counting-proxy.ts';
import { cameraTest } from '../support/fake-camera.ts';
import { photoPath, samplePhotos } from '../support/photos.ts';
import { failuresOf, openViews, tour } from '../support/tour.ts';
import { serveSite } from '../sw/serve-site.ts';

const appFolder = fileURLToPath(new URL('../../dist/app', import.meta.url));

/** How long the whole tour is walked; at least once. `npm run test:tour` walks it for half an hour. */
const minutes = Number(process.env['LINTEL_TOUR_MINUTES'] ?? 0);

const proxy = await startCountingProxy();
const test = cameraTest({ photos: samplePhotos.slice(0, 2).map(photoPath), size: { width: 640, height: 480 }, framesPerPhoto: 30 }).extend({
  launchOptions: [
    async ({ launchOptions }, use) => {
      await use({ ...launchOptions, args: [...(launchOptions.args ?? []), ...proxy.args] });
    },
    { scope: 'worker' },
  ],
});
test.use({ viewport: { width: 390, height: 844 } });
test.afterAll(() => proxy.close());

for (const whole of [false, true]) {
  const title = whole ? `all that a person can do works with the server down${minutes > 0 ? `, for ${minutes} minutes` : ''}` : 'all views open with the server down';
  test(`${title}, and nobody else is asked for anything`, { tag: whole ? '@long' : [] }, async ({ page, context }) => {
    test.setTimeout((minutes + 10) * 60_000);
    // What does not come within a minute does not come: a tour that waits on says nothing.
    page.setDefaultTimeout(60_000);
    const site = await serveSite(appFolder);
    const failures = failuresOf(context);
    const strange: string[] = [];
    context.on('request', (request) => {
      if (!new RegExp(`^(${site.origin}/|blob:|data:)`).test(request.url())) strange.push(request.url());
    });
    try {
      await page.goto(`${site.origin}/settings`);
      await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
      if (whole) await storeEverything(page);
      await site.stop();
      const endMs = Date.now() + minutes * 60_000;
      let laps = 0;
      do {
        await (whole ? tour(page, site.origin) : openViews(page, site.origin));
        laps++;
        if (whole) console.log(`${new Date().toISOString()} lap ${laps}: ${failures.length} failures, ${strange.length} requests to other origins, ${askedByPages(proxy).length} asked of the proxy`);
      } while (whole && Date.now() < endMs);
      expect(failures).toEqual([]);
      expect(strange).toEqual([]);
      expect(askedByPages(proxy)).toEqual([]);
    } finally {
      await site.stop();
    }
  });
}

async function storeEverything(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Make available offline', exact: true }).click();
  await expect(page.getByText('Everything is stored')).toBeVisible({ timeout: 60_000 });
  await page.getByRole('button', { name: 'Make available offline: ONNX Runtime' }).click();
  await expect(page.getByText('Stored on this device')).toBeVisible({ timeout: 60_000 });
}
