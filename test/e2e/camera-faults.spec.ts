import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';
import { seededRandom } from '../../src/base/index.ts';
import type { FrameResult } from '../../src/pipeline/index.ts';
import type {} from '../../src/ui/app/lintel-app.ts';
import type { CameraFault } from '../faults/camera-faults.ts';
import { cameraFaultNames, cameraFaults, firstRefusals, installCameraFaults } from '../faults/camera-faults.ts';
import { cameraTest } from '../support/fake-camera.ts';
import { heldCounts } from '../support/live-page.ts';
import { photoPath } from '../support/photos.ts';

/** Two faces that are near enough for a small input. */
const picture = { photo: photoPath('sample1.jpg'), part: { x1: 0.1, y1: 0.15, x2: 0.65, y2: 0.75 } };
const test = cameraTest({ photos: [picture], size: { width: 640, height: 480 }, framesPerPhoto: 1 });
test.use({ viewport: { width: 640, height: 480 }, serviceWorkers: 'block' });
test.setTimeout(240_000);

/** Until a message is read: the longest silence of a camera is two seconds, and a busy machine comes late. */
const saidWithinMs = 6000;
/** Until boxes are back: the longest wait is four seconds, a camera takes one. Who hangs is waited for ten seconds more. */
const backWithinMs = 10_000;
const hungMs = 10_000;

const quick: readonly CameraFault[] = ['unplugged', 'muted', 'frozen', 'turned'];

test.beforeEach(async ({ page }) => {
  await installCameraFaults(page);
  await page.goto('/');
  await page.waitForFunction(() => document.querySelector('lintel-app')?.parts);
  await page.evaluate(() => document.querySelector('lintel-app')?.parts?.settings.change({ backend: 'wasm', tasks: ['faces'], inputSize: 256, targetFps: 10 }));
});

for (const [title, names, tag] of [
  ['quickly seen', quick, ''],
  ['of any other kind', cameraFaultNames.filter((name) => !quick.includes(name)), '@long'],
] as const) {
  test(`a fault of the camera, ${title}, is said, asked about with growing waits, and over when it is over; nothing is left of it`, { tag: tag === '' ? [] : tag }, async ({ page }) => {
    await startLive(page);
    const before = await held(page);
    for (const name of names) {
      await test.step(name, async () => {
        const asksBefore = await askCount(page);
        await begin(page, name);
        await expectSaid(page, name);
        await page.waitForTimeout(1500);
        const lastedMs = await end(page);
        await expectLive(page, name === 'hung' ? backWithinMs + hungMs : backWithinMs);
        await expectAsks(page, asksBefore, lastedMs, name);
        expect(await held(page)).toEqual(before);
      });
    }
  });
}

for (const name of Object.keys(firstRefusals) as (keyof typeof firstRefusals)[]) {
  test(`a camera that answers ${name} at first is named, and seen as soon as it can be had`, { tag: '@long' }, async ({ page }) => {
    await page.evaluate((refusal) => faultyCamera.begin({ refusal, said: null }), name);
    await page.getByRole('button', { name: 'Start the camera' }).click();
    await expect(page.locator(`lintel-message [data-code=${firstRefusals[name]}]`)).toBeVisible({ timeout: saidWithinMs + hungMs });
    await end(page);
    await expectLive(page, name === 'never' ? backWithinMs + hungMs : backWithinMs);
    expect((await held(page)).tracks).toBe(2);
  });
}

const seeds = Number(process.env['LINTEL_CAMERA_SEEDS'] ?? 20);

test(`after any of ${seeds} random orders of faults the view is live again, and holds what it held`, { tag: '@long' }, async ({ page }) => {
  test.setTimeout(seeds * 60_000);
  await startLive(page);
  const before = await held(page);
  for (let seed = 1; seed <= seeds; seed++) {
    const random = seededRandom(seed);
    const order: CameraFault[] = [];
    for (let i = 0; i < 5; i++) {
      const name = cameraFaultNames[Math.floor(random() * cameraFaultNames.length)]!;
      order.push(name);
      await begin(page, name);
      await page.waitForTimeout(random() * 1200);
      // A fault may end before the next one, or go over into it.
      if (random() < 0.7) await end(page);
      await page.waitForTimeout(random() * 400);
    }
    await end(page);
    await test.step(`seed ${seed}: ${order.join(', ')}`, async () => {
      await expectLive(page, backWithinMs + (order.includes('hung') ? hungMs : 0));
      expect(await held(page)).toEqual(before);
    });
  }
});

