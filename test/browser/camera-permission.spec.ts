import { expect } from '@playwright/test';
import { cameraTest } from '../support/fake-camera.ts';
import { photoPath } from '../support/photos.ts';
import { openCameraPage } from './camera-page.ts';

const test = cameraTest({ photos: [photoPath('sample1.jpg')], size: { width: 320, height: 240 }, framesPerPhoto: 1 }, 'asked');

test('a refusal is told as one, and is not asked again', async ({ page }) => {
  await openCameraPage(page);
  const told = await page.evaluate(async () => {
    let asked = 0;
    const real = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
    navigator.mediaDevices.getUserMedia = (constraints) => {
      asked++;
      return real(constraints);
    };
    const opened = await room.openCamera({ facing: 'user', idealSize: { width: 640, height: 480 } });
    return { outcome: opened.ok ? 'ok' : opened.failure.code, detail: opened.ok ? '' : opened.failure.detail, asked, permission: await room.queryCameraPermission(), lenses: await room.listLenses() };
  });
  // The step that no camera here can meet is turned down without a question; the next one asks, and is the last.
  expect(told).toMatchObject({ outcome: 'denied', permission: 'denied', lenses: [], asked: 2 });
});

test('a permission that is taken back ends in a failure that names it', async ({ page, context }) => {
  await context.grantPermissions(['camera']);
  await openCameraPage(page);
  await page.evaluate(async () => {
    const video = document.querySelector('video')!;
    const opened = await room.openCamera({});
    if (!opened.ok) throw new Error(opened.failure.code);
    const states: string[] = [];
    Object.assign(globalThis, { states });
    const camera = new room.KeptCamera({ session: opened.value, video, source: new room.VideoFrameSource(video, new room.FrameLedger()) }, (frame) => frame.close());
    camera.subscribe((state) => states.push(state.phase === 'failed' ? state.failure.code : state.phase));
  });
  const states = (): Promise<string[]> => page.evaluate(() => (globalThis as unknown as { states: string[] }).states);
  await expect.poll(states, { timeout: 30_000 }).toContain('live');
  await context.clearPermissions();
  await expect.poll(states, { timeout: 30_000 }).toEqual(['live', 'interrupted', 'restarting', 'denied']);
});
