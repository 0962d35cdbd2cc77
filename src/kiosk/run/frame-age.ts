/** Frames whose delay is remembered: so many frames after a source began anew, its clock is known again. */
const remembered = 64;

/**
 * How old the result of a frame is, though the clock of the frames is not that of the device: by how much it comes later
 * after its frame than the quickest one of late. A result that waited while the page slept is found by it.
 */
export class FrameAge {
  readonly #delays: number[] = [];

  /**
   * @param tMs the frame's own time
   * @param nowMs when its result came, by the clock of the device
   * @returns milliseconds, 0 for the quickest; Infinity for a time that is none
   */
  of(tMs: number, nowMs: number): number {
    const delay = nowMs - tMs;
    if (!Number.isFinite(delay)) return Infinity;
    this.#delays.push(delay);
    if (this.#delays.length > remembered) this.#delays.shift();
    return delay - Math.min(...this.#delays);
  }
}
