import type { Clock } from '../base/index.ts';
import { systemClock } from '../base/index.ts';
import type { Timers } from './timers.ts';
import { systemTimers } from './timers.ts';

/**
 * `frozen`: no picture for the limit; `ended`: the track is over (unplugged, permission taken back); `muted`: the
 * system took the picture away for now; `flowing`: pictures come, for the first time or again.
 */
export type WatchdogEvent = 'frozen' | 'ended' | 'muted' | 'flowing';

export type WatchedTrack = Pick<MediaStreamTrack, 'readyState' | 'muted' | 'addEventListener' | 'removeEventListener'>;

export interface WatchdogOptions {
  /** Longest silence between two pictures. Default 2,000 ms. */
  readonly limitMs?: number;
  /** Longest wait for the first picture of a track: slow phones need seconds to start one. Default 6,000 ms. */
  readonly firstLimitMs?: number;
  readonly clock?: Clock;
  readonly timers?: Timers;
}

/** Notices that a track stopped giving pictures. Each event is told once until another one takes its place. */
export class FrameWatchdog {
  readonly #onEvent: (event: WatchdogEvent) => void;
  readonly #limitMs: number;
  readonly #firstLimitMs: number;
  readonly #clock: Clock;
  readonly #timers: Timers;
  #last: WatchdogEvent | null = null;
  #allowedMs = 0;
  #silentSinceMs = 0;
  #paused = false;
  #cancelCheck: (() => void) | null = null;
  #detach: (() => void) | null = null;

  constructor(onEvent: (event: WatchdogEvent) => void, options: WatchdogOptions = {}) {
    this.#onEvent = onEvent;
    this.#limitMs = options.limitMs ?? 2_000;
    this.#firstLimitMs = options.firstLimitMs ?? 6_000;
    this.#clock = options.clock ?? systemClock;
    this.#timers = options.timers ?? systemTimers;
  }

  /** Begins with a new track; the one before is let go. */
  watch(track: WatchedTrack): void {
    this.stop();
    const onEnded = (): void => {
      this.#disarm();
      this.#tell('ended');
    };
    const onMute = (): void => this.#tell('muted');
    track.addEventListener('ended', onEnded);
    track.addEventListener('mute', onMute);
    this.#detach = () => {
      track.removeEventListener('ended', onEnded);
      track.removeEventListener('mute', onMute);
    };
    this.#allowedMs = this.#firstLimitMs;
    this.#silentSinceMs = this.#clock.nowMs();
    if (track.readyState === 'ended') {
      this.#tell('ended');
      return;
    }
    // A track that starts muted is the normal case on some phones: its silence is judged by the limit.
    this.#arm();
  }

  /** A picture came. */
  noteFrame(): void {
    if (!this.#detach || this.#last === 'ended') return;
    this.#silentSinceMs = this.#clock.nowMs();
    if (this.#allowedMs !== this.#limitMs) {
      // The timer of the first picture runs for too long now.
      this.#allowedMs = this.#limitMs;
      this.#disarm();
    }
    this.#arm();
    this.#tell('flowing');
  }

  /** Silence does not count while nobody sees the page: browsers then present no pictures. */
  pause(): void {
    this.#paused = true;
    this.#disarm();
  }

  resume(): void {
    if (!this.#paused) return;
    this.#paused = false;
    this.#silentSinceMs = this.#clock.nowMs();
    if (this.#detach && this.#last !== 'ended') this.#arm();
  }

  /** Lets the track go; `watch` begins anew. */
  stop(): void {
    this.#disarm();
    this.#detach?.();
    this.#detach = null;
    this.#last = null;
  }

  #arm(): void {
    if (this.#paused || this.#cancelCheck) return;
    const leftMs = this.#silentSinceMs + this.#allowedMs - this.#clock.nowMs();
    // One timer that re-arms itself for the rest costs less than a new timer for every picture.
    this.#cancelCheck = this.#timers.after(Math.max(0, leftMs), () => {
      this.#cancelCheck = null;
      if (this.#clock.nowMs() - this.#silentSinceMs >= this.#allowedMs) this.#tell('frozen');
      else this.#arm();
    });
  }

  #disarm(): void {
    this.#cancelCheck?.();
    this.#cancelCheck = null;
  }

  #tell(event: WatchdogEvent): void {
    if (this.#last === event) return;
    this.#last = event;
    this.#onEvent(event);
  }
}
