import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { findChromium } from '../../tools/find-chromium.mjs';
import { photoPath } from './photos.ts';
import type { SamplePhoto } from './photos.ts';

/** A face in a sample photo: corners in pixels, and how far the head leans clockwise. */
export interface FilmFace {
  readonly photo: SamplePhoto;
  readonly box: readonly [x1: number, y1: number, x2: number, y2: number];
  readonly leanRad?: number;
}

/**
 * What stands before the camera. `nods`: a head that looks at the camera and nods again and again, drawn as a solid one:
 * what is near moves farther than what is behind it. `print`: a photo on paper that a hand holds up, moves and tilts.
 * `crowd`: nods, while those of the photo stand behind, farther away. `group`: those of the photo alone.
 * `pair`: the same head twice, side by side. `dark`: something lies over the lens.
 */
export interface FilmScene {
  readonly shows: 'nods' | 'print' | 'crowd' | 'group' | 'pair' | 'dark' | 'nobody';
  readonly face?: FilmFace;
}

const [width, height] = [640, 480];
const [framesPerSecond, seconds] = [30, 5];
/** Part of the kept file's name: raise it when the drawing changes. */
const recipe = 10;

/** Draws a scene once and keeps it: a file of concatenated JPEG pictures that plays over and over. */
export async function filmOf(scene: FilmScene): Promise<string> {
  const photo = scene.face ? readFileSync(photoPath(scene.face.photo)) : Buffer.alloc(0);
  const hash = createHash('sha256').update(JSON.stringify([recipe, scene])).update(photo).digest('hex').slice(0, 16);
  const folder = join(tmpdir(), 'lintel-door-film');
  const file = join(folder, `${hash}.mjpeg`);
  if (existsSync(file)) return file;
  mkdirSync(folder, { recursive: true });
  const executablePath = await findChromium();
  if (!executablePath) throw new Error('no Chromium or Chrome found');
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  try {
    const page = await browser.newPage();
    const frames = await page.evaluate(drawScene, { scene, base64: photo.toString('base64'), width, height, count: framesPerSecond * seconds });
    const draft = `${file}.${process.pid}`;
    writeFileSync(draft, Buffer.concat(frames.map((each) => Buffer.from(each, 'base64'))));
    renameSync(draft, file);
  } finally {
    await browser.close();
  }
  return file;
}

/** A camera before which another scene can be put: a page sees it when it opens the camera the next time. */
export class FilmCamera {
  readonly #link: string;

  /** @param folder of this camera alone */
  constructor(folder: string) {
    this.#link = join(folder, 'camera.mjpeg');
  }

  get args(): readonly string[] {
    return ['--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${this.#link}`];
  }

  show(film: string): void {
    const draft = `${this.#link}.next`;
    rmSync(draft, { force: true });
    symlinkSync(film, draft);
    renameSync(draft, this.#link);
  }
}

/** Runs in a page. @returns JPEG pictures in base64 */
async function drawScene({ scene, base64, width, height, count }: { scene: FilmScene; base64: string; width: number; height: number; count: number }): Promise<string[]> {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('no 2d canvas');
  const paint: CanvasRenderingContext2D = context;
  /** Half the height of the face in the picture. */
  const half = 105;
  const [centreX, centreY] = [width / 2, height / 2];
  wall();
  const empty = paint.getImageData(0, 0, width, height);
  const photo = scene.face ? await createImageBitmap(new Blob([Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))])) : null;
  const portrait = scene.face && photo ? portraitOf(scene.face, photo) : null;
  const frames: string[] = [];
  for (let i = 0; i < count; i++) {
    const turn = i / count;
    if (i % 2 === 1) {
      frames.push(frames[i - 1] ?? '');
      continue;
    }
    if (scene.shows === 'dark') covered(i);
    else if (!portrait || scene.shows === 'nobody') paint.putImageData(empty, 0, 0);
    else if (scene.shows === 'print') heldUp(portrait, turn);
    else if (scene.shows === 'pair') sideBySide(portrait, turn);
    else if (scene.shows === 'group') swaying(portrait, turn);
    else swaying(nodding(portrait, pitchAt(turn)), turn);
    const url = canvas.toDataURL('image/jpeg', 0.92);
    frames.push(url.slice(url.indexOf(',') + 1));
  }
  return frames;

  function wall(): void {
    const light = paint.createLinearGradient(0, 0, width, height);
    light.addColorStop(0, '#b9bdb4');
    light.addColorStop(1, '#8f958c');
    paint.fillStyle = light;
    paint.fillRect(0, 0, width, height);
  }

  /** The whole photo, as wide as the picture. */
  function people(image: ImageBitmap): void {
    wall();
    const tall = (image.height * width) / image.width;
    paint.drawImage(image, 0, (height - tall) / 2, width, tall);
  }

