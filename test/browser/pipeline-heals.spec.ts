import type { Page } from '@playwright/test';
import { expect, test } from '@playwright/test';
import type { FrameResult, Pipeline } from '../../src/pipeline/index.ts';
import type * as faults from '../faults/backend-faults.ts';
import type { BackendFault } from '../faults/backend-faults.ts';
import { photoBase64 } from '../support/photos.ts';
import { openPipelinePage } from './pipeline-page.ts';

declare global {
  var healing: { readonly pipeline: Pipeline; readonly states: string[]; readonly results: FrameResult[] };
}

test.setTimeout(240_000);

test.beforeEach(async ({ page }) => {
  await openPipelinePage(page);
  await page.evaluate(async (file) => {
    const pipeline = bench.make({ inputSize: 256, backend: 'wasm' });
    const bitmap = await bench.photo(file);
    const states: string[] = [];
    const results: FrameResult[] = [];
    globalThis.healing = { pipeline, states, results };
    pipeline.subscribe({
      onState: (state) => states.push(state.phase === 'failed' ? `failed ${state.failure.code}` : state.phase),
      onResult: (result) => results.push(result),
    });
    const started = await pipeline.start();
    if (!started.ok) throw new Error(started.failure.detail);
    const push = async (): Promise<void> => {
      pipeline.push(await bench.frameOf(bitmap));
      setTimeout(() => void push(), 20);
    };
    void push();
  }, photoBase64('sample3.jpg'));
  await page.waitForFunction(() => healing.results.length > 5);
});

/** Breaks the backend of the running engine, while its real kernels run on. */
async function breakEngine(page: Page, fault: BackendFault): Promise<void> {
  await page.workers()[0]!.evaluate(async (how) => {
    const path = '/test/faults/backend-faults.ts';
    const { breakBackend } = (await import(path)) as typeof faults;
    breakBackend(how);
  }, fault);
  await page.evaluate(() => {
    healing.results.length = 0;
    healing.states.length = 0;
  });
}

/** Frames with all three faces, from an engine that was started after the one that broke. */
async function expectHealed(page: Page): Promise<void> {
  await page.waitForFunction(() => healing.states.some((state) => state.startsWith('failed')), undefined, { timeout: 30_000 });
  await page.waitForFunction(() => healing.pipeline.state.phase === 'ready', undefined, { timeout: 30_000 });
  await page.evaluate(() => (healing.results.length = 0));
  await page.waitForFunction(() => healing.results.length > 3, undefined, { timeout: 20_000 });
  const faces = await page.evaluate(() => healing.results.map((result) => result.faces.length));
  expect(Math.max(...faces)).toBeGreaterThanOrEqual(2);
  await expect.poll(() => page.workers().length, { message: 'one engine', timeout: 30_000 }).toBe(1);
}

for (const fault of ['nan', 'throws', 'shader'] as const) {
  test(`an engine with ${fault} is found out by its frames and replaced, and none of its answers is shown`, { tag: fault === 'shader' ? '@long' : [] }, async ({ page }) => {
    await breakEngine(page, fault);
    await page.waitForFunction(() => healing.states.some((state) => state.startsWith('failed')), undefined, { timeout: 30_000 });
    const refused = await page.evaluate(() => healing.results.filter(({ runs }) => !runs.some(({ task }) => task === 'faces')).length);
    expect(refused).toBeGreaterThanOrEqual(1);
    await expectHealed(page);
  });
}

for (const fault of ['zeros', 'frozen'] as const) {
  test(`an engine with ${fault} is found out by the canary and replaced`, { tag: fault === 'zeros' ? '@long' : [] }, async ({ page }) => {
    // What is frozen was right once.
    if (fault === 'zeros') await breakEngine(page, fault);
    else {
      await breakEngine(page, fault);
      await page.waitForFunction(() => healing.results.length > 2);
      await page.evaluate(() => healing.pipeline.check());
    }
    const checked = await page.evaluate(() => healing.pipeline.check());
    // Zeros may have been told by frames before.
    if (checked) expect(checked).toMatchObject({ ok: false });
    await expectHealed(page);
  });
}

test('an engine that hangs is replaced within seconds, with the frame that it had', { tag: '@long' }, async ({ page }) => {
  await breakEngine(page, 'hangs');
  const startMs = Date.now();
  await expectHealed(page);
  expect(Date.now() - startMs).toBeLessThan(30_000);
});

test('a worker that is busy for ever is replaced', { tag: '@long' }, async ({ page }) => {
  await page.evaluate(() => {
    healing.states.length = 0;
  });
  await page.workers()[0]!.evaluate(() => {
    setTimeout(() => {
      for (;;);
    }, 50);
  });
  await expectHealed(page);
});

test('no frame stays open when an engine breaks', { tag: '@long' }, async ({ page }) => {
  await breakEngine(page, 'hangs');
  await expectHealed(page);
  const open = await page.evaluate(async () => {
    await healing.pipeline.dispose();
    await new Promise((wait) => setTimeout(wait, 500));
    return bench.ledger.openFrames;
  });
  // The page goes on pushing: at most one frame is in the making.
  expect(open).toBeLessThanOrEqual(1);
});
