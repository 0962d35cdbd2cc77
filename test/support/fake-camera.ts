import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, test as base } from '@playwright/test';
import type { Browser, Page } from '@playwright/test';
import { findChromium } from '../../tools/find-chromium.mjs';

/** What a fake camera shows, over and over. */
export interface FakeScene {
  /** Paths of image files, shown in this order. */
  readonly photos: readonly string[];
  /** Size of the camera's picture in pixels; each photo is scaled into it with its aspect ratio kept. Default 1280x720. */
  readonly size?: { readonly width: number; readonly height: number };
  /** How many pictures each photo is held for. Chromium plays the file at 30 a second. Default 30. */
  readonly framesPerPhoto?: number;
  /** JPEG quality, 0..1. Default 0.92. */
  readonly quality?: number;
}

/** Where a photo stands in the camera's picture: corners in 0..1. The rest is black. */
export interface PhotoPlace {
  readonly photo: string;
  readonly box: { readonly x1: number; readonly y1: number; readonly x2: number; readonly y2: number };
}

export interface FakeCamera {
  /** A file of concatenated JPEG pictures of one size. */
  readonly file: string;
  readonly places: readonly PhotoPlace[];
  /** Flags that give a Chromium this camera. They do not answer the question for permission. */
  readonly args: readonly string[];
}

/** Answers every question for a camera with yes. */
export const grantArg = '--use-fake-ui-for-media-stream';

/** Part of the kept file's name: raise it when the drawing changes, so that old files are not taken for new ones. */
const recipe = 2;

/** Draws the scene once in a Chromium of its own and keeps the file: later calls with the same scene are instant. */
export async function makeFakeCamera(scene: FakeScene): Promise<FakeCamera> {
  const { size = { width: 1280, height: 720 }, framesPerPhoto = 30, quality = 0.92, photos } = scene;
  if (photos.length === 0) throw new Error('a fake camera needs at least one photo');
  const bytes = photos.map((path) => readFileSync(path));
  const hash = createHash('sha256').update(JSON.stringify([recipe, size, framesPerPhoto, quality]));
  for (const each of bytes) hash.update(createHash('sha256').update(each).digest());
  const stem = join(tmpdir(), 'lintel-fake-camera', hash.digest('hex').slice(0, 16));
  if (!existsSync(`${stem}.mjpeg`) || !existsSync(`${stem}.json`)) await draw(stem, bytes, size, framesPerPhoto, quality);
  const boxes = JSON.parse(readFileSync(`${stem}.json`, 'utf8')) as PhotoPlace['box'][];
  const file = `${stem}.mjpeg`;
  return {
    file,
    places: photos.map((photo, i) => ({ photo, box: boxes[i]! })),
    args: ['--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${file}`],
  };
}

/**
 * A `test` whose browser has this camera.
 *
 * @param permission 'granted' answers every question with yes; 'asked' leaves the question to the browser and the test
 */
export function cameraTest(scene: FakeScene, permission: 'granted' | 'asked' = 'granted') {
  return base.extend<object, { camera: FakeCamera }>({
    camera: [
      async ({ browserName }, use) => {
        if (browserName !== 'chromium') throw new Error('the fake camera is a feature of Chromium');
        await use(await makeFakeCamera(scene));
      },
      { scope: 'worker' },
    ],
    launchOptions: [
      async ({ camera, launchOptions }, use) => {
        const others = (launchOptions.args ?? []).filter((arg) => arg !== grantArg && !arg.startsWith('--use-fake-device-for-media-stream'));
        const grant = permission === 'granted' ? [grantArg] : [];
        await use({ ...launchOptions, args: [...others, ...camera.args, ...grant] });
      },
      { scope: 'worker' },
    ],
  });
}

async function draw(stem: string, photos: readonly Buffer[], size: { width: number; height: number }, hold: number, quality: number): Promise<void> {
  const executablePath = await findChromium();
  if (!executablePath) throw new Error('no Chromium or Chrome found');
  const browser: Browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  try {
    const page = await browser.newPage();
    const frames: Buffer[] = [];
    const boxes: PhotoPlace['box'][] = [];
    for (const photo of photos) {
      const drawn = await drawOne(page, photo, size, quality);
      boxes.push(drawn.box);
      for (let i = 0; i < hold; i++) frames.push(drawn.jpeg);
    }
    mkdirSync(join(tmpdir(), 'lintel-fake-camera'), { recursive: true });
    keep(`${stem}.json`, JSON.stringify(boxes));
    keep(`${stem}.mjpeg`, Buffer.concat(frames));
  } finally {
    await browser.close();
  }
}

/** Appears whole or not at all, also when two test runs make the same file. */
function keep(path: string, content: string | Buffer): void {
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, content);
  renameSync(draft, path);
}

async function drawOne(page: Page, photo: Buffer, size: { width: number; height: number }, quality: number): Promise<{ jpeg: Buffer; box: PhotoPlace['box'] }> {
  const drawn = await page.evaluate(
    async ({ base64, width, height, quality }) => {
      const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
      const image = await createImageBitmap(new Blob([bytes]), { imageOrientation: 'from-image' });
      const canvas = document.createElement('canvas');
      canvas.width = width;
      canvas.height = height;
      const context = canvas.getContext('2d');
      if (!context) throw new Error('no 2d canvas');
      const scale = Math.min(width / image.width, height / image.height);
      const w = Math.round(image.width * scale);
      const h = Math.round(image.height * scale);
      const x = Math.round((width - w) / 2);
      const y = Math.round((height - h) / 2);
      context.imageSmoothingQuality = 'high';
      context.fillRect(0, 0, width, height);
      context.drawImage(image, x, y, w, h);
      const url = canvas.toDataURL('image/jpeg', quality);
      return { base64: url.slice(url.indexOf(',') + 1), box: { x1: x / width, y1: y / height, x2: (x + w) / width, y2: (y + h) / height } };
    },
    { base64: photo.toString('base64'), ...size, quality },
  );
  return { jpeg: Buffer.from(drawn.base64, 'base64'), box: drawn.box };
}
