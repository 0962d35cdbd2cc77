import type { Region, Size } from '../../geometry/index.ts';
import { fitOfRegion } from '../../geometry/index.ts';
import type { RgbaImage } from '../grey-image.ts';

/** Reads the pixels of regions of a frame, stood upright. One canvas for all of them. */
export class RegionPixels {
  readonly #canvas = new OffscreenCanvas(1, 1);
  readonly #context: OffscreenCanvasRenderingContext2D;

  constructor() {
    const context = this.#canvas.getContext('2d', { willReadFrequently: true });
    if (!context) throw new Error('this browser has no 2d canvas in workers');
    this.#context = context;
  }

  /** The bitmap stays the caller's. What lies out of the frame is black. */
  read(bitmap: ImageBitmap, region: Region, { width, height }: Size): RgbaImage & { readonly data: Uint8ClampedArray } {
    if (this.#canvas.width !== width) this.#canvas.width = width;
    if (this.#canvas.height !== height) this.#canvas.height = height;
    const { a, b, c, d, e, f } = fitOfRegion(region, { width, height }).frameToInput;
    this.#context.globalCompositeOperation = 'copy';
    this.#context.imageSmoothingQuality = 'medium';
    this.#context.setTransform(a, b, c, d, e, f);
    this.#context.drawImage(bitmap, 0, 0);
    return { width, height, data: this.#context.getImageData(0, 0, width, height).data };
  }
}
