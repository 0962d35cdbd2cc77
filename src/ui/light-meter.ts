import type { FrameLight } from '../camera/index.ts';
import { lightOf } from '../camera/index.ts';
import { greyOf } from '../faces/index.ts';

/** A few hundred pixels tell whether the camera is covered. */
const size = { width: 24, height: 18 } as const;

/** Measures the light of a picture. It keeps one small canvas. */
export class LightMeter {
  readonly #pen = new OffscreenCanvas(size.width, size.height).getContext('2d', { willReadFrequently: true });

  /** @param tMs of the picture @returns null where this browser gives no pixels */
  read(picture: CanvasImageSource, tMs: number): FrameLight | null {
    if (!this.#pen) return null;
    this.#pen.drawImage(picture, 0, 0, size.width, size.height);
    return lightOf(greyOf(this.#pen.getImageData(0, 0, size.width, size.height)).grey, tMs);
  }
}
