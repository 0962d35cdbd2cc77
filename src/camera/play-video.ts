/** Sets an element up to play by itself inside the page, as phones demand: silent and not in full screen. */
export function prepareSilentPlayback(video: HTMLVideoElement): void {
  video.muted = true;
  video.playsInline = true;
  video.autoplay = true;
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
