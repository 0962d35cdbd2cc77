import type { Failure, Result } from '../base/index.ts';
import { err, messageOf, ok, withDeadline } from '../base/index.ts';
import type { Size } from '../geometry/index.ts';
import type { Frame, FrameLedger } from './frame.ts';
import { readImageHeader } from './image-header/image-header.ts';

/**
 * `not-an-image`: no image this browser can read; `empty-image`: a side of 0 pixels; `too-large`: more pixels than
 * may be decoded, by the file's own header.
 */
export type PictureFailureCode = 'not-an-image' | 'empty-image' | 'too-large';

export type PictureFailure = Failure<PictureFailureCode>;

export interface PictureLimits {
  /** Longest side that is decoded, in pixels. */
  readonly sidePx: number;
  /** Most pixels that are decoded: at 4 bytes each, 64 million take 256 MB for a moment. */
  readonly areaPx: number;
  /** Longest side of the frame: a larger image is scaled down to it once decoded. */
  readonly frameSidePx: number;
}

export const pictureLimits: PictureLimits = { sidePx: 16_384, areaPx: 64_000_000, frameSidePx: 4_096 };

/** How long the browser may take to read the header of a format that we do not read ourselves. */
const headerLimitMs = 10_000;

/**
 * One frame of an image file, upright (its EXIF orientation is applied), with `tMs` 0. The size is learned and
 * checked before any pixel is decoded. The frame has the image's own size up to `frameSidePx`.
 */
export async function stillFrame(blob: Blob, ledger: FrameLedger, limits: PictureLimits = pictureLimits): Promise<Result<Frame, PictureFailure>> {
  const stated = await statedSize(blob);
  if (!stated.ok) return stated;
  const refused = refusal(stated.value, limits);
  if (refused) return refused;
  try {
    const whole = await createImageBitmap(blob, { imageOrientation: 'from-image' });
    // A file may carry another image than its header says: what was decoded is what counts.
    const late = refusal(whole, limits);
    if (late) {
      whole.close();
      return late;
    }
    return ok(ledger.record(0, await scaledDown(whole, limits.frameSidePx)));
  } catch (thrown) {
    return err('not-an-image', messageOf(thrown));
  }
}

async function statedSize(blob: Blob): Promise<Result<Size, PictureFailure>> {
  const header = await readImageHeader(blob);
  if (header?.size) return ok(header.size);
  if (header) return err('not-an-image', `the ${header.format} header is cut short or broken`);
  return sizeByBrowser(blob);
}

/** For formats that only the browser knows (AVIF, HEIC, SVG): an image element reads the header and decodes nothing yet. */
async function sizeByBrowser(blob: Blob): Promise<Result<Size, PictureFailure>> {
  const url = URL.createObjectURL(blob);
  const image = new Image();
  try {
    const loaded = await withDeadline(
      new Promise<boolean>((resolve) => {
        image.onload = () => resolve(true);
        image.onerror = () => resolve(false);
        image.src = url;
      }),
      headerLimitMs,
      'reading the image header',
    );
    if (loaded.ok && loaded.value) return ok({ width: image.naturalWidth, height: image.naturalHeight });
    return err('not-an-image', loaded.ok ? `the browser cannot read it (${blob.type || 'no type'}, ${blob.size} bytes)` : loaded.failure.detail);
  } finally {
    image.onload = null;
    image.onerror = null;
    image.src = '';
    URL.revokeObjectURL(url);
  }
}

function refusal({ width, height }: Size, limits: PictureLimits): { readonly ok: false; readonly failure: PictureFailure } | null {
  if (width === 0 || height === 0) return err('empty-image', `${width}x${height} pixels`);
  if (Math.max(width, height) > limits.sidePx || width * height > limits.areaPx) {
    return err('too-large', `${width}x${height} pixels; at most ${limits.sidePx} a side and ${limits.areaPx} in all`);
  }
  return null;
}

async function scaledDown(whole: ImageBitmap, sidePx: number): Promise<ImageBitmap> {
  const scale = sidePx / Math.max(whole.width, whole.height);
  if (scale >= 1) return whole;
  try {
    const side = (px: number): number => Math.max(1, Math.round(px * scale));
    return await createImageBitmap(whole, { resizeWidth: side(whole.width), resizeHeight: side(whole.height), resizeQuality: 'high' });
  } finally {
    whole.close();
  }
}
