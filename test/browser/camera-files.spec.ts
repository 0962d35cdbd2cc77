import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { photoBase64 } from '../support/photos.ts';
import type * as imageHeader from '../../src/camera/image-header/image-header.ts';
import { openCameraPage } from './camera-page.ts';

test.beforeEach(async ({ page }) => {
  await openCameraPage(page);
  await page.evaluate(() => {
    Object.assign(globalThis, {
      bytesOf: (base64: string) => Uint8Array.from(atob(base64), (c) => c.charCodeAt(0)),
    });
  });
});

declare global {
  var bytesOf: (base64: string) => Uint8Array<ArrayBuffer>;
}

test('an image becomes one upright frame at time 0', async ({ page }) => {
  const told = await page.evaluate(async (base64) => {
    const ledger = new room.FrameLedger();
    const still = await room.stillFrame(new Blob([bytesOf(base64)]), ledger);
    if (!still.ok) throw new Error(still.failure.detail);
    const result = { info: still.value.info, bitmap: [still.value.bitmap.width, still.value.bitmap.height], open: ledger.openFrames };
    still.value.close();
    return { ...result, after: ledger.openFrames };
  }, photoBase64('sample1.jpg'));
  expect(told).toEqual({ info: { id: 1, tMs: 0, size: { width: 1920, height: 1280 } }, bitmap: [1920, 1280], open: 1, after: 0 });
});

test('the EXIF orientation is applied, also when the image is scaled down', async ({ page }) => {
  const told = await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(60, 30);
    const context = canvas.getContext('2d')!;
    context.fillStyle = 'blue';
    context.fillRect(0, 0, 60, 30);
    context.fillStyle = 'red';
    context.fillRect(0, 0, 30, 30);
    const jpeg = new Uint8Array(await (await canvas.convertToBlob({ type: 'image/jpeg', quality: 1 })).arrayBuffer());
    // Orientation 6: the stored left edge is the top of the upright image.
    const exif = [0xff, 0xe1, 0, 34, 0x45, 0x78, 0x69, 0x66, 0, 0, 0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0];
    const turned = new Blob([jpeg.slice(0, 2), new Uint8Array(exif), jpeg.slice(2)]);
    const look = async (frameSidePx: number): Promise<unknown> => {
      const still = await room.stillFrame(turned, new room.FrameLedger(), { ...room.pictureLimits, frameSidePx });
      if (!still.ok) throw new Error(still.failure.detail);
      const { width, height } = still.value.info.size;
      const view = new OffscreenCanvas(width, height).getContext('2d')!;
      view.drawImage(still.value.bitmap, 0, 0);
      const redness = (y: number): boolean => view.getImageData(width / 2, y, 1, 1).data[0]! > 128;
      still.value.close();
      return { width, height, top: redness(2), bottom: redness(height - 3) };
    };
    return [await look(4096), await look(30)];
  });
  expect(told).toEqual([
    { width: 30, height: 60, top: true, bottom: false },
    { width: 15, height: 30, top: true, bottom: false },
  ]);
});

test('what is no image, empty or too large is refused before a pixel is decoded', async ({ page }) => {
  const told = await page.evaluate(async (base64) => {
    const photo = bytesOf(base64);
    const ledger = new room.FrameLedger();
    let decodes = 0;
    const real = createImageBitmap;
    globalThis.createImageBitmap = (...args: unknown[]) => {
      decodes++;
      return (real as (...all: unknown[]) => Promise<ImageBitmap>)(...args);
    };
    const png = (width: number, height: number): Blob => {
      const head = new DataView(new ArrayBuffer(33));
      [0x89504e47, 0x0d0a1a0a, 13, 0x49484452, width, height].forEach((word, i) => head.setUint32(i * 4, word));
      return new Blob([head]);
    };
    const svg = (width: number): Blob => new Blob([`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="10"/>`], { type: 'image/svg+xml' });
    const try1 = async (blob: Blob): Promise<string> => {
      const before = decodes;
      const still = await room.stillFrame(blob, ledger);
      if (still.ok) still.value.close();
      return `${still.ok ? 'ok' : still.failure.code} ${decodes - before}`;
    };
    return {
      empty: await try1(new Blob([])),
      text: await try1(new Blob(['hello'])),
      zero: await try1(png(0, 10)),
      wide: await try1(png(20_000, 20_000)),
      area: await try1(png(16_000, 16_000)),
      noPixels: await try1(png(10, 10)),
      cutHeader: await try1(new Blob([photo.slice(0, 100)])),
      hugeSvg: await try1(svg(20_000)),
      open: ledger.openFrames,
    };
  }, photoBase64('sample2.jpg'));
  expect(told).toEqual({
    empty: 'not-an-image 0',
    text: 'not-an-image 0',
    zero: 'empty-image 0',
    wide: 'too-large 0',
    area: 'too-large 0',
    noPixels: 'not-an-image 1',
    cutHeader: 'not-an-image 0',
    hugeSvg: 'too-large 0',
    open: 0,
  });
});

