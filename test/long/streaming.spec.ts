import { writeFileSync } from 'node:fs';
import type { CDPSession, Page } from '@playwright/test';
import { expect } from '@playwright/test';
import { cameraTest } from '../support/fake-camera.ts';
import { metricsAfterCollection } from '../support/browser-metrics.ts';
import { heldCounts, resultsOf, startCamera } from '../support/live-page.ts';
import { photoPath, samplePhotos } from '../support/photos.ts';
import { longTasksOf, traced } from '../support/trace.ts';

/** Frames that the engine looks at. A smaller number makes a quick check of the test itself. */
const frames = Number(process.env['LINTEL_LONG_FRAMES'] ?? 10_000);
/** Everything lazy has been made by then. */
const settledAt = Math.min(1000, frames / 5);

const test = cameraTest({ photos: samplePhotos.map(photoPath), size: { width: 640, height: 480 }, framesPerPhoto: 30 });

// Without a GPU the browser draws the page with the processor: a small page leaves it to the frames.
test.use({ viewport: { width: 360, height: 640 } });

test(`holds nothing more after ${frames} frames, and never blocks the page`, async ({ page }) => {
  test.setTimeout(60 * 60_000);
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Performance.enable');
  await page.goto('/');
  await page.waitForFunction(() => document.querySelector('lintel-app')?.parts);
  // As fast as the machine can: the size adapts to the rate that is asked for.
  await page.evaluate(() => document.querySelector('lintel-app')?.parts?.settings.change({ targetFps: 30 }));
  await startCamera(page);
  await resultsOf(page, 20);
  const trace = await traced(page, 20_000);
  const longTasks = longTasksOf(trace);
  await framesDone(page, settledAt);
  const early = await snapshotOf(page, cdp);
  await framesDone(page, frames);
  const late = await snapshotOf(page, cdp);
  const report = { frames: late.framesDone, early, late, tracedMs: 20_000, longTasks };
  console.log(JSON.stringify(report));
  if (process.env['LINTEL_LONG_REPORT']) writeFileSync(process.env['LINTEL_LONG_REPORT'], JSON.stringify(report, null, 2));
  expect(longTasks).toEqual([]);
  expect(late.tensors).toBe(early.tensors);
  expect(late.dataBuffers).toBe(early.dataBuffers);
  expect(late.openFrames).toBeLessThanOrEqual(2);
  expect(late.listeners).toBeLessThanOrEqual(early.listeners + 2);
  expect(late.nodes).toBeLessThanOrEqual(early.nodes + 50);
});

async function framesDone(page: Page, count: number): Promise<void> {
  let told = 0;
  await expect.poll(async () => (told = tell(told, (await heldCounts(page)).engine.framesDone)), { timeout: 55 * 60_000, intervals: [2000] }).toBeGreaterThanOrEqual(count);
}

/** Prints progress at every thousandth frame. */
function tell(before: number, now: number): number {
  if (Math.floor(now / 1000) > Math.floor(before / 1000)) console.log(`${new Date().toISOString()} ${now} frames`);
  return now;
}

interface Held {
  readonly framesDone: number;
  readonly tensors: number;
  readonly dataBuffers: number;
  readonly openFrames: number;
  readonly listeners: number;
  readonly nodes: number;
  readonly heapBytes: number;
}

/** After a garbage collection, what the engine, the page and the browser hold. */
async function snapshotOf(page: Page, cdp: CDPSession): Promise<Held> {
  const held = await metricsAfterCollection(cdp);
  const { engine, openFrames } = await heldCounts(page);
  return {
    framesDone: engine.framesDone,
    tensors: engine.tensors,
    dataBuffers: engine.dataBuffers,
    openFrames,
    ...held,
  };
}
