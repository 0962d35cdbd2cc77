/** At most `count` events in any window of `windowMs`. */
export class RateLimit {
  #timesMs: number[] = [];

  constructor(
    private readonly count: number,
    private readonly windowMs: number,
  ) {}

  /** Whether one more may happen at `nowMs` (a steady time); counts it when it may. */
  take(nowMs: number): boolean {
    this.#timesMs = this.#timesMs.filter((timeMs) => timeMs > nowMs - this.windowMs);
    if (this.#timesMs.length >= this.count) return false;
    this.#timesMs.push(nowMs);
    return true;
  }
}
