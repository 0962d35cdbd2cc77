import { fileURLToPath } from 'node:url';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { expect } from '@playwright/test';
import type { SiteResponse } from '../../src/server/index.ts';
import { cameraTest } from '../support/fake-camera.ts';
import { collectResults, resultsOf } from '../support/live-page.ts';
import { photoPath, samplePhotos } from '../support/photos.ts';
import { serveSite } from '../sw/serve-site.ts';

const appFolder = fileURLToPath(new URL('../../dist/app', import.meta.url));
const test = cameraTest({ photos: samplePhotos.slice(0, 1).map(photoPath), size: { width: 640, height: 480 }, framesPerPhoto: 30 });

test.use({ viewport: { width: 360, height: 640 } });

/** With how many threads the engine runs, once it is ready. */
const threadsOf = () => {
  const state = document.querySelector('lintel-app')?.parts?.pipeline.state;
  return state?.phase === 'ready' ? state.report.threads : 0;
};

/** As from a host that cannot send these headers. */
function withoutIsolation(response: SiteResponse): SiteResponse {
  return { ...response, headers: Object.fromEntries(Object.entries(response.headers).filter(([name]) => !name.startsWith('cross-origin-'))) };
}

/** The engine takes threads by the number of cores; where this test runs may be one with two. */
function asOnAPhone(path: string, response: SiteResponse): SiteResponse {
  if (!path.startsWith('/workers/worker-') || !response.body) return response;
  const { 'content-encoding': encoding, ...headers } = response.headers;
  const script = encoding === 'br' ? brotliDecompressSync(response.body) : encoding === 'gzip' ? gunzipSync(response.body) : response.body;
  const body = Buffer.concat([Buffer.from('Object.defineProperty(navigator, "hardwareConcurrency", { value: 4 });\n'), script]);
  return { ...response, headers: { ...headers, 'content-length': String(body.byteLength) }, body };
}

for (const isolated of [true, false]) {
  test(`detects ${isolated ? 'with threads, each started by an address that the policy has seen, where' : 'with one thread, and no thread is tried, where'} the page is ${isolated ? '' : 'not '}isolated`, async ({ page }) => {
    const site = await serveSite(appFolder);
    site.intercept = (path, response) => asOnAPhone(path, isolated ? response : withoutIsolation(response));
    const workers: string[] = [];
    page.on('worker', (worker) => workers.push(worker.url()));
    try {
      await page.goto(site.origin);
      expect(await page.evaluate(() => crossOriginIsolated)).toBe(isolated);
      await page.waitForFunction(() => document.querySelector('lintel-app')?.parts);
      await page.evaluate(() => document.querySelector('lintel-app')?.parts?.settings.change({ backend: 'wasm' }));
      await collectResults(page);
      await page.getByRole('button', { name: 'Start the camera' }).click();
      const results = await resultsOf(page, 5);
      expect(results.some(({ objects, faces }) => objects.length + faces.length > 0)).toBe(true);
      const threads = await page.evaluate(threadsOf);
      expect(threads).toBe(isolated ? 2 : 1);
      expect(workers.some((url) => url.startsWith('blob:'))).toBe(isolated);
    } finally {
      await site.stop();
    }
  });
}
