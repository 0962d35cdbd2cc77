import type { Clock } from '../base/index.ts';
import { systemClock, withDeadline } from '../base/index.ts';
import { backoffMs } from './backoff.ts';
import type { CameraEvent, CameraSession } from './camera-session.ts';
import type { CameraFailure } from './errors.ts';
import { isOfDevice } from './errors.ts';
import type { Frame } from './frame.ts';
import type { WatchdogEvent } from './frame-watchdog.ts';
import { FrameWatchdog } from './frame-watchdog.ts';
import { watchLenses } from './lenses.ts';
import { playLimitMs } from './limits.ts';
import { Listeners } from './listeners.ts';
import type { PageVisibility } from './page-visibility.ts';
import type { CameraPlatform } from './platform.ts';
import { browserPlatform } from './platform.ts';
import { prepareSilentPlayback, tryPlay } from './play-video.ts';
import type { Timers } from './timers.ts';
import { systemTimers } from './timers.ts';
import type { VideoFrameSource } from './video-frame-source.ts';

export type InterruptionCode = Exclude<WatchdogEvent, 'flowing'>;

/** `starting` until the first picture, then `live`; `failed` is final: only the person can help. */
export type KeptCameraState =
  | { readonly phase: 'starting' }
  | { readonly phase: 'live' }
  | { readonly phase: 'interrupted'; readonly code: InterruptionCode }
  /** `attempt` counts from 1; `failure` is that of the attempt before, if it could not open the camera at all. */
  | { readonly phase: 'restarting'; readonly attempt: number; readonly failure: CameraFailure | null }
  | { readonly phase: 'failed'; readonly failure: CameraFailure }
  | { readonly phase: 'closed' };

export interface KeptCameraParts {
  readonly session: CameraSession;
  readonly video: HTMLVideoElement;
  /** A source over the same video. */
  readonly source: VideoFrameSource;
}

export interface KeptCameraDeps {
  readonly platform?: CameraPlatform;
  readonly page?: PageVisibility;
  readonly clock?: Clock;
  readonly timers?: Timers;
  readonly limitMs?: number;
  readonly firstLimitMs?: number;
}

/** Pictures must have come this long before the next interruption counts as the first one again. */
const steadyMs = 5_000;

/**
 * Plays a session in a video, makes frames of it, and gets the picture back when it stops: it plays a paused video
 * on, or opens the camera again, with growing waits, at once when a device is plugged in, and only while the page is seen.
 * It owns the session from now on and closes it.
 */
export class KeptCamera {
  readonly #session: CameraSession;
  readonly #video: HTMLVideoElement;
  readonly #source: VideoFrameSource;
  readonly #page: PageVisibility;
  readonly #clock: Clock;
  readonly #timers: Timers;
  readonly #watchdog: FrameWatchdog;
  readonly #listeners = new Listeners<KeptCameraState>();
  readonly #cleanups: (() => void)[] = [];
  readonly #closing = new AbortController();
  #state: KeptCameraState = { phase: 'starting' };
  #attempts = 0;
  #lastFailure: CameraFailure | null = null;
  /** When the last attempt to start again was over. */
  #triedAtMs = -Infinity;
  #flowingSinceMs: number | null = null;
  #cancelRestart: (() => void) | null = null;
  #restartWhenSeen = false;
  #restarting = false;

  constructor(parts: KeptCameraParts, onFrame: (frame: Frame) => void, deps: KeptCameraDeps = {}) {
    this.#session = parts.session;
    this.#video = parts.video;
    this.#source = parts.source;
    this.#page = deps.page ?? document;
    this.#clock = deps.clock ?? systemClock;
    this.#timers = deps.timers ?? systemTimers;
    this.#watchdog = new FrameWatchdog((event) => this.#onWatchdog(event), { ...deps, clock: this.#clock, timers: this.#timers });
    this.#listen(deps.platform ?? browserPlatform());
    this.#source.start(onFrame, () => this.#watchdog.noteFrame());
    this.#play();
  }

  get session(): CameraSession {
    return this.#session;
  }

  get state(): KeptCameraState {
    return this.#state;
  }

  subscribe(listener: (state: KeptCameraState) => void): () => void {
    return this.#listeners.add(listener);
  }

