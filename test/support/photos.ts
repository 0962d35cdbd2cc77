import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** Photos of people that every machine has after the install. */
export type SamplePhoto = 'sample1.jpg' | 'sample2.jpg' | 'sample3.jpg' | 'sample4.jpg' | 'sample5.jpg' | 'sample6.jpg';

export const samplePhotos: readonly SamplePhoto[] = ['sample1.jpg', 'sample2.jpg', 'sample3.jpg', 'sample4.jpg', 'sample5.jpg', 'sample6.jpg'];

const demoFolder = join(dirname(createRequire(import.meta.url).resolve('@vladmandic/face-api/package.json')), 'demo');

export function photoPath(name: SamplePhoto): string {
  return join(demoFolder, name);
}

/** The file's bytes in base64, as `page.evaluate` can carry them. */
export function photoBase64(name: SamplePhoto): string {
  return readFileSync(photoPath(name)).toString('base64');
}

/** People of whom a sample shows a face that is good enough to be enrolled, each by herself in her part of the photo. */
export const singleFaces = {
  anna: { photo: photoPath('sample6.jpg'), part: { x1: 0.53, y1: 0.13, x2: 0.745, y2: 0.53 } },
  bea: { photo: photoPath('sample6.jpg'), part: { x1: 0.735, y1: 0.1, x2: 0.97, y2: 0.5 } },
  cleo: { photo: photoPath('sample6.jpg'), part: { x1: 0.02, y1: 0.27, x2: 0.3, y2: 0.66 } },
} as const;
