import type { Calendar, Clock } from '../../src/base/index.ts';

/** A device whose date and running time a test sets, each by itself. */
export class SetTime implements Calendar, Clock {
  /** @param dateMs milliseconds since 1970 UTC @param ranMs milliseconds since the page began */
  constructor(
    public dateMs = Date.UTC(2031, 4, 6, 8),
    public ranMs = 1000,
  ) {}

  epochMs(): number {
    return this.dateMs;
  }

  nowMs(): number {
    return this.ranMs;
  }

  /** Time goes by as it does. */
  pass(ms: number): void {
    this.dateMs += ms;
    this.ranMs += ms;
  }
}
