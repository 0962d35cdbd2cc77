/** Share of the interval by which a frame may come early and still count: cameras jitter. */
const slack = 0.1;

/**
 * Says which frames to take so that at most `maxFps` are taken a second, without drift and never closer than
 * about half an interval.
 * Example: 20 fps of a 30 fps camera takes two frames of three.
 */
export class FramePacer {
  #nextMs = -Infinity;

  /** @param maxFps frames per second; Infinity takes every frame, 0 takes none */
  due(tMs: number, maxFps: number): boolean {
    const intervalMs = 1000 / maxFps;
    if (tMs < this.#nextMs - intervalMs * slack || intervalMs === Infinity) return false;
    // A frame that came late must not bring the next one right behind it, nor a slow camera save up turns for a burst.
    this.#nextMs = Math.max(this.#nextMs + intervalMs, tMs + intervalMs / 2);
    return true;
  }
}
