import type { Region, Size } from '../../geometry/index.ts';
import { fitOfRegion } from '../../geometry/index.ts';
import type { EyePatch, EyePixels } from '../facts/eye-pixels.ts';
import { regionOfEye } from '../facts/eye-pixels.ts';
import type { FacePointsKind } from '../facts/feature-points.ts';
import { featurePoints } from '../facts/feature-points.ts';
import type { PointList } from '../points/point-list.ts';

const patch: Size = { width: 48, height: 20 };

/** Cuts the eyes out of a bitmap, for `faceFacts` to see where they look. One canvas for all faces. */
export class EyeSampler {
  readonly #context: OffscreenCanvasRenderingContext2D;

  constructor() {
    const context = new OffscreenCanvas(patch.width, patch.height).getContext('2d', { willReadFrequently: true });
    if (!context) throw new Error('this browser has no 2d canvas in workers');
    this.#context = context;
  }

  /** The bitmap stays the caller's. */
  sample(bitmap: ImageBitmap, points: PointList, kind: FacePointsKind): EyePixels {
    const frame = { width: bitmap.width, height: bitmap.height };
    const { leftEye, rightEye } = featurePoints[kind];
    const cut = (region: Region | null): EyePatch | null => region && { size: patch, grey: this.#greyOf(bitmap, region), region };
    return { left: cut(regionOfEye(points, leftEye, frame)), right: cut(regionOfEye(points, rightEye, frame)) };
  }

  #greyOf(bitmap: ImageBitmap, region: Region): Uint8Array {
    const { a, b, c, d, e, f } = fitOfRegion(region, patch).frameToInput;
    this.#context.globalCompositeOperation = 'copy';
    this.#context.setTransform(a, b, c, d, e, f);
    this.#context.drawImage(bitmap, 0, 0);
    const { data } = this.#context.getImageData(0, 0, patch.width, patch.height);
    // Brightness as the eye weighs the colours. Ref: ITU-R BT.601.
    return Uint8Array.from({ length: patch.width * patch.height }, (_, i) => 0.299 * (data[4 * i] as number) + 0.587 * (data[4 * i + 1] as number) + 0.114 * (data[4 * i + 2] as number));
  }
}
