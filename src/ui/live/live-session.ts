import type { Result } from '../../base/index.ts';
import { err, ok } from '../../base/index.ts';
import type { CameraFacts, CameraSession, Frame, FrameLedger, KeptCameraState, LensWish, OpenedVideoFile } from '../../camera/index.ts';
import { KeptCamera, VideoFrameSource, awaitCamera, listLenses, openCamera, queryCameraPermission, watchLenses } from '../../camera/index.ts';
import type { Size } from '../../geometry/index.ts';
import { isSameSize } from '../../geometry/index.ts';
import type { FrameResult, Pipeline, StreamRates, TaskName } from '../../pipeline/index.ts';
import type { Settings } from '../../store/index.ts';
import type { SettingsModel } from '../settings-model.ts';
import { interruptionOf, otherLens, showsMirrored } from './camera-choices.ts';
import { LiveBoard } from './live-board.ts';
import { LiveScreens, playOn } from './live-screens.ts';
import type { ScreenKind } from './live-screens.ts';
import type { LiveSessionParts } from './live-session-parts.ts';
import type { LastLook, LiveFailure, LiveListener, LiveState } from './live-state.ts';
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
  readonly kind: ScreenKind;
  readonly end: () => void;
  readonly camera?: CameraSession;
  readonly source?: VideoFrameSource;
}

/**
 * Joins camera, files and pipeline into one state that a view can show. It is built once and outlives the view, so that a
 * visit to the settings costs no second question for the camera. Starting one source ends the other.
 */
export class LiveSession {
  readonly #screens = new LiveScreens();
  readonly #board = new LiveBoard();
  readonly #pipeline: Pipeline;
  readonly #settings: SettingsModel;
  readonly #ledger: FrameLedger;
  readonly #configure: LiveSessionParts['configure'];
  readonly #seenRate = new SeenRate();
  #running: Running | null = null;
  #opening: AbortController | null = null;
  /** Ends the wait for a camera that could not be had. */
  #endWait: () => void = () => undefined;
  /** Tasks whose models the engine has been given. */
  #prepared: readonly TaskName[] = [];
  readonly #photoLook = new OneAtATime(() => this.#lookAtPhoto());
  #shown = false;

