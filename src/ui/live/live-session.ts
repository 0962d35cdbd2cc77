import type { Result } from '../../base/index.ts';
import { err, ok } from '../../base/index.ts';
import type { CameraFacts, CameraSession, Frame, FrameLedger, KeptCameraState, LensWish, OpenedVideoFile } from '../../camera/index.ts';
import { KeptCamera, VideoFrameSource, listLenses, openCamera, queryCameraPermission } from '../../camera/index.ts';
import type { Size } from '../../geometry/index.ts';
import type { FrameResult, Pipeline, StreamRates } from '../../pipeline/index.ts';
import type { Settings } from '../../store/index.ts';
import type { SettingsModel } from '../settings-model.ts';
import { interruptionOf, otherLens, showsMirrored } from './camera-choices.ts';
import type { LiveSessionParts } from './live-session-parts.ts';
import type { LiveFailure, LiveListener, LiveState } from './live-state.ts';
import { idleState } from './live-state.ts';
import { OneAtATime } from './one-at-a-time.ts';
import { paint } from './paint.ts';
import { openPicked } from './open-picked.ts';
import { SeenRate } from './seen-rate.ts';
import type { Snapshot } from './snapshot.ts';
import { finishSnapshot } from './snapshot.ts';

/** Wanted camera size: enough for the largest network input, small enough for every phone's bus. */
const idealSize: Size = { width: 1280, height: 720 };

/** A source that runs, and how it ends. */
interface Running {
  readonly kind: 'camera' | 'video' | 'photo';
  readonly end: () => void;
  readonly camera?: CameraSession;
  readonly source?: VideoFrameSource;
}

/**
 * Joins camera, files and pipeline into one state that a view can show. It is built once and outlives the view, so that a
 * visit to the settings costs no second question for the camera. Starting one source ends the other.
 */
export class LiveSession {
  readonly #video = document.createElement('video');
  /** Plays a video file; apart from the camera's element, which goes on until the file has proved readable. */
  readonly #film = document.createElement('video');
  /** Shows a photo, upright, in full size. */
  readonly #picture = document.createElement('canvas');
  readonly #pipeline: Pipeline;
  readonly #settings: SettingsModel;
  readonly #ledger: FrameLedger;
  readonly #configure: LiveSessionParts['configure'];
  readonly #listeners = new Set<LiveListener>();
  readonly #unheard: LiveFailure[] = [];
  readonly #seenRate = new SeenRate();
  #state: LiveState = idleState;
  #running: Running | null = null;
  #opening: AbortController | null = null;
  #result: FrameResult | null = null;
  #last: LiveSession['last'] = { result: null, rates: null };
  readonly #photoLook = new OneAtATime(() => this.#lookAtPhoto());
  #shown = false;

  constructor({ pipeline, settings, ledger, configure }: LiveSessionParts) {
    this.#pipeline = pipeline;
    this.#settings = settings;
    this.#ledger = ledger;
    this.#configure = configure;
    this.#state = { ...idleState, engine: pipeline.state };
    pipeline.subscribe({
      onState: (engine) => this.#set({ engine }),
      onResult: (result, rates) => this.#onResult(result, rates),
    });
    settings.subscribe((changed) => void this.#applySettings(changed));
    void this.#applySettings(settings.value);
    this.#video.addEventListener('resize', () => this.#measureVideo());
    // Browsers pause an element that leaves the document; the camera plays on for the way back.
    this.#video.addEventListener('pause', () => {
      if (this.#running?.kind === 'camera') void this.#playOn(this.#video);
    });
  }

  get state(): LiveState {
    return this.#state;
  }

