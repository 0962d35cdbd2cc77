import type { GreyImage } from '../grey-image.ts';
import { powerSpectrum } from './spectrum.ts';

/** Frequencies that skin and hair have little of, in cycles per pixel: grids of screens and prints show here. */
const band = { from: 0.2, to: 0.5 } as const;
const sidePx = 64;

/**
 * How far the strongest frequency of the upper band stands above the middle one, in powers of ten. Noise and skin give
 * about 1 to 2 (the largest of many random powers); a grid of pixels gives a single line that stands much higher.
 *
 * @param chip a face as the camera saw it, not scaled: scaling takes the grid away. Its middle is looked at; null where it
 * is smaller than 64 pixels
 */
export function moirePeak({ width, height, grey }: GreyImage): number | null {
  if (width < sidePx || height < sidePx) return null;
  const [left, top] = [(width - sidePx) >> 1, (height - sidePx) >> 1];
  const middle = Float32Array.from({ length: sidePx * sidePx }, (_, i) => grey[(top + Math.floor(i / sidePx)) * width + left + (i % sidePx)] as number);
  const power = powerSpectrum(middle, sidePx);
  const upper: number[] = [];
  for (let i = 0; i < power.length; i++) {
    const frequency = Math.hypot(cyclesOf(i % sidePx), cyclesOf(Math.floor(i / sidePx)));
    if (frequency >= band.from && frequency <= band.to) upper.push(power[i] as number);
  }
  upper.sort((a, b) => a - b);
  const [peak, median] = [upper.at(-1) ?? 0, upper[upper.length >> 1] ?? 0];
  if (!Number.isFinite(peak)) return null;
  // A picture without any noise has no grid to tell of either.
  return peak > 1e-6 ? Math.log10(peak / Math.max(median, 1e-9)) : 0;
}

function cyclesOf(index: number): number {
  return (index > sidePx / 2 ? index - sidePx : index) / sidePx;
}
