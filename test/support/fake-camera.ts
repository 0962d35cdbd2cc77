import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import type { Browser, Page } from '@playwright/test';
import { findChromium } from '../../tools/find-chromium.mjs';
import { strictTest } from './strict-test.ts';

/** A part of a photo as the camera sees it: one face out of many, or in bad light. */
export interface PhotoPart {
  readonly photo: string;
  /** Corners in 0..1 of the photo. */
  readonly part: { readonly x1: number; readonly y1: number; readonly x2: number; readonly y2: number };
  /** Brightness, as a factor. Default 1. */
  readonly light?: number;
  /** A part of the part that something lies over, e.g. a mask; corners in 0..1 of the part. */
  readonly covered?: { readonly x1: number; readonly y1: number; readonly x2: number; readonly y2: number } | null;
}

/** What a fake camera shows, over and over. */
export interface FakeScene {
  /** Paths of image files, or parts of them, shown in this order. */
  readonly photos: readonly (string | PhotoPart)[];
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
const recipe = 3;

/** Draws the scene once in a Chromium of its own and keeps the file: later calls with the same scene are instant. */
export async function makeFakeCamera(scene: FakeScene): Promise<FakeCamera> {
  const { size = { width: 1280, height: 720 }, framesPerPhoto = 30, quality = 0.92, photos } = scene;
  if (photos.length === 0) throw new Error('a fake camera needs at least one photo');
  const shots = photos.map((each): Shot => {
    const { photo, part, light = 1, covered = null } = typeof each === 'string' ? { photo: each, part: whole } : each;
    return { bytes: readFileSync(photo), part, light, covered };
  });
  const hash = createHash('sha256').update(JSON.stringify([recipe, size, framesPerPhoto, quality]));
  for (const { bytes, part, light, covered } of shots) hash.update(createHash('sha256').update(bytes).update(JSON.stringify([part, light, covered])).digest());
  const stem = join(tmpdir(), 'lintel-fake-camera', hash.digest('hex').slice(0, 16));
  if (!existsSync(`${stem}.mjpeg`) || !existsSync(`${stem}.json`)) await draw(stem, shots, size, framesPerPhoto, quality);
  const boxes = JSON.parse(readFileSync(`${stem}.json`, 'utf8')) as PhotoPlace['box'][];
  const file = `${stem}.mjpeg`;
  return {
    file,
    places: photos.map((each, i) => ({ photo: typeof each === 'string' ? each : each.photo, box: boxes[i]! })),
    args: ['--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${file}`],
  };
}

/**
 * A `test` whose browser has this camera.
 *
 * @param permission 'granted' answers every question with yes; 'asked' leaves the question to the browser and the test
 */
export function cameraTest(scene: FakeScene, permission: 'granted' | 'asked' = 'granted') {
  return strictTest.extend<object, { camera: FakeCamera }>({
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

const whole: PhotoPart['part'] = { x1: 0, y1: 0, x2: 1, y2: 1 };

interface Shot extends Required<Pick<PhotoPart, 'part' | 'light' | 'covered'>> {
  readonly bytes: Buffer;
}

/** A part of a photo as a JPEG file of this size, as the camera of a scene would give it. */
export async function shotOf(photo: PhotoPart, size: { readonly width: number; readonly height: number } = { width: 640, height: 480 }): Promise<Buffer> {
  const { file } = await makeFakeCamera({ photos: [photo], size, framesPerPhoto: 1 });
  return readFileSync(file);
}

async function draw(stem: string, shots: readonly Shot[], size: { width: number; height: number }, hold: number, quality: number): Promise<void> {
  const executablePath = await findChromium();
  if (!executablePath) throw new Error('no Chromium or Chrome found');
  const browser: Browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  try {
    const page = await browser.newPage();
    const frames: Buffer[] = [];
    const boxes: PhotoPlace['box'][] = [];
    for (const shot of shots) {
      const drawn = await drawOne(page, shot, size, quality);
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

async function drawOne(page: Page, { bytes: photo, part, light, covered }: Shot, size: { width: number; height: number }, quality: number): Promise<{ jpeg: Buffer; box: PhotoPlace['box'] }> {
  const drawn = await page.evaluate(
    async ({ base64, width, height, quality, part, light, covered }) => {
      const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
      const image = await createImageBitmap(new Blob([bytes]), { imageOrientation: 'from-image' });
      const canvas = document.createElement('canvas');
      canvas.width = width;
      canvas.height = height;
      const context = canvas.getContext('2d');
      if (!context) throw new Error('no 2d canvas');
      const from = { x: part.x1 * image.width, y: part.y1 * image.height, width: (part.x2 - part.x1) * image.width, height: (part.y2 - part.y1) * image.height };
      const scale = Math.min(width / from.width, height / from.height);
      const w = Math.round(from.width * scale);
      const h = Math.round(from.height * scale);
      const x = Math.round((width - w) / 2);
      const y = Math.round((height - h) / 2);
      context.imageSmoothingQuality = 'high';
      context.fillRect(0, 0, width, height);
      if (light !== 1) context.filter = `brightness(${light})`;
      context.drawImage(image, from.x, from.y, from.width, from.height, x, y, w, h);
      if (covered) {
        context.filter = 'none';
        context.fillStyle = '#9fc3d6';
        context.fillRect(x + covered.x1 * w, y + covered.y1 * h, (covered.x2 - covered.x1) * w, (covered.y2 - covered.y1) * h);
      }
      const url = canvas.toDataURL('image/jpeg', quality);
      return { base64: url.slice(url.indexOf(',') + 1), box: { x1: x / width, y1: y / height, x2: (x + w) / width, y2: (y + h) / height } };
    },
    { base64: photo.toString('base64'), ...size, quality, part, light, covered },
  );
  return { jpeg: Buffer.from(drawn.base64, 'base64'), box: drawn.box };
}
