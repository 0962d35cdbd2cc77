import type { Calendar, Clock } from '../../base/index.ts';
import type { IdleWindow, KioskSnapshot } from '../../kiosk/index.ts';
import { mayRestart, quietMs } from '../../kiosk/index.ts';
import type { AppUpdates } from '../../store/index.ts';

/** How a door starts anew. */
export interface RestartWay {
  readonly updateWaits: () => boolean;
  /** Loads the page again, in its newer version where one waits. Does nothing where the page might not come back. */
  readonly restart: () => void;
  /** Nothing may take the page away, whoever asks for it. Returns the way to let go. */
  readonly hold: () => () => void;
}

export interface RestartParts {
  readonly window: IdleWindow | null;
  readonly clock: Clock;
  readonly calendar: Calendar;
  readonly way: RestartWay;
}

/** Knows how long nobody was at the door, and so when it may start anew. */
export class DoorRestart {
  readonly #parts: RestartParts;
  readonly #beganMs: number;
  /** null while somebody is there. */
  #idleSinceMs: number | null;
  #letGo: (() => void) | null = null;

  constructor(parts: RestartParts) {
    this.#parts = parts;
    this.#beganMs = parts.clock.nowMs();
    this.#idleSinceMs = this.#beganMs;
  }

  /** Somebody is at the door, or was a moment ago: nothing may take the page away. */
  get isBusy(): boolean {
    return this.#idleForMs() < quietMs;
  }

  /** Takes every change of the screen. */
  see({ state }: KioskSnapshot): void {
    const isFree = state === 'idle' || state === 'out-of-service';
    this.#idleSinceMs = isFree ? (this.#idleSinceMs ?? this.#parts.clock.nowMs()) : null;
    if (isFree) this.end();
    else this.#letGo ??= this.#parts.way.hold();
  }

  /** The screen closes: nobody is at the door any more. */
  end(): void {
    this.#letGo?.();
    this.#letGo = null;
  }

  isDue(): boolean {
    const { window, clock, calendar, way } = this.#parts;
    const now = new Date(calendar.epochMs());
    const minute = now.getHours() * 60 + now.getMinutes();
    return mayRestart({ window, minute, idleForMs: this.#idleForMs(), runsForMs: clock.nowMs() - this.#beganMs, updateWaits: way.updateWaits() });
  }

  #idleForMs(): number {
    return this.#idleSinceMs === null ? 0 : this.#parts.clock.nowMs() - this.#idleSinceMs;
  }
}

/** A page whose service worker keeps it opens again without a network; any other one goes on as it is. */
export function restartByUpdates(updates: Pick<AppUpdates, 'state' | 'apply' | 'hold'>, reload: () => void): RestartWay {
  return {
    updateWaits: () => updates.state === 'waiting',
    hold: () => updates.hold(),
    restart: () => {
      if (updates.state === 'waiting') updates.apply();
      else if (updates.state === 'current') reload();
    },
  };
}
