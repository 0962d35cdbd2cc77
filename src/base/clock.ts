/** The only source of time outside a frame: milliseconds that never run backwards, from an arbitrary start. */
export interface Clock {
  nowMs(): number;
}

export const systemClock: Clock = { nowMs: () => performance.now() };
