import type { Tensor4D } from '@tensorflow/tfjs-core';
import { browser, cast, expandDims, getBackend, mul, reverse, sub, tensor4d, tidy } from '@tensorflow/tfjs-core';
import type { InputFit, Size } from '../../geometry/index.ts';
import type { ModelCard } from '../card.ts';

/** How pixels become numbers, and what lies outside of the frame. */
export type SamplingRule = Pick<ModelCard['input'], 'colour' | 'mean' | 'scale' | 'fit'>;

/**
 * Makes network inputs from a frame: the canvas samples the bitmap through the fit's affine map (smoothed by the
 * browser, on the GPU where it has one) at the size of the input, so a large frame is never uploaded whole. On webgl
 * the small canvas goes to a texture; elsewhere its pixels are read and normalised in one pass.
 * One sampler per model: it reuses its canvas and buffer, and its last tensor must be disposed before the next sample.
 */
export class InputSampler {
  readonly #onGpu = getBackend() === 'webgl';
  readonly #input: SamplingRule;
  readonly #canvas = new OffscreenCanvas(1, 1);
  readonly #context: OffscreenCanvasRenderingContext2D;
  #pixels = new Float32Array(0);

  constructor(input: SamplingRule) {
    this.#input = input;
    const context = this.#canvas.getContext('2d', { willReadFrequently: !this.#onGpu });
    if (!context) throw new Error('this browser has no 2d canvas in workers');
    this.#context = context;
  }

  /**
   * @returns the input as [1, height, width, 3] in the card's colour order; outside the frame it has the grey of the card's
   * letterbox, or is black. The caller disposes it.
   */
  sample(bitmap: ImageBitmap, fit: InputFit): Tensor4D {
    this.#draw(bitmap, fit);
    return this.#onGpu ? this.#fromTexture() : this.#fromPixels(fit);
  }

  #draw(bitmap: ImageBitmap, { input, frameToInput: m }: InputFit): void {
    if (this.#canvas.width !== input.width) this.#canvas.width = input.width;
    if (this.#canvas.height !== input.height) this.#canvas.height = input.height;
    const context = this.#context;
    this.#paintBorder(input);
    context.setTransform(m.a, m.b, m.c, m.d, m.e, m.f);
    context.imageSmoothingQuality = 'medium';
    context.drawImage(bitmap, 0, 0);
  }

  /** `copy` clears what the bitmap does not cover; a grey border is painted beforehand. */
  #paintBorder({ width, height }: Size): void {
    const { fit } = this.#input;
    const pad = fit.kind === 'letterbox' ? fit.pad : 0;
    this.#context.globalCompositeOperation = pad === 0 ? 'copy' : 'source-over';
    if (pad === 0) return;
    this.#context.resetTransform();
    this.#context.fillStyle = `rgb(${pad} ${pad} ${pad})`;
    this.#context.fillRect(0, 0, width, height);
  }

  #fromTexture(): Tensor4D {
    const { colour, mean, scale } = this.#input;
    return tidy(() => {
      const rgb = cast(browser.fromPixels(this.#canvas as unknown as HTMLCanvasElement), 'float32');
      const pixels = colour === 'bgr' ? reverse(rgb, 2) : rgb;
      const centred = mean.some((value) => value !== 0) ? sub(pixels, [...mean]) : pixels;
      return expandDims(scale === 1 ? centred : mul(centred, scale), 0);
    });
  }

  #fromPixels({ input }: InputFit): Tensor4D {
    const { data } = this.#context.getImageData(0, 0, input.width, input.height);
    const count = input.width * input.height;
    if (this.#pixels.length !== count * 3) this.#pixels = new Float32Array(count * 3);
    normaliseRgba(data, this.#pixels, this.#input);
    return tensor4d(this.#pixels, [1, input.height, input.width, 3], 'float32');
  }
}

/** RGBA bytes to three floats a pixel, (value - mean) * scale per channel, into `target` of 3/4 the length. */
function normaliseRgba(rgba: Uint8ClampedArray, target: Float32Array, { colour, mean, scale }: SamplingRule): void {
  const [mean0, mean1, mean2] = mean;
  const [first, third] = colour === 'bgr' ? [2, 0] : [0, 2];
  for (let from = 0, to = 0; to < target.length; from += 4, to += 3) {
    target[to] = ((rgba[from + first] as number) - mean0) * scale;
    target[to + 1] = ((rgba[from + 1] as number) - mean1) * scale;
    target[to + 2] = ((rgba[from + third] as number) - mean2) * scale;
  }
}
