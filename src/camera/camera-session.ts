import type { Failure, Result } from '../base/index.ts';
import { err, messageOf, ok, withDeadline } from '../base/index.ts';
import type { OpenedStream } from './ask-for-stream.ts';
import { askForStream, stopAll } from './ask-for-stream.ts';
import type { Insistence, LensWish } from './constraints.ts';
import { constraintSteps } from './constraints.ts';
import type { CameraFailure } from './errors.ts';
import { isAttached } from './lenses.ts';
import { replyLimitMs } from './limits.ts';
import { Listeners } from './listeners.ts';
import type { CameraPlatform } from './platform.ts';
import type { CameraFacts } from './track-facts.ts';
import { factsOf, snapZoom } from './track-facts.ts';

export type CameraEvent =
  /** The track was stopped, and another one is being opened: `stream` or `lost` follows. */
  | { readonly type: 'replacing' }
  /** Another track runs: give `stream` to the video. */
  | { readonly type: 'stream'; readonly stream: MediaStream; readonly facts: CameraFacts }
  /** The same track says something new about itself. */
  | { readonly type: 'facts'; readonly facts: CameraFacts }
  /** No track could be opened: the session is without a picture until `reopen` or `switchLens` brings one. */
  | { readonly type: 'lost'; readonly failure: CameraFailure }
  | { readonly type: 'closed' };

/** `not-offered`: the track has no such control. `refused`: it has, but did not obey. `closed`: the session is over. */
export type ControlFailure = Failure<'not-offered' | 'refused' | 'closed'>;

/**
 * One use of the camera, from the tap to the close. The track under it may be replaced (another lens, a restart);
 * the session stays. At most one track is open at any time, since most phones start no second one.
 */
export class CameraSession {
  readonly #platform: CameraPlatform;
  readonly #listeners = new Listeners<CameraEvent>();
  readonly #closing = new AbortController();
  #wish: LensWish;
  #open: OpenedStream;
  #facts: CameraFacts;
  #opened = 1;
  #wanted: { readonly torch: boolean | null; readonly zoom: number | null } = { torch: null, zoom: null };
  /** The tail of the queue of track changes: they never overlap. */
  #changes: Promise<unknown> = Promise.resolve();

  constructor(open: OpenedStream, wish: LensWish, platform: CameraPlatform) {
    this.#open = open;
    this.#wish = wish;
    this.#platform = platform;
    this.#facts = factsOf(open.track);
  }

  /** Changes with every `stream` event. */
  get stream(): MediaStream {
    return this.#open.stream;
  }

  get track(): MediaStreamTrack {
    return this.#open.track;
  }

  /** The same object until something changes. */
  get facts(): CameraFacts {
    return this.#facts;
  }

  get closed(): boolean {
    return this.#closing.signal.aborted;
  }

  /** How many streams this session was granted: 1, and one more for each change of lens and each restart. */
  get streamsOpened(): number {
    return this.#opened;
  }

  subscribe(listener: (event: CameraEvent) => void): () => void {
    return this.#listeners.add(listener);
  }

