import type { Result } from '../../base/index.ts';
import { err, ok } from '../../base/index.ts';
import type { Frame, FrameLedger, OpenedVideoFile } from '../../camera/index.ts';
import { openVideoFile, stillFrame } from '../../camera/index.ts';
import type { LiveFailure } from './live-state.ts';

/** A file that proved readable. Whoever gets it closes it. */
export type OpenedPicture =
  | { readonly kind: 'photo'; readonly frame: Frame; readonly close: () => void }
  | { readonly kind: 'video'; readonly film: OpenedVideoFile; readonly close: () => void };

/**
 * Opens a file by what its type says; one without a type is tried as a photo first, then as a video.
 *
 * @param video plays a film; it is touched only when the file may be one
 */
export async function openPicked(file: Blob, ledger: FrameLedger, video: HTMLVideoElement): Promise<Result<OpenedPicture, LiveFailure>> {
  if (file.type.startsWith('image/')) return openPhoto(file, ledger);
  if (file.type.startsWith('video/')) return openFilm(file, video);
  if (file.type !== '') return err('file-kind', `a file of type ${file.type}`);
  const photo = await openPhoto(file, ledger);
  if (photo.ok || photo.failure.code !== 'not-an-image') return photo;
  const film = await openFilm(file, video);
  return film.ok ? film : err('file-kind', `${photo.failure.detail}; ${film.failure.detail}`);
}

async function openPhoto(file: Blob, ledger: FrameLedger): Promise<Result<OpenedPicture, LiveFailure>> {
  const opened = await stillFrame(file, ledger);
  if (!opened.ok) return opened;
  const frame = opened.value;
  return ok({ kind: 'photo', frame, close: () => frame.close() });
}

async function openFilm(file: Blob, video: HTMLVideoElement): Promise<Result<OpenedPicture, LiveFailure>> {
  const opened = await openVideoFile(file, video);
  if (opened.ok) return ok({ kind: 'video', film: opened.value, close: () => opened.value.close() });
  const { code, detail } = opened.failure;
  return err(code === 'timeout' ? 'not-a-video' : code, detail);
}