  /** Ends everything: the camera, the source, the video's stream and every listener. */
  close(): void {
    if (this.#state.phase === 'closed') return;
    this.#release();
    this.#set({ phase: 'closed' });
    this.#listeners.clear();
  }

  #listen(platform: CameraPlatform): void {
    const onVisibility = (): void => this.#onVisibility();
    const onResize = (): void => void this.#session.refreshFacts();
    // Taking the element out of the document pauses it, as do some systems: the picture is to go on all the same.
    const onPause = (): void => this.#playOnIfSeen();
    this.#page.addEventListener('visibilitychange', onVisibility);
    this.#video.addEventListener('resize', onResize);
    this.#video.addEventListener('pause', onPause);
    this.#cleanups.push(
      () => this.#page.removeEventListener('visibilitychange', onVisibility),
      () => this.#video.removeEventListener('resize', onResize),
      () => this.#video.removeEventListener('pause', onPause),
      watchLenses(() => this.#onDeviceChange(), platform),
      this.#session.subscribe((event) => this.#onSession(event)),
    );
    if (this.#page.hidden) this.#watchdog.pause();
  }

  #play(): void {
    prepareSilentPlayback(this.#video);
    this.#video.srcObject = this.#session.stream;
    this.#watchdog.watch(this.#session.track);
    void tryPlay(this.#video);
  }

  #onSession(event: CameraEvent): void {
    if (event.type === 'replacing') {
      this.#cancelPending();
      this.#watchdog.stop();
    } else if (event.type === 'stream') this.#play();
    else if (event.type === 'lost' && !this.#restarting) this.#interrupt('ended');
    else if (event.type === 'closed') this.close();
  }

  #onWatchdog(event: WatchdogEvent): void {
    if (event === 'flowing') {
      this.#cancelPending();
      this.#flowingSinceMs = this.#clock.nowMs();
      this.#session.refreshFacts();
      this.#set({ phase: 'live' });
    } else if (event === 'muted') this.#set({ phase: 'interrupted', code: event });
    // A picture that was still on its way when the system took the camera hides the moment, not the cause.
    else this.#interrupt(event === 'frozen' && this.#session.track.muted ? 'muted' : event);
  }

  #onVisibility(): void {
    if (this.#page.hidden) {
      this.#watchdog.pause();
      return;
    }
    this.#watchdog.resume();
    if (this.#restartWhenSeen) void this.#restart();
    else {
      this.#playOnIfSeen();
      void this.#session.restoreControls();
    }
  }

  #playOnIfSeen(): void {
    if (this.#video.paused && !this.#page.hidden) void tryPlay(this.#video);
  }

  #onDeviceChange(): void {
    if (!this.#cancelRestart) return;
    this.#attempts = 0;
    // A plug with a loose contact tells of many changes a second.
    this.#scheduleRestart(Math.max(0, this.#triedAtMs + backoffMs(0) - this.#clock.nowMs()));
  }

  #interrupt(code: InterruptionCode): void {
    const steady = this.#flowingSinceMs !== null && this.#clock.nowMs() - this.#flowingSinceMs >= steadyMs;
    this.#flowingSinceMs = null;
    if (steady) this.#attempts = 0;
    this.#set({ phase: 'interrupted', code });
    this.#scheduleRestart();
  }

  #scheduleRestart(delayMs = backoffMs(this.#attempts)): void {
    this.#cancelPending();
    this.#cancelRestart = this.#timers.after(delayMs, () => {
      this.#cancelRestart = null;
      void this.#restart();
    });
  }

  #cancelPending(): void {
    this.#cancelRestart?.();
    this.#cancelRestart = null;
    this.#restartWhenSeen = false;
  }

  async #restart(): Promise<void> {
    this.#restartWhenSeen = this.#page.hidden;
    if (this.#restartWhenSeen) return;
    if (this.#restarting) {
      // The one that runs may be waiting for the very track that was lost just now: looked at again later.
      this.#scheduleRestart();
      return;
    }
    this.#attempts++;
    this.#set({ phase: 'restarting', attempt: this.#attempts, failure: this.#lastFailure });
    this.#restarting = true;
    try {
      if (!(await this.#playOn())) await this.#reopen();
    } finally {
      this.#restarting = false;
      this.#triedAtMs = this.#clock.nowMs();
    }
  }

  /**
   * A system that paused the video needs no new stream, which on some phones would mean a new question.
   *
   * @returns false when it takes a new stream
   */
  async #playOn(): Promise<boolean> {
    const { track } = this.#session;
    if (!this.#video.paused || track.readyState !== 'live') return false;
    const played = await withDeadline(tryPlay(this.#video), playLimitMs, 'playing on');
    const settled = this.#closing.signal.aborted || this.#state.phase === 'live' || this.#session.track !== track;
    if (settled) return true;
    if (!played.ok || !played.value) return false;
    this.#watchdog.watch(track);
    return true;
  }

  async #reopen(): Promise<void> {
    this.#restartWhenSeen = this.#page.hidden;
    if (this.#restartWhenSeen) return;
    const reopened = await this.#session.reopen(this.#closing.signal);
    if (this.#closing.signal.aborted) return;
    this.#lastFailure = reopened.ok ? null : reopened.failure;
    if (reopened.ok) return;
    // A camera that ran in this browser is supported: what cannot be explained may pass.
    if (isOfDevice(reopened.failure.code) || reopened.failure.code === 'unsupported') this.#scheduleRestart();
    else this.#fail(reopened.failure);
  }

  #fail(failure: CameraFailure): void {
    this.#release();
    this.#set({ phase: 'failed', failure });
  }

  #release(): void {
    if (this.#closing.signal.aborted) return;
    this.#closing.abort();
    this.#cancelPending();
    this.#watchdog.stop();
    this.#source.stop();
    for (const cleanup of this.#cleanups.splice(0)) cleanup();
    this.#session.close();
    this.#video.srcObject = null;
  }

  #set(state: KeptCameraState): void {
    // A change of lens makes pictures flow anew without having been an interruption.
    if (state.phase === 'live' && this.#state.phase === 'live') return;
    this.#state = state;
    this.#listeners.tell(state);
  }
}
