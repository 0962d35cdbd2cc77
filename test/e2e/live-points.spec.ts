import type { Page } from '@playwright/test';
import { expect } from '@playwright/test';
import type { PointList } from '../../src/landmarks/index.ts';
import type { FrameResult, TaskName } from '../../src/pipeline/index.ts';
import { cameraTest } from '../support/fake-camera.ts';
import { collectResults, resultsOf } from '../support/live-page.ts';
import { photoPath, samplePhotos } from '../support/photos.ts';
import { longTasksOf, traced } from '../support/trace.ts';
import type { ServedSite } from '../sw/serve-site.ts';
import { serveSite } from '../sw/serve-site.ts';

const everything: readonly TaskName[] = ['objects', 'faces', 'landmarks', 'mesh', 'pose'];

const test = cameraTest({ photos: samplePhotos.map(photoPath), size: { width: 640, height: 480 }, framesPerPhoto: 90 });

let site: ServedSite;

test.beforeEach(async () => {
  site = await serveSite('dist/app');
});

test.afterEach(() => site.stop());

test.setTimeout(300_000);

test('objects, faces, points, mesh and pose at once: all in frame-result, each with its rate, and the page stays free', { tag: '@long' }, async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(site.origin);
  await switchOn(page, everything);
  await collectResults(page);
  await page.getByRole('button', { name: 'Start the camera' }).click();
  await resultsOf(page, 5, 180_000);
  const trace = await traced(page, 10_000);
  await page.waitForFunction(
    (tasks) => tasks.every((task) => (window.seenResults ?? []).some(({ runs }) => runs.some((run) => run.task === task))),
    everything,
    { timeout: 120_000 },
  );
  await page.waitForFunction(() => (window.seenResults ?? []).some(({ poses, faces }) => poses.length > 0 && faces.some(({ landmarks, mesh, facts }) => landmarks && mesh && facts)), undefined, {
    timeout: 120_000,
  });
  const results = await allResults(page);
  for (const result of results) {
    expect(result.faults).toEqual([]);
    expect(structuredClone(result)).toEqual(result);
  }
  const faces = results.flatMap(({ faces: seen }) => seen).filter(({ landmarks, mesh }) => landmarks && mesh);
  for (const { landmarks, mesh, trackId } of faces) {
    expect([pointsIn(landmarks), pointsIn(mesh)]).toEqual([68, 468]);
    expect(trackId).toBeGreaterThan(0);
  }
  const poses = results.flatMap(({ poses: seen }) => seen);
  for (const { points } of poses) expect(pointsIn(points)).toBe(17);
  for (const task of everything) await expect(page.locator(`lintel-status-line [data-task=${task}]`), task).toHaveText(/\d$/, { timeout: 30_000 });
  expect(longTasksOf(trace, 50, 'thread')).toEqual([]);

  await page.getByRole('button', { name: 'Detection options' }).click();
  await page.getByRole('tab', { name: 'What is seen' }).click();
  await expect(page.locator('lintel-facts li').first()).toBeVisible({ timeout: 60_000 });
});

async function switchOn(page: Page, tasks: readonly TaskName[]): Promise<void> {
  await page.waitForFunction(() => document.querySelector('lintel-app')?.parts);
  await page.evaluate((wanted) => document.querySelector('lintel-app')?.parts?.settings.change({ tasks: wanted }), tasks);
}

/** Typed arrays do not come through to the test as such: plain lists do. */
async function allResults(page: Page): Promise<readonly FrameResult[]> {
  return page.evaluate(() => {
    const plain: unknown = JSON.parse(JSON.stringify(window.seenResults ?? [], (_, value: unknown) => (ArrayBuffer.isView(value) ? Array.from(value as Float32Array) : value)));
    return plain as FrameResult[];
  });
}

/** How many points a list holds, all of them numbers. */
function pointsIn(points: PointList | null): number {
  const xy = Array.from(points?.xy ?? []);
  expect(xy.every((value) => Number.isFinite(value))).toBe(true);
  expect(xy).toHaveLength(2 * (points?.inside.length ?? 0));
  return xy.length / 2;
}
