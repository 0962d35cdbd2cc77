import type { Calendar, Clock } from '../../base/index.ts';

/** The device's date left the time that ran. */
export interface ClockJump {
  /** Where the date would have been, and where it was; milliseconds since 1970 UTC. */
  readonly fromMs: number;
  readonly toMs: number;
}

/** Dates are set right by a second or so all the time: that is not worth a word. */
export const clockToleranceMs = 5000;

/**
 * Compares the device's date with the time that runs on while the page lives. Over a restart there is no such time, so
 * only a date before the newest one that was ever written down is seen as a jump. A device that slept jumps too: its time
 * stood still meanwhile.
 */
export class ClockWatch {
  #last: { readonly dateMs: number; readonly ranMs: number } | null = null;

  constructor(
    private readonly calendar: Calendar,
    private readonly clock: Clock,
  ) {}

  /**
   * The date now, and how it jumped since the last look; null when it did not.
   *
   * @param newestMs the newest date that was written down; null for none
   */
  look(newestMs: number | null): { readonly dateMs: number; readonly jump: ClockJump | null } {
    const dateMs = Math.round(this.calendar.epochMs());
    const ranMs = this.clock.nowMs();
    const last = this.#last;
    this.#last = { dateMs, ranMs };
    const fromMs = last ? Math.round(last.dateMs + ranMs - last.ranMs) : Math.max(dateMs, newestMs ?? dateMs);
    return { dateMs, jump: Math.abs(dateMs - fromMs) > clockToleranceMs ? { fromMs, toMs: dateMs } : null };
  }
}