  /** The head upright in the middle of the picture, before a wall or before people. */
  function portraitOf({ box: [x1, y1, x2, y2], leanRad = 0 }: FilmFace, image: ImageBitmap): ImageData {
    const scale = (2 * half) / (y2 - y1);
    const head = new OffscreenCanvas(width, height);
    const pen = head.getContext('2d');
    if (!pen) throw new Error('no 2d canvas');
    pen.imageSmoothingQuality = 'high';
    pen.translate(centreX, centreY);
    pen.rotate(-leanRad);
    pen.scale(scale, scale);
    pen.translate(-(x1 + x2) / 2, -(y1 + y2) / 2);
    pen.drawImage(image, 0, 0);
    // Who stands beside is left out: an oval about the head, with a soft border.
    pen.resetTransform();
    pen.globalCompositeOperation = 'destination-in';
    pen.translate(centreX, centreY);
    pen.scale(1, 1.3);
    const oval = pen.createRadialGradient(0, 0, half * 1.25, 0, 0, half * 1.5);
    oval.addColorStop(0, '#000f');
    oval.addColorStop(1, '#0000');
    pen.fillStyle = oval;
    pen.fillRect(-width, -height, 2 * width, 2 * height);
    if (scene.shows === 'crowd' || scene.shows === 'group') people(image);
    else wall();
    if (scene.shows !== 'group') paint.drawImage(head, 0, 0);
    return paint.getImageData(0, 0, width, height);
  }

  /** Looks ahead for most of the time, then nods down and back. */
  function pitchAt(turn: number): number {
    return turn < 0.7 ? 0 : -0.66 * Math.sin(((turn - 0.7) / 0.3) * Math.PI) ** 2;
  }

  /** Nobody stands as still as a photo, and a camera that sends the same picture again and again is a broken one. */
  function swaying(head: ImageData, turn: number): void {
    paint.putImageData(head, 0, 0);
    const wave = 2 * Math.PI * turn;
    paint.drawImage(canvas, 2 * Math.sin(wave), 1.5 * Math.cos(wave));
  }

  /** Each point of the head moves by its depth: an ellipsoid with a nose. */
  function nodding(from: ImageData, pitch: number): ImageData {
    if (pitch === 0) return from;
    const to = paint.createImageData(width, height);
    const [rx, ry] = [half * 1.15, half * 1.5];
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const [u, v] = [(x - centreX) / rx, (y - centreY) / ry];
        const round = Math.sqrt(Math.max(0, 1 - u * u - v * v)) * rx;
        const nose = 0.35 * rx * Math.exp(-(u * u + (v - 0.08) ** 2) / 0.02);
        const source = Math.min(height - 1.001, Math.max(0, y + (round + nose) * Math.sin(pitch)));
        const [row, part] = [Math.floor(source), source % 1];
        for (let c = 0; c < 4; c++) {
          const above = from.data[(row * width + x) * 4 + c] ?? 0;
          const below = from.data[((row + 1) * width + x) * 4 + c] ?? 0;
          to.data[(y * width + x) * 4 + c] = above + (below - above) * part;
        }
      }
    }
    return to;
  }

  /** Tape is not quite black, and a sensor makes noise. */
  function covered(frame: number): void {
    paint.fillStyle = frame % 4 === 0 ? '#050505' : '#060606';
    paint.fillRect(0, 0, width, height);
  }

  function sideBySide(head: ImageData, turn: number): void {
    const one = new OffscreenCanvas(width, height);
    one.getContext('2d')?.putImageData(head, 0, 0);
    wall();
    const shift = 2 * Math.sin(2 * Math.PI * turn);
    for (const x of [10, 320]) paint.drawImage(one, centreX - 155, 40, 310, 400, x + shift, 40, 310, 400);
  }

  /** A print that comes a little nearer and goes back, is shifted and tilted in its plane. */
  function heldUp(photo: ImageData, turn: number): void {
    const sheet = new OffscreenCanvas(width, height);
    sheet.getContext('2d')?.putImageData(photo, 0, 0);
    const wave = Math.sin(2 * Math.PI * turn);
    wall();
    paint.save();
    paint.translate(centreX + 18 * wave, centreY + 12 * Math.cos(2 * Math.PI * turn));
    paint.rotate(0.06 * wave);
    paint.scale(0.92 + 0.05 * wave, 0.92 + 0.05 * wave);
    paint.fillStyle = '#f7f5f0';
    paint.fillRect(-200, -230, 400, 460);
    paint.drawImage(sheet, centreX - 180, centreY - 210, 360, 420, -180, -210, 360, 420);
    paint.restore();
  }
}