  /** The element that shows the source; the view gives it a place. */
  get element(): HTMLElement {
    if (this.#running?.kind === 'photo') return this.#picture;
    return this.#running?.kind === 'video' ? this.#film : this.#video;
  }

  /** The result that is shown now. */
  get result(): FrameResult | null {
    return this.#result;
  }

  /** The last result of the source that runs or ran, for a health check. */
  get last(): { readonly result: FrameResult | null; readonly rates: StreamRates | null } {
    return this.#last;
  }

  /** Frames made and not yet closed. */
  get openFrames(): number {
    return this.#ledger.openFrames;
  }

  /** @returns the call that ends it */
  subscribe(listener: LiveListener): () => void {
    this.#listeners.add(listener);
    if (listener.onNotice) for (const failure of this.#unheard.splice(0)) listener.onNotice(failure);
    return () => void this.#listeners.delete(listener);
  }

  /** Opens the camera; the browser may ask the person. Call it only from a tap on a screen that says why. */
  async startCamera(): Promise<void> {
    if (this.#state.phase === 'asking' || this.#state.phase === 'starting-camera') return;
    this.#endSource();
    const opening = this.#beginOpening();
    this.#set({ ...this.#blank(), phase: 'starting-camera' });
    void this.#pipeline.start();
    const permission = await queryCameraPermission();
    if (!this.#isCurrent(opening)) return;
    if (permission !== 'granted') this.#set({ phase: 'asking' });
    const { lensId, facing } = this.#settings.value;
    const opened = await openCamera({ lensId, facing, idealSize, signal: opening.signal });
    if (!opened.ok) {
      if (this.#isCurrent(opening)) this.#fail(opened.failure);
      return;
    }
    if (this.#isCurrent(opening)) this.#keep(opened.value);
    else opened.value.close();
  }

  /** Looks at a photo or video. What runs goes on until the file has proved readable. */
  async openFile(file: Blob): Promise<void> {
    const opening = this.#beginOpening();
    const before = this.#state;
    const alone = this.#running === null;
    if (alone) this.#set({ phase: 'opening', failure: null });
    const opened = await openPicked(file, this.#ledger, this.#film);
    if (!this.#isCurrent(opening)) {
      if (opened.ok) opened.value.close();
      return;
    }
    if (!opened.ok) {
      if (alone) this.#set(before.phase === 'failed' ? { phase: 'failed', failure: before.failure } : { phase: 'idle' });
      this.#notice(opened.failure);
      return;
    }
    this.#endSource();
    if (opened.value.kind === 'photo') await this.#showPhoto(opened.value.frame);
    else this.#showFilm(opened.value.film);
  }

  /** Ends the camera, photo or video and goes back to the start. */
  stop(): void {
    this.#opening?.abort();
    this.#opening = null;
    this.#endSource();
    this.#set(this.#blank());
  }

  /** Stops looking, not showing: the preview goes on, a video file stands still. */
  setPaused(paused: boolean): void {
    if (!this.#running || this.#running.kind === 'photo' || paused === this.#state.paused) return;
    if (this.#running.kind === 'video') {
      if (paused) this.#film.pause();
      else void this.#playFilm();
    }
    this.#set({ paused });
    this.#pace();
    if (paused && this.#running.kind === 'camera') this.#showResult(null, null);
  }

  /** Told by the view: without anybody looking, nothing is looked at, and the camera stays open for the way back. */
  setShown(shown: boolean): void {
    this.#shown = shown;
    this.#pace();
    if (this.#running?.kind !== 'video') return;
    if (!shown) this.#film.pause();
    else if (!this.#state.paused) void this.#playFilm();
  }

  /** Goes to the camera that looks the other way; where none says how it looks, to the next one. */
  async flip(): Promise<void> {
    const { camera, lenses } = this.#state;
    if (camera) await this.#switchLens(otherLens(camera, lenses));
  }

  async chooseLens(lensId: string): Promise<void> {
    await this.#switchLens({ lensId });
  }

  async setTorch(on: boolean): Promise<void> {
    const set = await this.#running?.camera?.setTorch(on);
    if (set && !set.ok && set.failure.code !== 'closed') this.#notice({ code: 'control-refused', detail: set.failure.detail });
  }

  async setZoom(factor: number): Promise<void> {
    await this.#running?.camera?.setZoom(factor);
  }

  /** Takes the picture of now in full size, looks at it with full care and draws the boxes in. */
  async snapshot(): Promise<Result<Snapshot, LiveFailure>> {
    const size = this.#state.frameSize;
    if (!size || !this.#running) return err('engine-died', 'no picture to take');
    const takenAt = new Date();
    const sources = { photo: this.#picture, video: this.#film, camera: this.#video } as const;
    const canvas = new OffscreenCanvas(size.width, size.height);
    paint(canvas, sources[this.#running.kind], size);
    const looked = this.#running.kind === 'photo' && this.#result ? ok(this.#result) : await this.#look(canvas);
    return looked.ok ? ok(await finishSnapshot(canvas, looked.value, takenAt)) : looked;
  }

  /** Starts detection again after it failed. */
  async retryEngine(): Promise<void> {
    const started = await this.#pipeline.start();
    if (started.ok) await this.#photoLook.request();
  }

  /** While nothing is looked at, the source makes no frames; the watchdog still hears that the camera is alive. */
  #wantedFps(): number {
    return this.#state.paused || !this.#shown ? 0 : this.#settings.value.targetFps;
  }

  #pace(): void {
    if (this.#running?.source) this.#running.source.maxFps = this.#wantedFps();
  }

  #keep(camera: CameraSession): void {
    const source = new VideoFrameSource(this.#video, this.#ledger, { maxFps: this.#wantedFps() });
    const kept = new KeptCamera({ session: camera, video: this.#video, source }, (frame) => this.#pipeline.push(frame));
    const leaveSession = camera.subscribe((event) => {
      if (event.type === 'facts' || event.type === 'stream') this.#showCamera(event.facts);
    });
    const leaveKept = kept.subscribe((state) => this.#onKept(state));
    this.#running = {
      kind: 'camera',
      camera,
      source,
      end: () => {
        leaveSession();
        leaveKept();
        kept.close();
      },
    };
    this.#pipeline.resetStream();
    this.#seenRate.reset();
    this.#set({ phase: 'starting-camera' });
    this.#showCamera(camera.facts);
    void this.#listLenses();
  }

  #onKept(state: KeptCameraState): void {
    const interruption = interruptionOf(state);
    if (state.phase === 'live') {
      this.#measureVideo();
      this.#set({ phase: 'live', failure: null });
    } else if (state.phase === 'failed') this.#fail(state.failure);
    else if (interruption) {
      // The first cause stays on the screen: what the attempts to start again run into comes after it.
      this.#set({ phase: 'interrupted', failure: this.#state.failure ?? interruption });
      this.#showResult(null, null);
    }
  }

  #showCamera(camera: CameraFacts): void {
    this.#set({ camera, mirrored: showsMirrored(camera, this.#settings.value.mirrorFront) });
  }

  async #listLenses(): Promise<void> {
    const lenses = await listLenses();
    if (this.#running?.kind === 'camera') this.#set({ lenses });
  }

  async #switchLens(wish: LensWish): Promise<void> {
    const camera = this.#running?.camera;
    if (!camera) return;
    this.#showResult(null, null);
    const switched = await camera.switchLens(wish);
    if (switched.ok) {
      this.#pipeline.resetStream();
      const { lensId, facing } = switched.value;
      this.#settings.change({ lensId, ...(facing ? { facing } : {}) });
    } else if (switched.failure.code !== 'aborted') this.#notice(switched.failure);
  }

  async #showPhoto(frame: Frame): Promise<void> {
    const { size } = frame.info;
    try {
      paint(this.#picture, frame.bitmap, size);
    } finally {
      frame.close();
    }
    this.#running = { kind: 'photo', end: () => Object.assign(this.#picture, { width: 1, height: 1 }) };
    this.#set({ ...this.#blank(), phase: 'photo', frameSize: size });
    await this.#photoLook.request();
  }

  async #lookAtPhoto(): Promise<void> {
    const running = this.#running;
    if (running?.kind !== 'photo') return;
    const looked = await this.#look(this.#picture);
    if (this.#running !== running) return;
    if (looked.ok) this.#showResult(looked.value, null);
    else this.#notice(looked.failure);
  }

  async #look(canvas: HTMLCanvasElement | OffscreenCanvas): Promise<Result<FrameResult, LiveFailure>> {
    return this.#pipeline.detectStill(this.#ledger.record(0, await createImageBitmap(canvas)));
  }

  #showFilm(film: OpenedVideoFile): void {
    const source = new VideoFrameSource(this.#film, this.#ledger, { maxFps: this.#wantedFps() });
    this.#running = {
      kind: 'video',
      source,
      end: () => {
        source.stop();
        film.close();
      },
    };
    this.#seenRate.reset();
    void this.#pipeline.start();
    source.start((frame) => this.#pipeline.push(frame));
    this.#set({ ...this.#blank(), phase: 'video', frameSize: film.size, paused: !film.playing });
    this.#pace();
  }

  async #playFilm(): Promise<void> {
    await this.#playOn(this.#film);
    if (this.#running?.kind === 'video') this.#set({ paused: this.#film.paused });
  }

  async #playOn(element: HTMLVideoElement): Promise<void> {
    try {
      await element.play();
    } catch {
      // The browser wants a tap, or another source took this one's place: both show themselves, the one as a pause.
    }
  }

  #onResult(result: FrameResult, rates: StreamRates): void {
    const running = this.#running;
    if (!running || running.kind === 'photo' || this.#state.paused) return;
    const seen = running.source?.counts.seen ?? 0;
    this.#showResult(result, { ...rates, cameraFps: this.#seenRate.at(seen, performance.now()) ?? rates.cameraFps });
  }

  #showResult(result: FrameResult | null, rates: StreamRates | null): void {
    this.#result = result;
    if (result) this.#last = { result, rates };
    for (const listener of this.#listeners) listener.onResult?.(result, rates);
  }

  async #applySettings(settings: Settings): Promise<void> {
    this.#pace();
    this.#set({ mirrored: showsMirrored(this.#state.camera, settings.mirrorFront) });
    for (const failure of await this.#configure(settings)) this.#notice(failure);
    await this.#photoLook.request();
  }

  #measureVideo(): void {
    const { videoWidth: width, videoHeight: height } = this.#video;
    if (this.#running?.kind !== 'camera' || width === 0 || height === 0) return;
    const before = this.#state.frameSize;
    if (before?.width !== width || before.height !== height) this.#set({ frameSize: { width, height } });
  }

  #beginOpening(): AbortController {
    this.#opening?.abort();
    this.#opening = new AbortController();
    return this.#opening;
  }

  /** False once another opening began, or the person gave this one up. */
  #isCurrent(opening: AbortController): boolean {
    return this.#opening === opening;
  }

  #endSource(): void {
    const running = this.#running;
    this.#running = null;
    running?.end();
    this.#pipeline.resetStream();
    this.#showResult(null, null);
  }

  #fail(failure: LiveFailure): void {
    this.#endSource();
    this.#set({ ...this.#blank(), phase: 'failed', failure });
  }

  #notice(failure: LiveFailure): void {
    if (this.#listeners.size === 0) this.#unheard.push(failure);
    for (const listener of this.#listeners) listener.onNotice?.(failure);
  }

  #blank(): LiveState {
    return { ...idleState, engine: this.#state.engine };
  }

  #set(patch: Partial<LiveState>): void {
    this.#state = { ...this.#state, ...patch };
    for (const listener of this.#listeners) listener.onState?.(this.#state);
  }
}
