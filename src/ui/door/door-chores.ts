import type { KioskClock } from '../../kiosk/index.ts';
import { dayMs } from '../../store/index.ts';

export interface ChoreParts {
  readonly clock: Pick<KioskClock, 'after'>;
  /** Nobody is at the door. */
  readonly isFree: () => boolean;
  /** Reads again who is known: somebody's time may be over, and another tab may have changed them. */
  readonly refresh: () => Promise<unknown>;
  /** Cuts the old end off the record. */
  readonly cut: () => Promise<unknown>;
  /** Whether the page may start anew now, and how it does. */
  readonly mayRestart: () => boolean;
  readonly restart: () => void;
  /** Whether the owner wants it shut now: they may say so in another tab. What cannot be read counts as yes. */
  readonly isPaused: () => Promise<boolean>;
  readonly pause: (isPaused: boolean) => void;
}

export const refreshEveryMs = 60 * 60_000;
/** Where somebody stands at the door it is tried again so much later. */
export const waitMs = 60_000;
export const pauseEveryMs = 2000;

/** What a door that hangs there for months has to do by itself. @returns the way to stop */
export function keepDoor({ clock, isFree, refresh, cut, mayRestart, restart, isPaused, pause }: ChoreParts): () => void {
  let isOver = false;
  const later = (delayMs: number, work: () => number): (() => void) => {
    let cancel = clock.after(delayMs, again);
    function again(): void {
      cancel = clock.after(work(), again);
    }
    return () => cancel();
  };
  const ends = [
    later(refreshEveryMs, () => {
      if (!isFree()) return waitMs;
      void refresh();
      return refreshEveryMs;
    }),
    later(waitMs, () => {
      if (mayRestart()) restart();
      return waitMs;
    }),
    later(0, () => {
      void isPaused().then((paused) => {
        if (!isOver) pause(paused);
      });
      return pauseEveryMs;
    }),
    later(0, () => {
      void cut();
      return dayMs;
    }),
  ];
  return () => {
    isOver = true;
    for (const end of ends) end();
  };
}
