/**
 * Decides when a summary of what is seen is worth saying: only a change, at most one in three seconds, and the same
 * words not again within ten.
 */
export class SpokenSummary {
  #said: { readonly text: string; readonly tMs: number } | null = null;
  readonly #saidAtMs = new Map<string, number>();

  /**
   * @param text what is seen now, as one sentence
   * @param nowMs of the app's clock
   * @returns the text when it should be said now, else null
   */
  offer(text: string, nowMs: number): string | null {
    const last = this.#said;
    if (last && (last.text === text || nowMs - last.tMs < 3000)) return null;
    const before = this.#saidAtMs.get(text);
    if (before !== undefined && nowMs - before < 10_000) return null;
    for (const [old, tMs] of this.#saidAtMs) if (nowMs - tMs >= 10_000) this.#saidAtMs.delete(old);
    this.#saidAtMs.set(text, nowMs);
    this.#said = { text, tMs: nowMs };
    return text;
  }
}
