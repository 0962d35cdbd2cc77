/** The only source of time outside a frame: milliseconds that never run backwards, from an arbitrary start. */
export interface Clock {
  nowMs(): number;
}

export const systemClock: Clock = { nowMs: () => performance.now() };

/** The date, for what outlives the page: milliseconds since 1970 UTC, as the device has it. It jumps when a person sets it. */
export interface Calendar {
  epochMs(): number;
}

export const systemCalendar: Calendar = { epochMs: () => new Date().getTime() };
