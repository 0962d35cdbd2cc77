const windowMs = 2000;

/** Events per second over the last two seconds. */
export class RateMeter {
  readonly #timesMs: number[] = [];

  add(nowMs: number): void {
    this.#timesMs.push(nowMs);
    this.#forget(nowMs);
  }

  /** Per second; over a shorter span while the meter is younger than its window. */
  rate(nowMs: number): number {
    this.#forget(nowMs);
    const first = this.#timesMs[0];
    if (first === undefined) return 0;
    const spanMs = Math.min(windowMs, Math.max(250, nowMs - first));
    return (this.#timesMs.length * 1000) / spanMs;
  }

  reset(): void {
    this.#timesMs.length = 0;
  }

  #forget(nowMs: number): void {
    while (this.#timesMs.length > 0 && nowMs - (this.#timesMs[0] as number) > windowMs) this.#timesMs.shift();
  }
}
