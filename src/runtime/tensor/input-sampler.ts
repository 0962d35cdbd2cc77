import type { Tensor4D } from '@tensorflow/tfjs-core';
import { browser, cast, expandDims, getBackend, mul, sub, tensor4d, tidy } from '@tensorflow/tfjs-core';
import type { InputFit } from '../../geometry/index.ts';
import type { ModelCard } from '../card.ts';

/**
 * Makes network inputs from a frame: the canvas samples the bitmap through the fit's affine map (smoothed by the
 * browser, on the GPU where it has one) at the size of the input, so a large frame is never uploaded whole. On webgl
 * the small canvas goes to a texture; elsewhere its pixels are read and normalised in one pass.
 * One sampler per model: it reuses its canvas and buffer, and its last tensor must be disposed before the next sample.
 */
export class InputSampler {
  readonly #onGpu = getBackend() === 'webgl';
  readonly #input: ModelCard['input'];
  readonly #canvas = new OffscreenCanvas(1, 1);
  readonly #context: OffscreenCanvasRenderingContext2D;
  #pixels = new Float32Array(0);

  constructor(input: ModelCard['input']) {
    this.#input = input;
    const context = this.#canvas.getContext('2d', { willReadFrequently: !this.#onGpu });
    if (!context) throw new Error('this browser has no 2d canvas in workers');
    this.#context = context;
  }

  /** @returns the input as [1, height, width, 3]; outside the frame it is black. The caller disposes it. */
  sample(bitmap: ImageBitmap, fit: InputFit): Tensor4D {
    this.#draw(bitmap, fit);
    return this.#onGpu ? this.#fromTexture() : this.#fromPixels(fit);
  }

  #draw(bitmap: ImageBitmap, { input, frameToInput: m }: InputFit): void {
    if (this.#canvas.width !== input.width) this.#canvas.width = input.width;
    if (this.#canvas.height !== input.height) this.#canvas.height = input.height;
    const context = this.#context;
    context.setTransform(m.a, m.b, m.c, m.d, m.e, m.f);
    context.imageSmoothingQuality = 'medium';
    context.globalCompositeOperation = 'copy';
    context.drawImage(bitmap, 0, 0);
  }

  #fromTexture(): Tensor4D {
    const { mean, scale } = this.#input;
    return tidy(() => {
      const pixels = cast(browser.fromPixels(this.#canvas as unknown as HTMLCanvasElement), 'float32');
      const centred = mean.some((value) => value !== 0) ? sub(pixels, [...mean]) : pixels;
      return expandDims(scale === 1 ? centred : mul(centred, scale), 0);
    });
  }

  #fromPixels({ input }: InputFit): Tensor4D {
    const { data } = this.#context.getImageData(0, 0, input.width, input.height);
    const count = input.width * input.height;
    if (this.#pixels.length !== count * 3) this.#pixels = new Float32Array(count * 3);
    normaliseRgba(data, this.#pixels, this.#input.mean, this.#input.scale);
    return tensor4d(this.#pixels, [1, input.height, input.width, 3], 'float32');
  }
}

/** RGBA bytes to RGB floats, (value - mean) * scale per channel, into `target` of 3/4 the length. */
function normaliseRgba(rgba: Uint8ClampedArray, target: Float32Array, mean: readonly [number, number, number], scale: number): void {
  const [meanR, meanG, meanB] = mean;
  for (let from = 0, to = 0; to < target.length; from += 4, to += 3) {
    target[to] = ((rgba[from] as number) - meanR) * scale;
    target[to + 1] = ((rgba[from + 1] as number) - meanG) * scale;
    target[to + 2] = ((rgba[from + 2] as number) - meanB) * scale;
  }
}