  constructor({ pipeline, settings, ledger, configure }: LiveSessionParts) {
    this.#pipeline = pipeline;
    this.#settings = settings;
    this.#ledger = ledger;
    this.#configure = configure;
    this.#board.set({ engine: pipeline.state });
    pipeline.subscribe({
      onState: (engine) => this.#board.set({ engine }),
      onResult: (result, rates) => this.#onResult(result, rates),
    });
    settings.subscribe((changed) => void this.#applySettings(changed));
    void this.#applySettings(settings.value);
    this.#screens.camera.addEventListener('resize', () => this.#measureVideo());
    // Browsers pause an element that leaves the document; the camera plays on for the way back.
    this.#screens.camera.addEventListener('pause', () => {
      if (this.#running?.kind === 'camera') void playOn(this.#screens.camera);
    });
    document.addEventListener('visibilitychange', () => {
      if (document.hidden && this.#running?.kind === 'camera') this.#forgetSeen();
    });
  }

  get state(): LiveState {
    return this.#board.state;
  }

  /** The element that shows the source; the view gives it a place. */
  get element(): HTMLElement {
    return this.#screens[this.#running?.kind ?? 'camera'];
  }

  /** The result that is shown now. */
  get result(): FrameResult | null {
    return this.#board.result;
  }

  /** Inputs are held smaller than they could be, for want of memory. */
  get isShortOfMemory(): boolean {
    return this.#pipeline.isShortOfMemory;
  }

  /** The last result of the source that runs or ran. */
  get last(): LastLook {
    return this.#board.last;
  }

  /** Frames made and not yet closed. */
  get openFrames(): number {
    return this.#ledger.openFrames;
  }

  /** @returns the call that ends it */
  subscribe(listener: LiveListener): () => void {
    return this.#board.subscribe(listener);
  }

  /** Opens the camera; the browser may ask the person. Call it only from a tap on a screen that says why. */
  async startCamera(): Promise<void> {
    if (this.#board.state.phase === 'asking' || this.#board.state.phase === 'starting-camera') return;
    this.#endSource();
    const opening = this.#beginOpening();
    this.#board.clear({ phase: 'starting-camera' });
    void this.#pipeline.start();
    const permission = await queryCameraPermission();
    if (!this.#isCurrent(opening)) return;
    if (permission !== 'granted') this.#board.set({ phase: 'asking' });
    const opened = await openCamera({ ...this.#wish(), signal: opening.signal });
    if (!this.#isCurrent(opening)) {
      if (opened.ok) opened.value.close();
    } else if (opened.ok) this.#keep(opened.value);
    else this.#fail(opened.failure);
  }

  /** Looks at a photo or video. What runs goes on until the file has proved readable. */
  async openFile(file: Blob): Promise<void> {
    const opening = this.#beginOpening();
    const before = this.#board.state;
    const alone = this.#running === null;
    if (alone) this.#board.set({ phase: 'opening', failure: null });
    const opened = await openPicked(file, this.#ledger, this.#screens.video);
    if (!this.#isCurrent(opening)) {
      if (opened.ok) opened.value.close();
      return;
    }
    if (!opened.ok) {
      if (alone) this.#board.set(before.phase === 'failed' ? { phase: 'failed', failure: before.failure } : { phase: 'idle' });
      this.#board.notice(opened.failure);
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
    this.#board.clear();
  }

  /** Stops looking, not showing: the preview goes on, a video file stands still. */
  setPaused(paused: boolean): void {
    if (!this.#running || this.#running.kind === 'photo' || paused === this.#board.state.paused) return;
    if (this.#running.kind === 'video') {
      if (paused) this.#screens.video.pause();
      else void this.#playFilm();
    }
    this.#board.set({ paused });
    this.#pace();
    if (paused && this.#running.kind === 'camera') this.#board.show(null, null);
  }

  /** Told by the view: without anybody looking, nothing is looked at, and the camera stays open for the way back. */
  setShown(shown: boolean): void {
    this.#shown = shown;
    this.#pace();
    if (this.#running?.kind !== 'video') return;
    if (!shown) this.#screens.video.pause();
    else if (!this.#board.state.paused) void this.#playFilm();
  }

  /** Goes to the camera that looks the other way; where none says how it looks, to the next one. */
  async flip(): Promise<void> {
    const { camera, lenses } = this.#board.state;
    if (camera) await this.#switchLens(otherLens(camera, lenses));
  }

  async chooseLens(lensId: string): Promise<void> {
    await this.#switchLens({ lensId });
  }

  async setTorch(on: boolean): Promise<void> {
    const set = await this.#running?.camera?.setTorch(on);
    if (set && !set.ok && set.failure.code !== 'closed') this.#board.notice({ code: 'control-refused', detail: set.failure.detail });
  }

  async setZoom(factor: number): Promise<void> {
    await this.#running?.camera?.setZoom(factor);
  }

  /** Takes the picture of now in full size, looks at it with full care and draws the boxes in. */
  async snapshot(): Promise<Result<Snapshot, LiveFailure>> {
    const size = this.#board.state.frameSize;
    if (!size || !this.#running) return err('engine-died', 'no picture to take');
    const takenAt = new Date();
    const canvas = new OffscreenCanvas(size.width, size.height);
    paint(canvas, this.#screens[this.#running.kind], size);
    const looked = this.#running.kind === 'photo' && this.#board.result ? ok(this.#board.result) : await this.#look(canvas);
    return looked.ok ? ok(await finishSnapshot(canvas, looked.value, this.#settings.value.tasks.includes('faces'), takenAt)) : looked;
  }

  /** Starts detection again after it failed. */
  async retryEngine(): Promise<void> {
    const started = await this.#pipeline.start();
    if (started.ok) await this.#photoLook.request();
  }

  #wish(): LensWish {
    const { lensId, facing } = this.#settings.value;
    return { lensId, facing, idealSize };
  }

  /** While nothing is looked at, the source makes no frames; the watchdog still hears that the camera is alive. */
  #wantedFps(): number {
    return this.#board.state.paused || !this.#shown ? 0 : this.#settings.value.targetFps;
  }

  #pace(): void {
    if (this.#running?.source) this.#running.source.maxFps = this.#wantedFps();
  }

  #keep(camera: CameraSession): void {
    const source = new VideoFrameSource(this.#screens.camera, this.#ledger, { maxFps: this.#wantedFps() });
    const kept = new KeptCamera({ session: camera, video: this.#screens.camera, source }, (frame) => this.#pipeline.push(frame));
    const leaveSession = camera.subscribe((event) => {
      if (event.type === 'facts' || event.type === 'stream') this.#showCamera(event.facts);
    });
    const leaveKept = kept.subscribe((state) => this.#onKept(state));
    const leaveLenses = watchLenses(() => void this.#listLenses());
    this.#running = {
      kind: 'camera',
      camera,
      source,
      end: () => {
        leaveSession();
        leaveKept();
        leaveLenses();
        kept.close();
      },
    };
    this.#pipeline.resetStream();
    this.#seenRate.reset();
    this.#board.set({ phase: 'starting-camera', failure: null });
    this.#showCamera(camera.facts);
    void this.#listLenses();
  }

  #onKept(state: KeptCameraState): void {
    const interruption = interruptionOf(state);
    if (state.phase === 'live') {
      this.#measureVideo();
      this.#board.set({ phase: 'live', failure: null });
    } else if (state.phase === 'failed') this.#fail(state.failure);
    else if (interruption) {
      if (this.#board.state.phase !== 'interrupted') this.#forgetSeen();
      // The first cause stays on the screen: what the attempts to start again run into comes after it.
      this.#board.set({ phase: 'interrupted', failure: this.#board.state.failure ?? interruption });
    }
  }

  #showCamera(camera: CameraFacts): void {
    this.#board.set({ camera, mirrored: showsMirrored(camera, this.#settings.value.mirrorFront) });
  }

  async #listLenses(): Promise<void> {
    const lenses = await listLenses().catch(() => null);
    if (lenses && this.#running?.kind === 'camera') this.#board.set({ lenses });
  }

  async #switchLens(wish: LensWish): Promise<void> {
    const camera = this.#running?.camera;
    if (!camera) return;
    this.#board.show(null, null);
    const switched = await camera.switchLens(wish);
    if (switched.ok) {
      this.#pipeline.resetStream();
      const { lensId, facing } = switched.value;
      this.#settings.change({ lensId, ...(facing ? { facing } : {}) });
    } else if (switched.failure.code !== 'aborted') this.#board.notice(switched.failure);
  }

  async #showPhoto(frame: Frame): Promise<void> {
    const { size } = frame.info;
    try {
      paint(this.#screens.photo, frame.bitmap, size);
    } finally {
      frame.close();
    }
    this.#running = { kind: 'photo', end: () => Object.assign(this.#screens.photo, { width: 1, height: 1 }) };
    this.#board.clear({ phase: 'photo', frameSize: size });
    await this.#photoLook.request();
  }

  async #lookAtPhoto(): Promise<void> {
    const running = this.#running;
    if (running?.kind !== 'photo') return;
    const looked = await this.#look(this.#screens.photo);
    if (this.#running !== running) return;
    if (looked.ok) this.#board.show(looked.value, null);
    else this.#board.notice(looked.failure);
  }

  async #look(canvas: HTMLCanvasElement | OffscreenCanvas): Promise<Result<FrameResult, LiveFailure>> {
    return this.#pipeline.detectStill(this.#ledger.record(0, await createImageBitmap(canvas)));
  }

  #showFilm(film: OpenedVideoFile): void {
    const source = new VideoFrameSource(this.#screens.video, this.#ledger, { maxFps: this.#wantedFps() });
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
    this.#board.clear({ phase: 'video', frameSize: film.size, paused: !film.playing });
    this.#pace();
  }

  async #playFilm(): Promise<void> {
    await playOn(this.#screens.video);
    if (this.#running?.kind === 'video') this.#board.set({ paused: this.#screens.video.paused });
  }

  #onResult(result: FrameResult, rates: StreamRates): void {
    const running = this.#running;
    if (!running || running.kind === 'photo' || this.#board.state.paused) return;
    if (running.kind === 'camera') this.#measureVideo();
    // A device that is turned gives frames of another shape from one moment to the next.
    const { frameSize } = this.#board.state;
    if (frameSize && !isSameSize(result.size, frameSize)) return;
    const seen = running.source?.counts.seen ?? 0;
    this.#board.show(result, { ...rates, cameraFps: this.#seenRate.at(seen, performance.now()) ?? rates.cameraFps });
  }

  async #applySettings(settings: Settings): Promise<void> {
    this.#pace();
    const { camera, engine } = this.#board.state;
    const fresh = engine.phase === 'ready' ? settings.tasks.filter((task) => !this.#prepared.includes(task)) : [];
    this.#board.set({ mirrored: showsMirrored(camera, settings.mirrorFront), preparing: fresh });
    for (const failure of await this.#configure(settings)) this.#board.notice(failure);
    if (settings !== this.#settings.value) return;
    this.#prepared = settings.tasks;
    if (fresh.length > 0) this.#board.set({ preparing: [] });
    await this.#photoLook.request();
  }

  #measureVideo(): void {
    const { videoWidth: width, videoHeight: height } = this.#screens.camera;
    if (this.#running?.kind !== 'camera' || width === 0 || height === 0) return;
    const before = this.#board.state.frameSize;
    if (before && isSameSize(before, { width, height })) return;
    if (before) this.#forgetSeen();
    this.#board.set({ frameSize: { width, height } });
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
    this.#endWait();
    const running = this.#running;
    this.#running = null;
    running?.end();
    this.#forgetSeen();
  }

  /** What was seen before says nothing about now: the boxes go, and so do the answers that are still to come. */
  #forgetSeen(): void {
    this.#pipeline.resetStream();
    this.#board.show(null, null);
  }

  #fail(failure: LiveFailure): void {
    this.#endSource();
    this.#board.clear({ phase: 'failed', failure });
    this.#endWait = awaitCamera(this.#wish(), () => this.#shown, (camera) => this.#keep(camera));
  }
}
