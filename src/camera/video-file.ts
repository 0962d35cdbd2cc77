import type { Failure, Result } from '../base/index.ts';
import { err, ok, withDeadline } from '../base/index.ts';
import type { Size } from '../geometry/index.ts';
import { prepareSilentPlayback, tryPlay } from './play-video.ts';

/** `not-a-video`: nothing this browser can play; `no-frames`: it plays, but has no picture; `timeout`: neither in time. */
export type VideoFileFailureCode = 'not-a-video' | 'no-frames' | 'timeout';

export type VideoFileFailure = Failure<VideoFileFailureCode>;

export interface OpenedVideoFile {
  /** Upright, in pixels. */
  readonly size: Size;
  /** null for a file that does not say how long it is. */
  readonly durationMs: number | null;
  /** False when the browser wants a tap before it plays (a phone that saves power). */
  readonly playing: boolean;
  /** Stops it and lets the file go. Closing twice does nothing. */
  close(): void;
}

/**
 * Plays a file in `video`, silent and in a loop, once its first picture is there. Whatever the element played before
 * is replaced. On failure the element is left empty.
 */
export async function openVideoFile(file: Blob, video: HTMLVideoElement, limitMs = 10_000): Promise<Result<OpenedVideoFile, VideoFileFailure>> {
  if (file.size === 0) return err('not-a-video', 'the file is empty');
  const url = URL.createObjectURL(file);
  const close = closer(video, url);
  prepareSilentPlayback(video);
  video.loop = true;
  video.srcObject = null;
  const picture = firstPicture(video, url);
  video.src = url;
  const playing = tryPlay(video);
  const outcome = await withDeadline(picture.outcome, limitMs, 'opening the video');
  picture.forget();
  const failure = outcome.ok ? outcome.value : lateFailure(video, outcome.failure);
  if (failure) {
    close();
    return { ok: false, failure };
  }
  return ok({
    size: { width: video.videoWidth, height: video.videoHeight },
    durationMs: Number.isFinite(video.duration) ? video.duration * 1000 : null,
    playing: await playing,
    close,
  });
}

interface FirstPicture {
  /** null when there is a picture. */
  readonly outcome: Promise<VideoFileFailure | null>;
  readonly forget: () => void;
}

function firstPicture(video: HTMLVideoElement, url: string): FirstPicture {
  const listening = new AbortController();
  const outcome = new Promise<VideoFileFailure | null>((resolve) => {
    const on = (name: string, tell: () => void): void => video.addEventListener(name, tell, { signal: listening.signal });
    const noFrames = (): void => resolve({ code: 'no-frames', detail: 'there is a film, but no picture in it' });
    on('loadeddata', () => {
      if (video.src !== url || video.srcObject !== null) resolve({ code: 'timeout', detail: 'the video element was given something else' });
      else if (video.videoWidth > 0 && video.videoHeight > 0) resolve(null);
      else noFrames();
    });
    on('ended', noFrames);
    on('error', () => resolve(errorOf(video)));
  });
  return { outcome, forget: () => listening.abort() };
}

/** An error after the header was understood means a film whose pictures are missing or broken. */
function errorOf(video: HTMLVideoElement): VideoFileFailure {
  const detail = video.error ? `media error ${video.error.code}: ${video.error.message}` : 'media error';
  return { code: video.readyState >= HTMLMediaElement.HAVE_METADATA ? 'no-frames' : 'not-a-video', detail };
}

function lateFailure(video: HTMLVideoElement, timeout: Failure<'timeout'>): VideoFileFailure {
  return video.readyState >= HTMLMediaElement.HAVE_METADATA ? { code: 'no-frames', detail: `${timeout.detail}; only its header came` } : timeout;
}

function closer(video: HTMLVideoElement, url: string): () => void {
  let open = true;
  return () => {
    if (!open) return;
    open = false;
    // The element may play something else by now, which is not ours to stop.
    if (video.src === url) {
      video.pause();
      video.removeAttribute('src');
      video.load();
    }
    URL.revokeObjectURL(url);
  };
}
