import type { GreyImage } from '../grey-image.ts';
import { greyOf, resizedGrey } from '../grey-image.ts';
import type { PartBox, Shot, ShotMeasures } from './shot-quality.ts';

/** Chips of all networks are measured at one size, or sharpness would be one of size. */
export const standardPx = 64;
const black = 8;
const white = 247;
/** A face with less spread of brightness than this shows nothing. */
const leastVariance = 4;

/** What a chip shows, in numbers that do not depend on its size; null for a chip that is none. */
export function measureShot({ chip, parts }: Pick<Shot, 'chip' | 'parts'>): ShotMeasures | null {
  if (!(chip.width >= 2 && chip.height >= 2) || chip.data.length !== chip.width * chip.height * 4) return null;
  const full = greyOf(chip);
  const face = resizedGrey(full, standardPx);
  const variance = varianceOf(face.grey);
  const mean = meanOf(face.grey);
  if (!Number.isFinite(mean)) return null;
  const contrastOf = (box: PartBox): number | null => {
    const inside = cut(face, { x1: box.x1 / chip.width, y1: box.y1 / chip.height, x2: box.x2 / chip.width, y2: box.y2 / chip.height });
    return inside.length < 8 || variance < leastVariance ? null : Math.sqrt(varianceOf(inside) / variance);
  };
  const [right, left] = [contrastOf(parts.eyes[0]), contrastOf(parts.eyes[1])];
  return {
    sharpness: variance < leastVariance ? null : varianceOf(laplacianOf(face)) / variance,
    mean,
    clippedDark: shareOf(full.grey, (value) => value <= black),
    clippedBright: shareOf(full.grey, (value) => value >= white),
    sideRatio: sideRatioOf(face),
    eyeContrast: right === null || left === null ? null : Math.min(right, left),
    mouthContrast: contrastOf(parts.mouth),
  };
}

/** The brighter half by the darker one, 1 at least. */
function sideRatioOf(face: GreyImage): number {
  const left = meanOf(cut(face, { x1: 0.1, y1: 0.2, x2: 0.5, y2: 0.9 })) + 1;
  const right = meanOf(cut(face, { x1: 0.5, y1: 0.2, x2: 0.9, y2: 0.9 })) + 1;
  return Math.max(left, right) / Math.min(left, right);
}

/**
 * The second derivative by its four neighbours: edges, but for the border of the picture.
 * Ref: Pech-Pacheco et al.: Diatom autofocusing in brightfield microscopy, ICPR 2000 (variance of the Laplacian).
 */
function laplacianOf({ width, height, grey }: GreyImage): Float32Array {
  const out = new Float32Array((width - 2) * (height - 2));
  const at = (x: number, y: number): number => grey[y * width + x] as number;
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) out[(y - 1) * (width - 2) + x - 1] = at(x - 1, y) + at(x + 1, y) + at(x, y - 1) + at(x, y + 1) - 4 * at(x, y);
  }
  return out;
}

/** The pixels inside of a box in 0..1 of the picture. */
function cut({ width, height, grey }: GreyImage, { x1, y1, x2, y2 }: PartBox): Float32Array {
  const [left, right] = [Math.max(0, Math.floor(x1 * width)), Math.min(width, Math.ceil(x2 * width))];
  const values: number[] = [];
  for (let y = Math.max(0, Math.floor(y1 * height)); y < Math.min(height, Math.ceil(y2 * height)); y++) {
    for (let x = left; x < right; x++) values.push(grey[y * width + x] as number);
  }
  return Float32Array.from(values);
}

function meanOf(values: Float32Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function varianceOf(values: Float32Array): number {
  const mean = meanOf(values);
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
}

function shareOf(values: Float32Array, is: (value: number) => boolean): number {
  return values.reduce((count, value) => count + (is(value) ? 1 : 0), 0) / values.length;
}
