import { unitToView } from '../../geometry/index.ts';
import type { FrameResult } from '../../pipeline/index.ts';
import { drawOverlay } from './draw-overlay.ts';
import { overlayTexts } from './overlay-texts.ts';

/** A picture in full resolution with boxes and points drawn in, and what belongs to it. */
export interface Snapshot {
  readonly blob: Blob;
  readonly fileName: string;
  readonly result: FrameResult;
}

/**
 * Draws boxes, points and labels over a canvas that holds the upright, unmirrored frame. Lines and text grow with the picture, so
 * that they look the same when it is shown on a screen.
 *
 * @param canvas holds the frame in its full size; it is drawn on
 * @param faceBoxes box the faces, not only draw their points
 * @param takenAt wall-clock time, for the file's name
 */
export async function finishSnapshot(canvas: OffscreenCanvas, result: FrameResult, faceBoxes: boolean, takenAt: Date): Promise<Snapshot> {
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no 2d context for the snapshot');
  const size = { width: canvas.width, height: canvas.height };
  const safe = { x1: 4, y1: 4, x2: size.width - 4, y2: size.height - 4 };
  const fontPx = Math.max(16, Math.round(Math.max(size.width, size.height) / 60));
  drawOverlay(context, result, unitToView(size, size, 'contain', false), { safe, fontPx, pixelRatio: 1, faceBoxes, ...overlayTexts() });
  const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.92 });
  return { blob, fileName: `lintel-${stamp(takenAt)}.jpg`, result };
}

/** Local time as 2026-11-24-185502: sorts by time and is a valid file name everywhere. */
function stamp(at: Date): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}-${two(at.getHours())}${two(at.getMinutes())}${two(at.getSeconds())}`;
}
