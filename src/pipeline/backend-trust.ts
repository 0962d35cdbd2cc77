import type { BackendName } from './protocol.ts';

/** When what failed is tried again, in milliseconds. */
export interface TrustTimes {
  /** How long a backend is left alone after it failed; the next failure doubles it. */
  readonly avoidMs: number;
  /** Longest that one is left alone: webgl, whose start is dear, and the others, without which there is nothing. */
  readonly longestWebglMs: number;
  readonly longestMs: number;
  /** A backend that ran for so long before it failed is trusted as if it had never failed. */
  readonly steadyMs: number;
}

export const usualTrustTimes: TrustTimes = { avoidMs: 5_000, longestWebglMs: 300_000, longestMs: 60_000, steadyMs: 300_000 };

interface Record {
  readonly failures: number;
  readonly usableAtMs: number;
}

/** Remembers which backends failed of late, and when each may be tried again. */
export class BackendTrust {
  readonly #times: TrustTimes;
  readonly #records = new Map<BackendName, Record>();

  constructor(times: TrustTimes = usualTrustTimes) {
    this.#times = times;
  }

  /**
   * A backend failed: it did not start, was lost, hung, or computed something else. wasm and cpu get a second chance at once:
   * a worker that died may have died of something else, and starts quickly.
   *
   * @param ranMs how long it had run; 0 where it did not start
   */
  failed(backend: BackendName, nowMs: number, ranMs: number): void {
    const before = ranMs >= this.#times.steadyMs ? 0 : (this.#records.get(backend)?.failures ?? 0);
    const failures = before + 1;
    const free = backend === 'webgl' ? 0 : 1;
    const longestMs = backend === 'webgl' ? this.#times.longestWebglMs : this.#times.longestMs;
    const waitMs = failures <= free ? 0 : Math.min(longestMs, this.#times.avoidMs * 2 ** (failures - free - 1));
    this.#records.set(backend, { failures, usableAtMs: nowMs + waitMs });
  }

  /** By the same clock; 0 for one that never failed. */
  usableAtMs(backend: BackendName): number {
    return this.#records.get(backend)?.usableAtMs ?? 0;
  }
}
