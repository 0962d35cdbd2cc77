/** A moment by both clocks of the device: the one that never runs backwards may stand still while the device sleeps. */
export interface Moment {
  /** Milliseconds from an arbitrary start; never runs backwards. */
  readonly runMs: number;
  /** Milliseconds since 1970 UTC, as the device has it; it jumps when a person sets it. */
  readonly epochMs: number;
}

/** The longer of what both clocks say: a date that was set forward makes old what is not, never young what is old. */
export function elapsedMs(from: Moment, to: Moment): number {
  return Math.max(0, to.runMs - from.runMs, to.epochMs - from.epochMs);
}
