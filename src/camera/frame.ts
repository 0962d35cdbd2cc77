import type { FrameInfo } from '../geometry/index.ts';

/**
 * One picture on its way through the app. Whoever holds a frame closes it, once, in `finally`; handing it to the
 * pipeline hands over that duty. `take()` moves the bitmap out (to transfer it to a worker) and ends the duty here.
 */
export interface Frame {
  readonly info: FrameInfo;
  readonly bitmap: ImageBitmap;
  /** Frees the pixels. Closing twice is allowed and does nothing. */
  close(): void;
  /** The bitmap, for whoever will close it from now on. Throws if the frame is already closed or taken. */
  take(): ImageBitmap;
}

/** Numbers the frames of a page and counts those not yet closed or taken: flat in a healthy app. */
export class FrameLedger {
  #open = 0;
  #lastId = 0;

  get openFrames(): number {
    return this.#open;
  }

  /** Takes the bitmap over. `tMs` is the capture time on the source's clock; the size is the bitmap's own. */
  record(tMs: number, bitmap: ImageBitmap): Frame {
    return this.issue({ id: ++this.#lastId, tMs, size: { width: bitmap.width, height: bitmap.height } }, bitmap);
  }

  issue(info: FrameInfo, bitmap: ImageBitmap): Frame {
    let held = true;
    this.#open++;
    const release = (): boolean => {
      if (!held) return false;
      held = false;
      this.#open--;
      return true;
    };
    return {
      info,
      bitmap,
      close: () => {
        if (release()) bitmap.close();
      },
      take: () => {
        if (!release()) throw new Error(`frame ${info.id} was already closed or taken`);
        return bitmap;
      },
    };
  }
}