  async setTorch(on: boolean): Promise<Result<CameraFacts, ControlFailure>> {
    if (!this.#facts.controls.torch) return err('not-offered', `no torch on ${this.#facts.label}`);
    this.#wanted = { ...this.#wanted, torch: on };
    const applied = await this.#applyWanted();
    if (!applied.ok || applied.value.torchOn === on) return applied;
    this.#wanted = { ...this.#wanted, torch: applied.value.torchOn };
    return err('refused', `the torch stayed ${on ? 'off' : 'on'}`);
  }

  /** @param value in the unit of `facts.controls.zoom`; it is cut to the range and snapped to its step */
  async setZoom(value: number): Promise<Result<CameraFacts, ControlFailure>> {
    const range = this.#facts.controls.zoom;
    if (!range || !Number.isFinite(value)) return err('not-offered', `no zoom ${value} on ${this.#facts.label}`);
    this.#wanted = { ...this.#wanted, zoom: snapZoom(range, value) };
    return this.#applyWanted();
  }

  /**
   * Goes to another lens. The running track is stopped first. If the other one cannot be opened, the old lens is
   * opened again and the failure of the new one is returned; if that fails too, the track stays ended.
   */
  async switchLens(wish: LensWish, signal?: AbortSignal): Promise<Result<CameraFacts, CameraFailure>> {
    return this.#queue(async () => {
      const before = { wish: this.#wish, wanted: this.#wanted, lensId: this.#facts.lensId };
      const next = { ...(this.#wish.idealSize ? { idealSize: this.#wish.idealSize } : {}), ...wish };
      this.#wanted = { torch: null, zoom: null };
      const switched = await this.#replace(next, 'this', signal);
      if (switched.ok || this.closed) return switched;
      this.#wanted = before.wanted;
      const restored = await this.#replace({ ...before.wish, lensId: before.lensId }, 'any');
      this.#wish = before.wish;
      this.#tellIfLost(restored);
      return switched;
    });
  }

  /**
   * Opens the same lens anew; another one only if that is no longer attached, since a lens that hiccups must not turn
   * the picture to the other side. Torch and zoom are set as they were. A camera that does not start in time is busy.
   */
  async reopen(signal?: AbortSignal): Promise<Result<CameraFacts, CameraFailure>> {
    return this.#queue(async () => {
      const wish = this.#wish;
      const lensId = wish.lensId ?? this.#facts.lensId;
      const attached = await isAttached(lensId, this.#platform);
      const reopened = await this.#replace({ ...wish, lensId }, attached ? 'this' : 'any', signal);
      this.#wish = wish;
      this.#tellIfLost(reopened);
      return reopened;
    });
  }

  /** Reads the track again: some devices know their size, torch and zoom only after the first frame or a rotation. */
  refreshFacts(): CameraFacts {
    const fresh = factsOf(this.#open.track);
    if (!this.closed && JSON.stringify(fresh) !== JSON.stringify(this.#facts)) {
      this.#facts = fresh;
      this.#listeners.tell({ type: 'facts', facts: fresh });
    }
    return this.#facts;
  }

  /** Sets torch and zoom as the person left them: systems switch the torch off while the app is in the background. */
  async restoreControls(): Promise<void> {
    const { torch, zoom } = this.#wanted;
    if (torch === true || zoom !== null) await this.#applyWanted();
  }

  /** Stops the camera. A stream that is still on its way is stopped when it comes. */
  close(): void {
    if (this.closed) return;
    this.#closing.abort();
    stopAll(this.#open.stream);
    this.#listeners.tell({ type: 'closed' });
    this.#listeners.clear();
  }

  async #queue<T>(change: () => Promise<T>): Promise<T> {
    const done = this.#changes.then(change);
    this.#changes = done.catch(() => undefined);
    return done;
  }

  #tellIfLost(outcome: Result<CameraFacts, CameraFailure>): void {
    if (!outcome.ok && !this.closed) this.#listeners.tell({ type: 'lost', failure: outcome.failure });
  }

  async #replace(wish: LensWish, insistence: Insistence, signal?: AbortSignal): Promise<Result<CameraFacts, CameraFailure>> {
    const signals = signal ? [signal, this.#closing.signal] : [this.#closing.signal];
    if (signals.some((each) => each.aborted)) return err('aborted', 'the session is closed or the change was given up');
    stopAll(this.#open.stream);
    this.#listeners.tell({ type: 'replacing' });
    const asked = await askForStream(constraintSteps(wish, insistence), this.#platform, signals, 'limited');
    if (!asked.ok) return asked;
    this.#open = asked.value;
    this.#opened++;
    this.#wish = wish;
    this.#facts = factsOf(asked.value.track);
    this.#listeners.tell({ type: 'stream', stream: asked.value.stream, facts: this.#facts });
    await this.restoreControls();
    return ok(this.#facts);
  }

  /**
   * One list of image settings and nothing else: engines refuse to mix them with sizes, and each set of the list
   * is taken or left by itself.
   */
  async #applyWanted(): Promise<Result<CameraFacts, ControlFailure>> {
    if (this.closed) return err('closed', 'the session is closed');
    const { torch, zoom } = this.#wanted;
    const { controls } = this.#facts;
    const sets: { torch?: boolean; zoom?: number }[] = [];
    if (torch !== null && controls.torch) sets.push({ torch });
    if (zoom !== null && controls.zoom) sets.push({ zoom });
    try {
      const applying = this.#open.track.applyConstraints({ advanced: sets as MediaTrackConstraintSet[] });
      const applied = await withDeadline(applying, replyLimitMs, 'torch and zoom');
      return applied.ok ? ok(this.refreshFacts()) : err('refused', applied.failure.detail);
    } catch (thrown) {
      return err('refused', messageOf(thrown));
    }
  }
}
