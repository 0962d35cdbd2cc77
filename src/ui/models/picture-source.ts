import type { Result } from '../../base/index.ts';
import { ok } from '../../base/index.ts';
import type { FrameLedger, PictureFailure } from '../../camera/index.ts';
import { stillFrame } from '../../camera/index.ts';
import type { LiveSession } from '../live/live-session.ts';
import { paint } from '../live/paint.ts';

/** Puts a photo on a canvas, upright, in its own size. A photo that cannot be read leaves the canvas as it is. */
export async function showPhoto(file: Blob, ledger: FrameLedger, canvas: HTMLCanvasElement): Promise<Result<null, PictureFailure>> {
  const opened = await stillFrame(file, ledger);
  if (!opened.ok) return opened;
  const frame = opened.value;
  try {
    paint(canvas, frame.bitmap, frame.info.size);
  } finally {
    frame.close();
  }
  return ok(null);
}

/** Whether the live view has a picture of a camera, photo or video now. */
export function hasLivePicture({ state }: LiveSession): boolean {
  return state.frameSize !== null && state.failure === null;
}

/** The element that shows a running camera or film; null for a photo, or when nothing runs. */
export function liveStream(session: LiveSession): HTMLVideoElement | null {
  const { element, state } = session;
  const runs = (state.phase === 'live' || state.phase === 'video') && hasLivePicture(session);
  return runs && element instanceof HTMLVideoElement ? element : null;
}

/** Puts the picture of the live view on a canvas. Does nothing while there is none. */
export function showLivePicture({ state, element }: LiveSession, canvas: HTMLCanvasElement): void {
  if (!state.frameSize) return;
  if (element instanceof HTMLVideoElement || element instanceof HTMLCanvasElement) paint(canvas, element, state.frameSize);
}
