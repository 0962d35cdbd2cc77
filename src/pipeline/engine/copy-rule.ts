/** A small crop drawn from memory takes a millisecond or two; one that has to fetch the frame first takes far longer. */
const slowCropMs = 4;

/** One slow crop may be an accident of the machine; so many in a row are none. */
const inARow = 3;

/**
 * Decides whether the frames of a source are copied into memory once each, because every crop of them is slow. It goes
 * by the quickest of the last slow crops, and gives the copies up, for this source, where one takes longer than such a crop.
 * Example: crops of 110 ms and a copy of 30 ms are copied; crops of 5 ms and a copy of 9 ms are not.
 */
export class CopyRule {
  #slow: readonly number[] = [];
  #refused = false;

  get copies(): boolean {
    return !this.#refused && this.#slow.length >= inARow;
  }

  /** A crop was drawn straight from the frame. */
  cropped(ms: number): void {
    if (this.copies) return;
    this.#slow = ms > slowCropMs ? [...this.#slow, ms] : [];
  }

  /** A frame was copied. */
  copied(ms: number): void {
    if (this.copies && ms > Math.min(...this.#slow)) this.#refused = true;
  }

  /** A new source may keep its frames elsewhere. */
  reset(): void {
    this.#slow = [];
    this.#refused = false;
  }
}
