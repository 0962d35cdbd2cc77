import type { Page } from '@playwright/test';
import { expect, test } from '@playwright/test';
import type { FrameResult, Pipeline } from '../../src/pipeline/index.ts';
import type * as faults from '../faults/backend-faults.ts';
import type { BackendFault } from '../faults/backend-faults.ts';
import { photoBase64 } from '../support/photos.ts';
import { openPipelinePage, plainSettings } from './pipeline-page.ts';

interface Told {
  /** Phase of the pipeline, with the code of a failure; null for a result. */
  readonly state: string | null;
  readonly result: FrameResult | null;
}

declare global {
  var healing: { readonly pipeline: Pipeline; readonly told: Told[]; covered: boolean };
}

test.setTimeout(240_000);

/** A stream in which every frame differs from the one before. A backend that failed may come back at once. */
test.beforeEach(async ({ page }) => {
  await openPipelinePage(page);
  await page.evaluate(async (file) => {
    const pipeline = bench.make({ inputSize: 256, backend: 'wasm' }, { avoidMs: 0 });
    const photo = await bench.photo(file);
    const told: Told[] = [];
    globalThis.healing = { pipeline, told, covered: false };
    const black = await createImageBitmap(new ImageData(640, 480));
    pipeline.subscribe({
      onState: (state) => told.push({ state: state.phase === 'failed' ? `failed ${state.failure.code}` : state.phase, result: null }),
      onResult: (result) => told.push({ state: null, result }),
    });
    const started = await pipeline.start();
    if (!started.ok) throw new Error(started.failure.detail);
    let shift = 0;
    const push = async (): Promise<void> => {
      shift = (shift + 1) % 16;
      const moved = healing.covered ? await createImageBitmap(black) : await createImageBitmap(photo, shift, 0, photo.width - 16, photo.height);
      pipeline.push(await bench.frameOf(moved));
      moved.close();
      setTimeout(() => void push(), 20);
    };
    void push();
  }, photoBase64('sample3.jpg'));
  await page.waitForFunction(() => healing.told.filter(({ result }) => result).length > 5);
});

/** Breaks the backend of the running engine, which sees every face, while its real kernels run on. */
async function breakEngine(page: Page, fault: BackendFault): Promise<void> {
  await page.waitForFunction(() => {
    const last = healing.told.flatMap(({ result }) => (result?.runs.some(({ task }) => task === 'faces') ? [result.faces.length] : [])).slice(-3);
    return last.length === 3 && last.every((faces) => faces >= 2);
  });
  await page.workers().at(-1)!.evaluate(async (how) => {
    const path = '/test/faults/backend-faults.ts';
    const { breakBackend } = (await import(path)) as typeof faults;
    breakBackend(how);
  }, fault);
  await page.evaluate(() => healing.told.splice(0));
}

interface Healed {
  readonly failure: string;
  /** Faces of each result that the old engine gave after it had been broken; null where it was refused. */
  readonly before: readonly (number | null)[];
  readonly after: readonly number[];
}

/** Waits for frames of an engine that was started after the one that broke. */
async function healed(page: Page): Promise<Healed> {
  await page.waitForFunction(
    () => {
      const lost = healing.told.findIndex(({ state }) => state?.startsWith('failed'));
      return lost >= 0 && healing.told.slice(lost).filter(({ result }) => result).length > 3;
    },
    undefined,
    { timeout: 60_000 },
  );
  const seen = await page.evaluate((): Healed => {
    const facesOf = (told: Told): (number | null)[] => (told.result ? [told.result.runs.some(({ task }) => task === 'faces') ? told.result.faces.length : null] : []);
    const { told } = healing;
    const lost = told.findIndex(({ state }) => state?.startsWith('failed'));
    return { failure: told[lost]?.state ?? '', before: told.slice(0, lost).flatMap(facesOf), after: told.slice(lost).flatMap(facesOf).map(Number) };
  });
  await expect.poll(() => page.workers().length, { message: 'one engine', timeout: 30_000 }).toBe(1);
  expect(Math.max(...seen.after), 'it sees again').toBeGreaterThanOrEqual(2);
  return seen;
}

test('a backend that breaks in mid-stream is found out by its next frames, and none of its numbers is shown', async ({ page }) => {
  for (const fault of ['zeros', 'frozen', 'nan', 'throws'] as const) {
    await breakEngine(page, fault);
    const { failure, before } = await healed(page);
    expect(failure, fault).toBe('failed backend-wrong-numbers');
    // One that was under way; and what is frozen was right once.
    expect(before.length, fault).toBeLessThanOrEqual(2);
    for (const faces of before) expect(faces, fault).toBeGreaterThanOrEqual(2);
  }
});

test('a camera that is covered is no broken backend: the canary is asked, and frames go on', async ({ page }) => {
  await page.evaluate(() => {
    healing.covered = true;
    healing.told.splice(0);
  });
  await page.waitForFunction(() => healing.told.filter(({ result }) => result).length >= 40);
  const { states, faults } = await page.evaluate(() => ({ states: healing.told.flatMap(({ state }) => state ?? []), faults: healing.told.flatMap(({ result }) => result?.faults ?? []) }));
  expect([states, faults]).toEqual([[], []]);
  await page.evaluate(() => {
    healing.covered = false;
    healing.told.splice(0);
  });
  await page.waitForFunction(() => healing.told.some(({ result }) => result && result.faces.length >= 2));
});

test('an engine with shader is found out by its frames and replaced, and none of its answers is shown', { tag: '@long' }, async ({ page }) => {
  await breakEngine(page, 'shader');
  const { before } = await healed(page);
  expect(before.length).toBeLessThanOrEqual(1);
});

test('an engine that finds no memory any more says so, and looks in a smaller size from then on', async ({ page }) => {
  const configured = await page.evaluate(async (settings) => healing.pipeline.configure(settings), { ...plainSettings, inputSize: 416 });
  expect(configured.ok).toBe(true);
  expect(await page.evaluate(() => healing.pipeline.config.inputSizePx.faces)).toBe(416);
  await breakEngine(page, 'memory');
  const { failure, before } = await healed(page);
  expect(failure).toBe('failed out-of-memory');
  for (const faces of before) expect(faces).toBeGreaterThanOrEqual(2);
  expect(await page.evaluate(() => [healing.pipeline.config.inputSizePx.faces, healing.pipeline.isShortOfMemory])).toEqual([352, true]);
});

test('an engine whose kernel never answers is thrown away', { tag: '@long' }, async ({ page }) => {
  await breakEngine(page, 'hangs');
  const { failure } = await healed(page);
  expect(failure).toBe('failed timeout');
});

test('no frame stays open when an engine breaks', { tag: '@long' }, async ({ page }) => {
  await breakEngine(page, 'hangs');
  await healed(page);
  const open = await page.evaluate(async () => {
    await healing.pipeline.dispose();
    await new Promise((wait) => setTimeout(wait, 500));
    return bench.ledger.openFrames;
  });
  // The page goes on pushing: at most one frame is in the making.
  expect(open).toBeLessThanOrEqual(1);
});
