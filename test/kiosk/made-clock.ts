import type { KioskClock } from '../../src/kiosk/index.ts';

interface Waiting {
  readonly dueMs: number;
  readonly run: () => void;
}

/** A clock that a test moves. Promises settle between any two delays, as they do in a browser. */
export class MadeClock implements KioskClock {
  #ranMs = 1000;
  #dateMs = Date.UTC(2031, 4, 6, 8);
  #waiting: readonly Waiting[] = [];
  readonly #real = new Set<Promise<unknown>>();

  nowMs(): number {
    return this.#ranMs;
  }

  epochMs(): number {
    return this.#dateMs;
  }

  after(delayMs: number, run: () => void): () => void {
    const waiting = { dueMs: this.#ranMs + Math.max(0, delayMs), run };
    this.#waiting = [...this.#waiting, waiting];
    return () => (this.#waiting = this.#waiting.filter((one) => one !== waiting));
  }

  /** Somebody sets the date, or the device slept while time that runs stood still. */
  setDateOn(ms: number): void {
    this.#dateMs += ms;
  }

  /** Work in real time, e.g. on a disk: made time stands still until it is done. */
  during<T>(work: Promise<T>): Promise<T> {
    this.#real.add(work);
    const end = () => this.#real.delete(work);
    work.then(end, end);
    return work;
  }

  async pass(ms: number): Promise<void> {
    const untilMs = this.#ranMs + ms;
    for (;;) {
      await this.#settled();
      const next = this.#waiting.filter(({ dueMs }) => dueMs <= untilMs).sort((a, b) => a.dueMs - b.dueMs)[0];
      if (!next) break;
      this.#waiting = this.#waiting.filter((one) => one !== next);
      this.#move(next.dueMs);
      next.run();
    }
    this.#move(untilMs);
  }

  async #settled(): Promise<void> {
    await settled();
    while (this.#real.size > 0) {
      await Promise.allSettled(this.#real);
      await settled();
    }
  }

  #move(toMs: number): void {
    const stepMs = Math.max(0, toMs - this.#ranMs);
    this.#ranMs += stepMs;
    this.#dateMs += stepMs;
  }
}

/** All that follows from what is settled by now has happened. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 40; turn++) await Promise.resolve();
}
