/** Pictures per second that a source presents, from its running count. */
export class SeenRate {
  #from: { readonly count: number; readonly tMs: number } | null = null;
  #perSecond: number | null = null;

  /**
   * @param count pictures presented since the source began
   * @returns the rate over the last full second or more; null before the first one
   */
  at(count: number, nowMs: number): number | null {
    const from = this.#from;
    if (!from || count < from.count) this.#from = { count, tMs: nowMs };
    else if (nowMs - from.tMs >= 1000) {
      this.#perSecond = ((count - from.count) * 1000) / (nowMs - from.tMs);
      this.#from = { count, tMs: nowMs };
    }
    return this.#perSecond;
  }

  reset(): void {
    this.#from = null;
    this.#perSecond = null;
  }
}
