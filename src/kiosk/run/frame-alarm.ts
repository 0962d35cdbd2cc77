import type { KioskClock } from '../ports.ts';

export interface FrameAlarmOptions {
  readonly clock: KioskClock;
  readonly onSilence: (isSilent: boolean) => void;
  /** Longest silence between two frames, and before the first one: models have to be loaded. In milliseconds. */
  readonly limitMs?: number;
  readonly firstLimitMs?: number;
}

/** Notices that no frames come any more, and that they come again. */
export class FrameAlarm {
  readonly #options: FrameAlarmOptions;
  #cancel: () => void;
  #lastMs = -Infinity;

  constructor(options: FrameAlarmOptions) {
    this.#options = options;
    this.#cancel = options.clock.after(options.firstLimitMs ?? 60_000, () => options.onSilence(true));
  }

  noteFrame(): void {
    const { clock, onSilence, limitMs = 5000 } = this.#options;
    const isFirst = this.#lastMs === -Infinity;
    this.#lastMs = clock.nowMs();
    if (isFirst) {
      this.#cancel();
      this.#check(limitMs);
    }
    onSilence(false);
  }

  stop(): void {
    this.#cancel();
  }

  /** One timer that sets itself again costs less than one for each frame. */
  #check(limitMs: number): void {
    const leftMs = this.#lastMs + limitMs - this.#options.clock.nowMs();
    if (leftMs <= 0) this.#options.onSilence(true);
    this.#cancel = this.#options.clock.after(leftMs > 0 ? leftMs : limitMs, () => this.#check(limitMs));
  }
}
