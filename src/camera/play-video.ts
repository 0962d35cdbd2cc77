/**
 * Sets an element up to be played without a tap inside the page, as phones demand: silent and not in full screen.
 * `autoplay` stays off: browsers pause what it started as soon as the element is out of sight.
 */
export function prepareSilentPlayback(video: HTMLVideoElement): void {
  video.muted = true;
  video.playsInline = true;
}

/** @returns false when the browser wants a tap first, or another source took this one's place */
export async function tryPlay(video: HTMLVideoElement): Promise<boolean> {
  try {
    await video.play();
    return true;
  } catch {
    // Both reasons are normal and show themselves otherwise: `video.paused`, or the other source's own outcome.
    return false;
  }
}
