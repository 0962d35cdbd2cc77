import type { CDPSession, Page } from '@playwright/test';
import { expect } from '@playwright/test';
import { cameraTest } from '../support/fake-camera.ts';
import { metricsAfterCollection } from '../support/browser-metrics.ts';
import { heldCounts } from '../support/live-page.ts';
import { photoPath, samplePhotos } from '../support/photos.ts';
import { slopeOf } from '../support/slope.ts';
import { WorkerHeap } from '../support/worker-heap.ts';

const minutes = Number(process.env['LINTEL_STREAM_MINUTES'] ?? 15);
/** Fewer leave the machine to others for the hours that it takes. */
const targetFps = Number(process.env['LINTEL_STREAM_FPS'] ?? 30);
const sampleEveryMs = Math.min(30_000, (minutes * 60_000) / 10);
/** Everything lazy has been made, and every input size has been tried, by then. */
const settleMs = Math.min(180_000, minutes * 12_000);
const megabyte = 2 ** 20;

const test = cameraTest({ photos: samplePhotos.map(photoPath), size: { width: 640, height: 480 }, framesPerPhoto: 30 });

// Without a GPU the browser draws the page with the processor: a small page leaves it to the frames.
test.use({ viewport: { width: 360, height: 640 } });

test(`streams for ${minutes} minutes with every task on: nothing is held, the heap does not grow, the canary sings`, async ({ page }) => {
  test.setTimeout((minutes + 10) * 60_000);
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Performance.enable');
  const workers = await WorkerHeap.watch(cdp);
  await startWithEverything(page);
  await expect.poll(async () => (await heldCounts(page)).engine.framesDone, { timeout: 120_000 }).toBeGreaterThan(20);
  await page.waitForTimeout(settleMs);
  const startMs = Date.now();
  const samples: Sample[] = [];
  for (;;) {
    const sample = await sampleOf(page, cdp, workers, startMs);
    samples.push(sample);
    console.log(JSON.stringify(sample));
    if (Date.now() - startMs >= minutes * 60_000) break;
    await page.waitForTimeout(sampleEveryMs);
  }
  const heap = slopeOf(samples.map(({ atMs, heapBytes }) => [atMs / 3_600_000, heapBytes / megabyte]));
  const workerHeap = slopeOf(samples.map(({ atMs, workerHeapBytes }) => [atMs / 3_600_000, workerHeapBytes / megabyte]));
  const [first, last] = [samples[0]!, samples.at(-1)!];
  console.log(JSON.stringify({ minutes, samples: samples.length, frames: last.framesDone - first.framesDone, heapMbPerHour: Number(heap.perUnit.toFixed(3)), standardError: Number(heap.error.toFixed(3)), workerHeapMbPerHour: Number(workerHeap.perUnit.toFixed(3)), workerStandardError: Number(workerHeap.error.toFixed(3)) }));
  for (const { tensors, dataBuffers, openFrames, listeners, nodes, canary, losses } of samples) {
    expect([tensors, dataBuffers], 'tensors').toEqual([first.tensors, first.dataBuffers]);
    expect(openFrames).toBeLessThanOrEqual(3);
    expect(listeners).toBeLessThanOrEqual(first.listeners + 2);
    expect(nodes).toBeLessThanOrEqual(first.nodes + 100);
    expect([canary, losses]).toEqual(['right', 0]);
  }
  // What a short run cannot tell from no growth does not fail it; a longer one tells more.
  expect(heap.perUnit - 2 * heap.error, 'megabytes an hour').toBeLessThan(1);
  expect(workerHeap.perUnit - 2 * workerHeap.error, 'megabytes an hour, in the worker').toBeLessThan(1);
});

interface Sample {
  readonly atMs: number;
  readonly framesDone: number;
  readonly tensors: number;
  readonly dataBuffers: number;
  readonly openFrames: number;
  readonly listeners: number;
  readonly nodes: number;
  /** Of the page, after a garbage collection. */
  readonly heapBytes: number;
  /** Of its worker, likewise. */
  readonly workerHeapBytes: number;
  readonly canary: string;
  /** How often the engine failed since the start. */
  readonly losses: number;
}

declare global {
  var engineLosses: number;
}

/** Every task that a person can switch on in the live view. */
async function startWithEverything(page: Page): Promise<void> {
  await page.goto('/');
  await page.waitForFunction(() => document.querySelector('lintel-app')?.parts);
  await page.evaluate((fps) => {
    const parts = document.querySelector('lintel-app')?.parts;
    if (!parts) throw new Error('the app has no parts');
    parts.settings.change({ tasks: ['objects', 'faces', 'landmarks', 'mesh', 'pose'], targetFps: fps });
    globalThis.engineLosses = 0;
    parts.pipeline.subscribe({
      onState: ({ phase }) => {
        if (phase === 'failed') globalThis.engineLosses++;
      },
    });
  }, targetFps);
  await page.getByRole('button', { name: 'Start the camera' }).click();
  await page.waitForFunction(() => document.querySelector('lintel-app')?.parts?.pipeline.state.phase === 'ready', undefined, { timeout: 120_000 });
}

async function sampleOf(page: Page, cdp: CDPSession, workers: WorkerHeap, startMs: number): Promise<Sample> {
  const canary = await page.evaluate(async () => {
    const checked = await document.querySelector('lintel-app')?.parts?.pipeline.check();
    return checked?.ok ? 'right' : (checked?.failure.detail ?? 'no engine');
  });
  const { engine, openFrames } = await heldCounts(page);
  const held = await metricsAfterCollection(cdp);
  return {
    atMs: Date.now() - startMs,
    framesDone: engine.framesDone,
    tensors: engine.tensors,
    dataBuffers: engine.dataBuffers,
    openFrames,
    ...held,
    workerHeapBytes: await workers.usedBytes(),
    canary,
    losses: await page.evaluate(() => globalThis.engineLosses),
  };
}
