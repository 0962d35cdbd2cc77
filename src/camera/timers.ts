/** Delayed calls, apart from the browser's so that tests can hold the clock. */
export interface Timers {
  /** Calls `run` once after `delayMs`. @returns the call that cancels it */
  after(delayMs: number, run: () => void): () => void;
}

export const systemTimers: Timers = {
  after(delayMs, run) {
    const handle = setTimeout(run, delayMs);
    return () => clearTimeout(handle);
  },
};
