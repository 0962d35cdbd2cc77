import * as v from 'valibot';

/**
 * How many tries went wrong, and how long nobody may try again. The wait is a length of time and not a date: it passes only
 * while the app runs, by a clock that nobody can set. So neither setting the device's date, back or forth, nor restarting
 * the app or the device shortens it. What that costs: after a restart what was left of the wait begins at what was last
 * written down, so the time in which the app was off does not count. A date that jumped forward is not believed at all,
 * because from inside the app it looks the same as a device that was off for an hour.
 */
export interface Lock {
  /** Since the last right one. */
  readonly misses: number;
  readonly waitMs: number;
  /** Tells this writing from every other. */
  readonly stamp: string;
}

/** Tries before the first wait. */
export const freeTries = 5;
export const firstWaitMs = 30_000;
export const longestWaitMs = 3_600_000;

export const lockSchema = v.strictObject({
  misses: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
  waitMs: v.pipe(v.number(), v.minValue(0), v.maxValue(longestWaitMs)),
  stamp: v.string(),
});

export function openLock(stamp: string): Lock {
  return { misses: 0, waitMs: 0, stamp };
}

/** After one more try that is wrong until it proves right: 30 s after the fifth, then twice as long each time, up to an hour. */
export function afterMiss({ misses }: Lock, stamp: string): Lock {
  const more = misses + 1;
  // Beyond seven doublings it is an hour in any case; the power must not overflow.
  const waitMs = more < freeTries ? 0 : Math.min(firstWaitMs * 2 ** Math.min(more - freeTries, 10), longestWaitMs);
  return { misses: more, waitMs, stamp };
}

export function triesLeft({ misses }: Lock): number {
  return Math.max(0, freeTries - misses);
}
