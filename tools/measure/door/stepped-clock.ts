import type { KioskClock } from '../../../src/kiosk/index.ts';

interface Waiting {
  readonly dueMs: number;
  readonly run: () => void;
}

/** A clock that stands still until it is moved: hours of visits are played in seconds. */
export class SteppedClock implements KioskClock {
  #ranMs = 1000;
  #waiting: readonly Waiting[] = [];

  nowMs(): number {
    return this.#ranMs;
  }

  epochMs(): number {
    return this.#ranMs;
  }

  after(delayMs: number, run: () => void): () => void {
    const waiting = { dueMs: this.#ranMs + Math.max(0, delayMs), run };
    this.#waiting = [...this.#waiting, waiting];
    return () => (this.#waiting = this.#waiting.filter((one) => one !== waiting));
  }

  /** Runs what is due, in order; what promises have begun comes to its end before the time goes on. */
  async pass(ms: number): Promise<void> {
    const untilMs = this.#ranMs + ms;
    for (;;) {
      await macrotask();
      const next = this.#waiting.filter(({ dueMs }) => dueMs <= untilMs).sort((a, b) => a.dueMs - b.dueMs)[0];
      if (!next) break;
      this.#waiting = this.#waiting.filter((one) => one !== next);
      this.#ranMs = Math.max(this.#ranMs, next.dueMs);
      next.run();
    }
    this.#ranMs = untilMs;
  }
}

function macrotask(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
