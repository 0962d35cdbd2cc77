import { seededRandom } from '../base/index.ts';

/** Side of the canary's picture in pixels; it has three channels. */
export const canarySidePx = 8;
const filters = 4;
const kernel = 3;
const answers = 8;

/** A small network of random numbers: convolution, ReLU6, depthwise convolution, pooling, a full layer, sigmoid. */
export interface CanaryWeights {
  /** [3, 3, 3, 4] */
  readonly conv: Float32Array;
  /** [4] */
  readonly bias: Float32Array;
  /** [3, 3, 4, 1] */
  readonly depthwise: Float32Array;
  /** [16, 8] */
  readonly full: Float32Array;
}

/** The same seed gives the same network. */
export function canaryWeights(seed: number): CanaryWeights {
  const random = seededRandom(seed);
  const numbers = (count: number, reach: number): Float32Array => Float32Array.from({ length: count }, () => (2 * random() - 1) * reach);
  return { conv: numbers(kernel * kernel * 3 * filters, 1), bias: numbers(filters, 0.5), depthwise: numbers(kernel * kernel * filters, 0.7), full: numbers(4 * filters * answers, 0.4) };
}

/** Random bytes, [8, 8, 4] RGBA, opaque. */
export function canaryPixels(seed: number): Uint8ClampedArray<ArrayBuffer> {
  const random = seededRandom(~seed);
  const rgba = new Uint8ClampedArray(canarySidePx * canarySidePx * 4);
  for (let i = 0; i < rgba.length; i++) rgba[i] = i % 4 === 3 ? 255 : Math.floor(random() * 256);
  return rgba;
}

/** What the network makes of the picture, worked out here by plain sums. @returns 8 numbers, 0..1 */
export function canaryAnswer(rgba: Uint8ClampedArray, weights: CanaryWeights): readonly number[] {
  const first = canarySidePx - 2;
  const second = first - 2;
  const half = second / 2;
  const one = (y: number, x: number, f: number): number => {
    let sum = weights.bias[f] as number;
    for (let dy = 0; dy < kernel; dy++) {
      for (let dx = 0; dx < kernel; dx++) {
        for (let c = 0; c < 3; c++) {
          const pixel = (rgba[((y + dy) * canarySidePx + x + dx) * 4 + c] as number) / 255;
          sum += pixel * (weights.conv[((dy * kernel + dx) * 3 + c) * filters + f] as number);
        }
      }
    }
    return Math.min(6, Math.max(0, sum));
  };
  const two = (y: number, x: number, f: number): number => {
    let sum = 0;
    for (let dy = 0; dy < kernel; dy++) {
      for (let dx = 0; dx < kernel; dx++) sum += one(y + dy, x + dx, f) * (weights.depthwise[(dy * kernel + dx) * filters + f] as number);
    }
    return sum;
  };
  const sums = new Array<number>(answers).fill(0);
  for (let y = 0; y < half; y++) {
    for (let x = 0; x < half; x++) {
      for (let f = 0; f < filters; f++) {
        const pooled = Math.max(two(2 * y, 2 * x, f), two(2 * y, 2 * x + 1, f), two(2 * y + 1, 2 * x, f), two(2 * y + 1, 2 * x + 1, f));
        const row = (y * half + x) * filters + f;
        for (let k = 0; k < answers; k++) sums[k] = (sums[k] as number) + pooled * (weights.full[row * answers + k] as number);
      }
    }
  }
  return sums.map((sum) => 1 / (1 + Math.exp(-sum)));
}