test('every format that the browser writes has the size that its header tells', async ({ page }) => {
  const told = await page.evaluate(async () => {
    const { readImageHeader } = (await import(['/src/camera/image-header', 'image-header.ts'].join('/'))) as typeof imageHeader;
    const canvas = new OffscreenCanvas(37, 53);
    canvas.getContext('2d')!.fillRect(3, 3, 9, 9);
    const headers = [];
    for (const type of ['image/png', 'image/jpeg', 'image/webp']) headers.push(await readImageHeader(await canvas.convertToBlob({ type })));
    return headers;
  });
  expect(told).toEqual(['png', 'jpeg', 'webp'].map((format) => ({ format, size: { width: 37, height: 53 } })));
});

declare global {
  /** A short film of a canvas, left half red and right half blue, made by the browser. */
  var film: (type: string) => Promise<Blob>;
}

async function addFilmMaker(page: Page): Promise<void> {
  await page.evaluate(() => {
    globalThis.film = async (type) => {
      const canvas = document.createElement('canvas');
      canvas.width = 160;
      canvas.height = 80;
      const context = canvas.getContext('2d')!;
      const paint = (): void => {
        context.fillStyle = 'red';
        context.fillRect(0, 0, 80, 80);
        context.fillStyle = 'blue';
        context.fillRect(80, 0, 80, 80);
        context.fillStyle = `rgb(0 ${Math.random() * 255} 0)`;
        context.fillRect(70, 35, 10, 10);
      };
      paint();
      const recorder = new MediaRecorder(canvas.captureStream(25), { mimeType: type });
      const parts: Blob[] = [];
      recorder.ondataavailable = (event) => parts.push(event.data);
      const stopped = new Promise((done) => (recorder.onstop = done));
      recorder.start();
      const painting = setInterval(paint, 40);
      await new Promise((done) => setTimeout(done, 1_000));
      recorder.stop();
      await within(stopped, 'end of the recording', () => recorder.state);
      clearInterval(painting);
      return new Blob(parts, { type });
    };
  });
}

test('a video file plays in a loop with times that never fall back', async ({ page }) => {
  await addFilmMaker(page);
  const told = await page.evaluate(async () => {
    const video = document.querySelector('video')!;
    const before = liveListeners();
    const opened = await room.openVideoFile(await film('video/webm;codecs=vp8'), video);
    if (!opened.ok) throw new Error(`${opened.failure.code} ${opened.failure.detail}`);
    const ledger = new room.FrameLedger();
    const source = new room.VideoFrameSource(video, ledger);
    const times: number[] = [];
    source.start((frame) => {
      times.push(frame.info.tMs);
      frame.close();
    });
    await new Promise((done) => setTimeout(done, 3_500));
    source.stop();
    opened.value.close();
    return { size: opened.value.size, playing: opened.value.playing, times, src: video.getAttribute('src'), listeners: liveListeners() - before, open: ledger.openFrames };
  });
  expect(told).toMatchObject({ size: { width: 160, height: 80 }, playing: true, src: null, listeners: 0, open: 0 });
  expect(told.times.length).toBeGreaterThan(10);
  expect(told.times.at(-1)! - told.times[0]!, 'it went on past its end').toBeGreaterThan(1_500);
  told.times.slice(1).forEach((t, i) => expect(t).toBeGreaterThan(told.times[i]!));
});

