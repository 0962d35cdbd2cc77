import type { EyePixels, FacePointsKind, PointList } from '../../landmarks/index.ts';
import { EyeSampler } from '../../landmarks/tf.ts';
import { CopyRule } from './copy-rule.ts';

/**
 * The pixels of a frame for whoever draws a part of it. Where models read pixels (everywhere but on WebGL), each draw of a
 * bitmap that lies on the GPU, as those of a video may, brings the whole of it back: a hundred times the time of the
 * draw. Nothing tells where a bitmap lies but the time that a draw takes; so where crops are slow, the frames from then
 * on are fetched once each, and a copy in memory is drawn, as long as that pays.
 */
export class FramePixels {
  readonly #onGpu: boolean;
  #canvas: OffscreenCanvas | null = null;
  #bitmap: ImageBitmap | null = null;
  #copy: ImageBitmap | null = null;
  #eyes: EyeSampler | null = null;
  readonly #rule = new CopyRule();

  /** @param onGpu whether the models take their inputs on the GPU: then nothing is read and nothing copied */
  constructor(onGpu: boolean) {
    this.#onGpu = onGpu;
  }

  /** Takes a frame over, to be closed by `close`. */
  open(bitmap: ImageBitmap): void {
    this.#bitmap = bitmap;
  }

  /** The bitmap for a model to draw from. Throws Error without an open frame: that is a bug. */
  forModel(): ImageBitmap {
    return this.#rule.copies && !this.#onGpu ? this.#inMemory() : this.#opened();
  }

  /** The eyes of a face. They are always read into memory, from the frame's one copy where it lies on the GPU. */
  eyesOf(points: PointList, kind: FacePointsKind): EyePixels {
    this.#eyes ??= new EyeSampler();
    return this.#eyes.sample(this.#rule.copies || this.#onGpu ? this.#inMemory() : this.#opened(), points, kind);
  }

  /** Learns how long a small crop took to draw. */
  cropped(ms: number): void {
    if (!this.#copy) this.#rule.cropped(ms);
  }

  close(): void {
    this.#bitmap?.close();
    this.#copy?.close();
    this.#bitmap = null;
    this.#copy = null;
  }

  /** A new source may keep its frames elsewhere. */
  forget(): void {
    this.#rule.reset();
  }

  #opened(): ImageBitmap {
    if (!this.#bitmap) throw new Error('no frame is open');
    return this.#bitmap;
  }

  #inMemory(): ImageBitmap {
    if (this.#copy) return this.#copy;
    const startMs = performance.now();
    this.#copy = this.#copied(this.#opened());
    this.#rule.copied(performance.now() - startMs);
    return this.#copy;
  }

  #copied(bitmap: ImageBitmap): ImageBitmap {
    const { width, height } = bitmap;
    this.#canvas ??= new OffscreenCanvas(width, height);
    if (this.#canvas.width !== width) this.#canvas.width = width;
    if (this.#canvas.height !== height) this.#canvas.height = height;
    const context = this.#canvas.getContext('2d', { willReadFrequently: true });
    if (!context) throw new Error('this browser has no 2d canvas in workers');
    context.globalCompositeOperation = 'copy';
    context.drawImage(bitmap, 0, 0);
    return this.#canvas.transferToImageBitmap();
  }
}
