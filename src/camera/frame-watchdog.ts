import type { Clock } from '../base/index.ts';
import { systemClock } from '../base/index.ts';
import { stoodStillMs } from './limits.ts';
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
  #track: WatchedTrack | null = null;
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
    const onEnded = (): void => this.#end();
    const onMute = (): void => this.#tell('muted');
    track.addEventListener('ended', onEnded);
    track.addEventListener('mute', onMute);
    this.#track = track;
    this.#detach = () => {
      track.removeEventListener('ended', onEnded);
      track.removeEventListener('mute', onMute);
    };
    this.#allowedMs = this.#firstLimitMs;
    this.#silentSinceMs = this.#clock.nowMs();
    // A track that starts muted is the normal case on some phones: its silence is judged by the limit.
    this.#armOrEnd();
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
    if (this.#last !== 'ended') this.#armOrEnd();
  }

  /** Lets the track go; `watch` begins anew. */
  stop(): void {
    this.#disarm();
    this.#detach?.();
    this.#detach = null;
    this.#track = null;
    this.#last = null;
  }

  /** Not every browser tells a page that was frozen of the end of its track. */
  #armOrEnd(): void {
    if (this.#track?.readyState === 'ended') this.#end();
    else if (this.#track) this.#arm();
  }

  #end(): void {
    this.#disarm();
    this.#tell('ended');
  }

  #arm(): void {
    if (this.#paused || this.#cancelCheck) return;
    const dueMs = Math.max(this.#clock.nowMs(), this.#silentSinceMs + this.#allowedMs);
    // One timer that re-arms itself for the rest costs less than a new timer for every picture.
    this.#cancelCheck = this.#timers.after(dueMs - this.#clock.nowMs(), () => {
      this.#cancelCheck = null;
      this.#check(dueMs);
    });
  }

  #check(dueMs: number): void {
    const nowMs = this.#clock.nowMs();
    // Where the page stood still, pictures had no way to come: the limit begins anew.
    if (nowMs - dueMs >= stoodStillMs) this.#silentSinceMs = nowMs;
    if (nowMs - this.#silentSinceMs < this.#allowedMs) this.#armOrEnd();
    else if (this.#track?.readyState === 'ended') this.#end();
    else this.#tell('frozen');
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