test('a film that is stored sideways gives upright frames', async ({ page }) => {
  await addFilmMaker(page);
  const told = await page.evaluate(async () => {
    const type = ['video/mp4;codecs=vp9', 'video/mp4;codecs=avc1.42E01E'].find((each) => MediaRecorder.isTypeSupported(each));
    if (!type) return null;
    const bytes = new Uint8Array(await (await film(type)).arrayBuffer());
    const at = String.fromCharCode(...bytes.slice(0, 4_000)).indexOf('tkhd');
    const view = new DataView(bytes.buffer);
    // The matrix of a version 0 track header; 16.16 numbers that turn the picture a quarter clockwise.
    const matrix = at + 4 + (view.getUint8(at + 4) === 0 ? 40 : 52);
    [0, 0x10000, 0, -0x10000, 0, 0, 80 << 16, 0, 0x40000000].forEach((value, i) => view.setInt32(matrix + i * 4, value));
    const video = document.querySelector('video')!;
    const opened = await room.openVideoFile(new Blob([bytes], { type: 'video/mp4' }), video);
    if (!opened.ok) throw new Error(`${opened.failure.code} ${opened.failure.detail}`);
    const source = new room.VideoFrameSource(video, new room.FrameLedger());
    const upright = new Promise<unknown>((done) => {
      source.start((frame) => {
        source.stop();
        const { width, height } = frame.info.size;
        const context = new OffscreenCanvas(width, height).getContext('2d')!;
        context.drawImage(frame.bitmap, 0, 0);
        const red = (y: number): boolean => context.getImageData(width / 2, y, 1, 1).data[0]! > 128;
        done({ size: opened.value.size, width, height, top: red(10), bottom: red(height - 10) });
        frame.close();
        opened.value.close();
      });
    });
    return within(upright, 'frame', () => [source.counts, video.paused, video.readyState]);
  });
  test.skip(told === null, 'this Chromium writes no MP4');
  expect(told).toEqual({ size: { width: 80, height: 160 }, width: 80, height: 160, top: true, bottom: false });
});

test('what is no video or has no picture is refused, and the element is left empty', async ({ page }) => {
  await addFilmMaker(page);
  const told = await page.evaluate(async () => {
    const video = document.querySelector('video')!;
    const revoked: string[] = [];
    const revoke = URL.revokeObjectURL.bind(URL);
    URL.revokeObjectURL = (url) => {
      revoked.push(url);
      revoke(url);
    };
    const whole = await film('video/webm;codecs=vp8');
    const try1 = async (blob: Blob): Promise<string> => {
      const opened = await room.openVideoFile(blob, video, 3_000);
      if (opened.ok) opened.value.close();
      return opened.ok ? 'ok' : opened.failure.code;
    };
    const wav = new DataView(new ArrayBuffer(44 + 16_000));
    [0x52494646, 36 + 16_000, 0x57415645, 0x666d7420].forEach((word, i) => wav.setUint32(i * 4, word, i === 1));
    [16, 0x00010001, 8_000, 16_000, 0x00100002].forEach((word, i) => wav.setUint32(16 + i * 4, word, true));
    wav.setUint32(36, 0x64617461);
    wav.setUint32(40, 16_000, true);
    const silence = new Blob([wav], { type: 'audio/wav' });
    const before = liveListeners();
    return {
      empty: await try1(new Blob([])),
      text: await try1(new Blob(['hello'.repeat(1_000)], { type: 'video/mp4' })),
      sound: await try1(silence),
      headerOnly: await try1(whole.slice(0, 160)),
      whole: await try1(whole),
      listeners: liveListeners() - before,
      revoked: revoked.length,
      src: video.getAttribute('src'),
    };
  });
  expect(told).toMatchObject({ empty: 'not-a-video', text: 'not-a-video', sound: 'no-frames', whole: 'ok', listeners: 0, revoked: 4, src: null });
  expect(['no-frames', 'not-a-video']).toContain(told.headerOnly);
});