async function startLive(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Start the camera' }).click();
  await expectLive(page, 60_000);
}

function begin(page: Page, name: CameraFault): Promise<void> {
  return page.evaluate((row) => {
    performance.clearMarks('fault');
    performance.mark('fault');
    faultyCamera.begin(row);
  }, cameraFaults[name]);
}

/** @returns how long it lasted, in milliseconds */
function end(page: Page): Promise<number> {
  return page.evaluate(() => {
    faultyCamera.end();
    return performance.now() - (performance.getEntriesByName('fault').at(-1)?.startTime ?? 0);
  });
}

async function expectSaid(page: Page, name: CameraFault): Promise<void> {
  const { said } = cameraFaults[name];
  if (said !== null) {
    await expect(page.locator(`lintel-notices [data-code=${said}], lintel-message [data-code=${said}]`)).toBeVisible({ timeout: saidWithinMs });
    return;
  }
  await page.waitForTimeout(2500);
  await expect(page.locator('lintel-notices .notice, lintel-message h1')).toHaveCount(0);
}

/** Boxes of what is seen from now on, in the shape of the picture that is shown, and no message. */
async function expectLive(page: Page, withinMs: number): Promise<void> {
  const seen = await page.evaluate(async (limitMs) => {
    const session = document.querySelector('lintel-app')!.parts!.session;
    let looks = 0;
    const result = await new Promise<FrameResult | null>((resolve) => {
      const look = (event: Event): void => {
        const { detail } = event as CustomEvent<FrameResult>;
        looks++;
        if (detail.faces.length > 0 && session.state.phase === 'live') done(detail);
      };
      const timer = setTimeout(() => done(null), limitMs);
      const done = (found: FrameResult | null): void => {
        clearTimeout(timer);
        document.removeEventListener('frame-result', look);
        resolve(found);
      };
      document.addEventListener('frame-result', look);
    });
    const { phase, failure, engine, frameSize } = session.state;
    return { size: result?.size ?? null, state: { phase, failure, engine: engine.phase, frameSize, looks } };
  }, withinMs);
  expect(seen.size, JSON.stringify(seen.state)).toEqual(seen.state.frameSize);
  expect(seen.state).toMatchObject({ phase: 'live', failure: null });
  await expect(page.locator('lintel-notices .notice')).toHaveCount(0);
}

function askCount(page: Page): Promise<number> {
  return page.evaluate(() => faultyCamera.asksMs.length);
}

/** Tries have half a second between them at least, and no more of them fit into the time than the growing waits allow. */
async function expectAsks(page: Page, from: number, lastedMs: number, name: CameraFault): Promise<void> {
  const asksMs = (await page.evaluate(() => faultyCamera.asksMs)).slice(from);
  const tries = asksMs.filter((atMs, i) => i === 0 || atMs - asksMs[i - 1]! > 250);
  const gapsMs = tries.slice(1).map((atMs, i) => atMs - tries[i]!);
  if (gapsMs.length > 0) expect(Math.min(...gapsMs), name).toBeGreaterThanOrEqual(450);
  // 0.5, 1.5, 3.5, 7.5 s after the end, then every four; one more when a device comes or goes, and the one that helps.
  const fits = Math.max(0, Math.floor(Math.log2(lastedMs / 500 + 1))) + 2;
  expect(tries.length, `${name}: tries in ${lastedMs} ms`).toBeLessThanOrEqual(fits + 1);
  expect(asksMs.length, name).toBeLessThanOrEqual(5 * tries.length);
}

/** What must be the same before and after a fault: two tracks (the device's, and the one made of it), no tensor more, no frame. */
async function held(page: Page): Promise<{ readonly tracks: number; readonly tensors: number; readonly framesLeft: boolean }> {
  await expect.poll(() => page.evaluate(() => faultyCamera.liveTracks())).toBe(2);
  const { engine, openFrames } = await heldCounts(page);
  return { tracks: 2, tensors: engine.tensors, framesLeft: openFrames > 2 };
}
