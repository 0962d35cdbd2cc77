/** Minutes of the local day; over midnight where it ends before it begins. */
export interface IdleWindow {
  readonly fromMinute: number;
  readonly untilMinute: number;
}

export interface RestartFacts {
  readonly window: IdleWindow | null;
  /** Minute of the local day now, 0..1439. */
  readonly minute: number;
  /** How long nobody was at the door. */
  readonly idleForMs: number;
  /** How long the page runs. */
  readonly runsForMs: number;
  readonly updateWaits: boolean;
}

/** A door that was quiet for this long has nobody in front of it who only looks away. */
export const quietMs = 2 * 60_000;
/** A page that is younger has had its restart of this day. */
const freshMs = 6 * 60 * 60_000;

/** Whether the kiosk may restart now: in its window, once a day or for an update, and never while somebody is at the door. */
export function mayRestart({ window, minute, idleForMs, runsForMs, updateWaits }: RestartFacts): boolean {
  if (!window || !isInWindow(window, minute) || !(idleForMs >= quietMs)) return false;
  // A page that was just started for an update does not start again for the one that it runs.
  return updateWaits ? runsForMs >= quietMs : runsForMs >= freshMs;
}

/** Example: 23:00 to 01:00 holds 23:30 and 00:59, not 01:00. A window that ends when it begins is none. */
export function isInWindow({ fromMinute, untilMinute }: IdleWindow, minute: number): boolean {
  if (fromMinute <= untilMinute) return minute >= fromMinute && minute < untilMinute;
  return minute >= fromMinute || minute < untilMinute;
}
