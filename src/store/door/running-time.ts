import type { Clock } from '../../base/index.ts';

/** How long this page has known a record, by the clock that nobody can set. A record that changed is a new one. */
export class RunningTime {
  #known: { readonly stamp: string; readonly sinceMs: number } | null = null;

  constructor(private readonly clock: Clock) {}

  /** Milliseconds since this page first saw the record with this stamp. */
  since(stamp: string): number {
    const nowMs = this.clock.nowMs();
    if (this.#known?.stamp !== stamp) this.#known = { stamp, sinceMs: nowMs };
    return Math.max(0, nowMs - this.#known.sinceMs);
  }
}
