import { expect, test } from '@playwright/test';
import type { FrameResult } from '../../src/pipeline/index.ts';
import { photoPath } from '../support/photos.ts';
import { openApp, openLiveOnWasm } from './ui-app.ts';

declare global {
  var seen: FrameResult[];
}

test.describe('a photo', () => {
  test('is detected, drawn, counted and taken as a snapshot', async ({ page }) => {
    test.setTimeout(240_000);
    await page.setViewportSize({ width: 390, height: 844 });
    await openLiveOnWasm(page);
    await page.evaluate(() => {
      globalThis.seen = [];
      document.addEventListener('frame-result', (event) => globalThis.seen.push((event as CustomEvent<FrameResult>).detail));
    });
    await page.locator('lintel-welcome input[type=file]').setInputFiles(photoPath('sample1.jpg'));
    await page.waitForFunction(() => globalThis.seen.length > 0, undefined, { timeout: 180_000 });
    const [result] = await page.evaluate(() => globalThis.seen);
    expect(result!.objects.filter(({ label }) => label === 'person')).toHaveLength(3);
    expect(result!.faces).toHaveLength(3);

    const colours = await page.locator('lintel-stage canvas.overlay').evaluate((canvas: HTMLCanvasElement) => {
      const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
      const wanted = { person: [0x56, 0xb4, 0xe9], face: [0xf0, 0xe4, 0x42] };
      const count = ([r, g, b]: number[]): number => {
        let hits = 0;
        for (let i = 0; i < data.length; i += 4) if (data[i] === r && data[i + 1] === g && data[i + 2] === b && data[i + 3] === 255) hits++;
        return hits;
      };
      return { person: count(wanted.person), face: count(wanted.face) };
    });
    expect(colours.person).toBeGreaterThan(1000);
    expect(colours.face).toBeGreaterThan(1000);
    await expect(page.locator('lintel-counts li[data-label=person] strong')).toHaveText('3');
    await expect(page.locator('lintel-counts li[data-label=face] strong')).toHaveText('3');

    await page.getByRole('button', { name: 'Take a snapshot' }).click();
    const shot = page.locator('lintel-snapshot img');
    await expect(shot).toHaveAttribute('alt', /person × 3/);
    expect(await shot.evaluate(async (image: HTMLImageElement) => (await image.decode(), [image.naturalWidth, image.naturalHeight]))).toEqual([
      result!.size.width,
      result!.size.height,
    ]);
    const download = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Save' }).click();
    expect((await download).suggestedFilename()).toMatch(/^lintel-\d{4}-\d\d-\d\d-\d{6}\.jpg$/);
  });
});

test.describe('bad input is said plainly and changes nothing', () => {
  const png = (width: number, height: number): Buffer => {
    const header = Buffer.alloc(33);
    header.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52]);
    header.writeUInt32BE(width, 16);
    header.writeUInt32BE(height, 20);
    header.set([8, 2, 0, 0, 0], 24);
    return header;
  };
  const cases = [
    ['a text file', { name: 'a.txt', mimeType: 'text/plain', buffer: Buffer.from('hello') }, 'file-kind'],
    ['noise called a photo', { name: 'a.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('not a photo') }, 'not-an-image'],
    ['a picture of 0 pixels', { name: 'a.png', mimeType: 'image/png', buffer: png(0, 10) }, 'empty-image'],
    ['a picture of 20,000 pixels a side', { name: 'a.png', mimeType: 'image/png', buffer: png(20_000, 20_000) }, 'too-large'],
    ['noise called a video', { name: 'a.mp4', mimeType: 'video/mp4', buffer: Buffer.from('not a video') }, 'not-a-video'],
  ] as const;
  for (const [name, file, code] of cases) {
    test(name, async ({ page }) => {
      await openApp(page);
      await page.locator('lintel-welcome input[type=file]').setInputFiles(file);
      await expect(page.locator(`lintel-notices [data-code=${code}]`)).toBeVisible();
      await page.getByRole('button', { name: 'Close', exact: true }).click();
      await expect(page.locator('lintel-notices .notice')).toHaveCount(0);
      await expect(page.getByRole('button', { name: 'Start the camera' })).toBeEnabled();
    });
  }
});

test('the fake camera plays, is granted once, survives a visit to the settings, and is turned off', async ({ page }) => {
  await page.addInitScript(() => {
    const asked = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
    Object.assign(globalThis, { granted: 0 });
    navigator.mediaDevices.getUserMedia = async (constraints) => {
      const stream = await asked(constraints);
      (globalThis as unknown as { granted: number }).granted++;
      return stream;
    };
  });
  await openLiveOnWasm(page);
  await page.getByRole('button', { name: 'Start the camera' }).click();
  const video = page.locator('lintel-stage video');
  await expect.poll(() => video.evaluate((element: HTMLVideoElement) => element.videoWidth), { timeout: 30_000 }).toBeGreaterThan(0);
  await page.getByRole('link', { name: 'Settings' }).click();
  await page.waitForTimeout(3000); // longer than the watchdog waits for a picture
  await page.getByRole('link', { name: 'Camera' }).click();
  await expect.poll(() => video.evaluate((element: HTMLVideoElement) => !element.paused && element.videoWidth > 0)).toBe(true);
  expect(await page.evaluate(() => (globalThis as unknown as { granted: number }).granted)).toBe(1);
  const stream = await video.evaluateHandle((element: HTMLVideoElement) => element.srcObject as MediaStream);
  await page.getByRole('button', { name: 'Turn the camera off' }).click();
  await expect(page.getByRole('button', { name: 'Start the camera' })).toBeVisible();
  expect(await stream.evaluate((media) => media.getTracks().map((track) => track.readyState))).toEqual(['ended']);
});
