/**
 * Makes a source's times never fall back: a file that loops or a camera that restarts begins again at zero, but
 * trackers and filters need time that goes on. After a fall the clock goes on by the last step it saw.
 * Example: 0, 40, 80, 0, 40 becomes 0, 40, 80, 120, 160.
 */
export class FrameTime {
  #offsetMs = 0;
  #lastMs: number | null = null;
  #stepMs = 1;

  /** @returns a time in milliseconds greater than any it returned before */
  next(rawMs: number): number {
    const last = this.#lastMs;
    let tMs = rawMs + this.#offsetMs;
    if (last !== null && tMs <= last) {
      this.#offsetMs += last + this.#stepMs - tMs;
      tMs = last + this.#stepMs;
    } else if (last !== null) {
      this.#stepMs = tMs - last;
    }
    this.#lastMs = tMs;
    return tMs;
  }
}
