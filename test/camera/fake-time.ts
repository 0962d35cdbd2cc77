import type { Clock } from '../../src/base/index.ts';
import type { Timers } from '../../src/camera/index.ts';

/** A clock and timers that move only when told to. */
export class FakeTime implements Clock, Timers {
  #nowMs = 1_000;
  #due: { readonly atMs: number; readonly run: () => void }[] = [];

  nowMs(): number {
    return this.#nowMs;
  }

  get pending(): number {
    return this.#due.length;
  }

  after(delayMs: number, run: () => void): () => void {
    const entry = { atMs: this.#nowMs + delayMs, run };
    this.#due.push(entry);
    return () => {
      this.#due = this.#due.filter((each) => each !== entry);
    };
  }

  /** The device sleeps: time goes on, and no timer runs. What became due runs with the next `advance`, all at once. */
  sleep(forMs: number): void {
    this.#nowMs += forMs;
  }

  advance(byMs: number): void {
    const untilMs = this.#nowMs + byMs;
    for (;;) {
      const next = this.#due.filter((each) => each.atMs <= untilMs).sort((a, b) => a.atMs - b.atMs)[0];
      if (!next) break;
      this.#due = this.#due.filter((each) => each !== next);
      this.#nowMs = Math.max(this.#nowMs, next.atMs);
      next.run();
    }
    this.#nowMs = untilMs;
  }
}
