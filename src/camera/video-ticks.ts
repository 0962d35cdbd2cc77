/** One new picture in a video element. */
export interface VideoTick {
  /** When it was captured or, in a file, where it stands: milliseconds; may fall back when the source begins again. */
  readonly rawMs: number;
  /** Pictures since the last tick, this one included: more than 1 when the page was late. */
  readonly fresh: number;
}

/**
 * Calls back for each new picture of the video.
 * Ref: WICG HTMLVideoElement.requestVideoFrameCallback. Engines without it are polled with each display frame,
 * which cannot tell two pictures from one when the playback clock runs between them: rates are then upper bounds.
 *
 * @returns the call that ends it
 */
export function onVideoTick(video: HTMLVideoElement, onTick: (tick: VideoTick) => void): () => void {
  return 'requestVideoFrameCallback' in HTMLVideoElement.prototype ? byFrameCallback(video, onTick) : byPolling(video, onTick);
}

function byFrameCallback(video: HTMLVideoElement, onTick: (tick: VideoTick) => void): () => void {
  let presented: number | null = null;
  const step = (nowMs: number, metadata: VideoFrameCallbackMetadata): void => {
    handle = video.requestVideoFrameCallback(step);
    const delta = presented === null ? 1 : metadata.presentedFrames - presented;
    presented = metadata.presentedFrames;
    // A live picture has a time of capture on the page's clock; a file has only its own place in the film.
    const rawMs = video.srcObject === null ? metadata.mediaTime * 1000 : (metadata.captureTime ?? nowMs);
    // The count starts again with another source.
    onTick({ rawMs, fresh: delta > 0 ? delta : 1 });
  };
  let handle = video.requestVideoFrameCallback(step);
  return () => video.cancelVideoFrameCallback(handle);
}

function byPolling(video: HTMLVideoElement, onTick: (tick: VideoTick) => void): () => void {
  let lastS = -1;
  const step = (nowMs: number): void => {
    handle = requestAnimationFrame(step);
    if (video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA || video.currentTime === lastS) return;
    lastS = video.currentTime;
    onTick({ rawMs: video.srcObject === null ? lastS * 1000 : nowMs, fresh: 1 });
  };
  let handle = requestAnimationFrame(step);
  return () => cancelAnimationFrame(handle);
}
