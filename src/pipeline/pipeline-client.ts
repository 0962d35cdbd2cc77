import type { Clock, Result } from '../base/index.ts';
import { err, messageOf, ok, systemClock, withDeadline } from '../base/index.ts';
import type { Frame } from '../camera/index.ts';
import { systemTimers } from '../camera/index.ts';
import type { Size } from '../geometry/index.ts';
import type { AdaptiveSize } from './adaptive-size.ts';
import { adaptSize, fixedSizes, initialSize, largestStep, sizesAtStep } from './adaptive-size.ts';
import type { BackendMemory } from './backend-memory.ts';
import type { Candidate, StartCandidate, StartedEngine } from './choose-engine.ts';
import { chooseEngine, startNamed } from './choose-engine.ts';
import type { HostedEngine, TrustScriptUrl } from './engine-host.ts';
import { pageEngine, workerEngine } from './engine-host.ts';
import type { HealingTimes } from './engine-keeper.ts';
import { EngineKeeper, usualHealingTimes } from './engine-keeper.ts';
import { FaultRow } from './fault-row.ts';
import { FrameSlot } from './frame-slot.ts';
import { afterShortage, limitAt, noLimit, sizesWithin } from './memory-limit.ts';
import { nameShortage, shortageAmong } from './name-shortage.ts';
import { withPatience } from './patience.ts';
import { PendingAnswers } from './pending-answers.ts';
import type { LastCheck, Pipeline, PipelineListener, PipelineSettings, PipelineState } from './pipeline.ts';
import type { Care, EngineConfig, EngineCounts, EngineFailure, EngineReport, FrameResult, GivenBoxes } from './protocol.ts';
import { startEngine } from './start-engine.ts';
import { StreamMeters } from './stream-meters.ts';
import { usualEvidence } from './engine/usual-evidence.ts';

export interface PipelineOptions {
  readonly settings: PipelineSettings;
  readonly memory: BackendMemory;
  readonly trustScriptUrl: TrustScriptUrl;
  /** Let WebGL be chosen on a software renderer. Forcing webgl in the settings allows it too. */
  readonly allowSoftwareWebgl?: boolean;
  /** Size of the frames that the warm-up uses. */
  readonly frameSize?: Size;
  readonly clock?: Clock;
  readonly healing?: Partial<HealingTimes>;
}

/**
 * An engine that takes many times longer for a frame than it should hangs: it is replaced. The first frame after a change
 * may compile for new shapes.
 */
const frameLimit = { times: 10, leastMs: 3_000, mostMs: 20_000 } as const;
/** For the canary, which waits for the frame before it. */
const checkLimitMs = 5_000;
const defaultFrameSize: Size = { width: 1280, height: 720 };

/** Makes the page's side of the pipeline. Nothing is loaded before `start`. */
export function createPipeline(options: PipelineOptions): Pipeline {
  return new PipelineClient(options);
}

class PipelineClient implements Pipeline {
  readonly #options: PipelineOptions;
  readonly #clock: Clock;
  readonly #listeners = new Set<PipelineListener>();
  readonly #slot = new FrameSlot();
  readonly #keeper: EngineKeeper;
  readonly #faultRow = new FaultRow();
  readonly #pending = new PendingAnswers();
  readonly #meters = new StreamMeters();
  #settings: PipelineSettings;
  #state: PipelineState = { phase: 'idle' };
  #lastCheck: LastCheck | null = null;
  #adaptive: AdaptiveSize = initialSize;
  #memoryLimit = noLimit;
  /** What the engine was told last. */
  #toldSizes: EngineConfig['inputSizePx'] | null = null;
  /** The frame that is being looked at; nothing else is sent to the engine before it is done. */
  #working: Promise<unknown> | null = null;
  /** What waits for a moment without a frame: pictures that want a look with full care, and another engine. Of live frames there is always one more. */
  #held = 0;
  /** Of the frames that come: an engine that takes another's place is warm for them. */
  #frameSize: Size;
  /** The next frame may be the first of its shape on this engine. */
  #isFresh = true;
  /** Rises with every new source: results of an older one are not reported. */
  #stream = 0;

  constructor(options: PipelineOptions) {
    this.#options = options;
    this.#settings = options.settings;
    this.#clock = options.clock ?? systemClock;
    this.#frameSize = options.frameSize ?? defaultFrameSize;
    this.#keeper = new EngineKeeper({
      clock: this.#clock,
      timers: systemTimers,
      times: { ...usualHealingTimes, ...options.healing },
      choose: () => this.#choose(),
      launch: (candidate, after) => this.#startCandidate(candidate, { after, inHaste: true }),
      configure: (engine) => this.#tell(engine, this.config),
      check: (engine) => this.#check(engine),
      betweenFrames: (change) => this.#betweenFrames(change),
      onEnded: (failure) => {
        this.#pending.giveUp(failure);
        this.#slot.clear();
        this.#faultRow.reset();
        this.#isFresh = true;
        // The next one may have been told before the sizes last changed.
        this.#toldSizes = null;
      },
      onState: (state) => this.#setState(state),
    });
  }

  get state(): PipelineState {
    return this.#state;
  }

  get lastCheck(): LastCheck | null {
    return this.#lastCheck;
  }

  get isShortOfMemory(): boolean {
    return this.#largestStep < largestStep;
  }

  get config(): EngineConfig {
    return this.#configAt(this.#adaptive.step);
  }

  subscribe(listener: PipelineListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  start(): Promise<Result<EngineReport, EngineFailure>> {
    // An engine that could not load a model later on is still there.
    if (this.#state.phase === 'failed' && this.#keeper.engine) this.#keeper.end();
    return this.#keeper.start();
  }

  async configure(settings: PipelineSettings): Promise<Result<null, EngineFailure>> {
    const needsRestart = settings.backend !== this.#settings.backend || modelIds(settings) !== modelIds(this.#settings);
    this.#settings = settings;
    await this.#keeper.settled();
    if (!needsRestart) return this.#sendConfig();
    if (this.#state.phase === 'idle') return ok(null);
    this.#keeper.end();
    const restarted = await this.start();
    return restarted.ok ? ok(null) : restarted;
  }

  push(frame: Frame): void {
    const nowMs = this.#clock.nowMs();
    this.#meters.arrived(nowMs);
    if (!this.#keeper.engine || this.#state.phase !== 'ready') {
      frame.close();
      return;
    }
    if (this.#slot.put(frame)) this.#meters.dropped(nowMs);
    if (!this.#working) this.#pump();
  }

  async detectStill(frame: Frame, given?: GivenBoxes): Promise<Result<FrameResult, EngineFailure>> {
    this.#held++;
    try {
      const started = await this.start();
      if (!started.ok) return started;
      while (this.#working) await this.#working;
      const { engine } = this.#keeper;
      if (!engine) return err('engine-died', 'the engine ended while the picture waited');
      const work = this.#still(engine, frame, given).finally(() => {
        this.#working = null;
      });
      this.#working = work;
      return await work;
    } finally {
      frame.close();
      this.#held--;
      this.#pump();
    }
  }

  resetStream(): void {
    this.#stream++;
    this.#slot.reset();
    this.#adaptive = { ...this.#adaptive, framesAtStep: 0 };
    this.#meters.reset();
    // Calls to an engine are done in their order: frames that are pushed from now on find nothing followed.
    const { engine } = this.#keeper;
    if (engine) void this.#pending.wait(engine.api.resetTracks());
  }

  async counts(): Promise<EngineCounts | null> {
    const { engine } = this.#keeper;
    if (!engine || this.#state.phase !== 'ready') return null;
    const counts = await this.#pending.wait(engine.api.counts());
    return 'ok' in counts ? null : counts;
  }

  async check(): Promise<Result<null, EngineFailure> | null> {
    const { engine } = this.#keeper;
    if (!engine || this.#state.phase !== 'ready') return null;
    const checked = await this.#check(engine);
    if (!checked.ok) this.#keeper.lost(engine, checked.failure);
    return checked;
  }

  async dispose(): Promise<void> {
    this.resetStream();
    const { engine } = this.#keeper;
    if (engine) await withDeadline(engine.api.dispose(), 1000, 'engine dispose');
    this.#keeper.end();
    this.#listeners.clear();
  }

  async #choose(): Promise<Result<StartedEngine, EngineFailure>> {
    const { backend } = this.#settings;
    if (backend !== 'auto') return startNamed(backend, null, this.#measureCandidate);
    const key = `${this.#settings.tasks.join('+')}${modelIds(this.#settings)}/${navigator.hardwareConcurrency}/${navigator.userAgent}`;
    const remembered = await this.#options.memory.recall(key);
    if (remembered) {
      const again = await startNamed(remembered.backend, remembered.host, this.#measureCandidate);
      if (again.ok) return again;
      await this.#options.memory.forget();
    }
    const chosen = await chooseEngine(this.#measureCandidate);
    // The last resort is not the device's best, only what was left today.
    if (chosen.ok && chosen.value.report.backend !== 'cpu') {
      const { backend: name, host, frameMs } = chosen.value.report;
      await this.#options.memory.remember(key, { backend: name, host, frameMs });
    }
    return chosen;
  }

  readonly #measureCandidate: StartCandidate = (candidate) => this.#startCandidate(candidate, { after: null, inHaste: false });

  /** @param how.inHaste for one that takes the place of another: the state tells of it only where nothing runs meanwhile */
  async #startCandidate({ backend, host }: Candidate, { after, inHaste }: { readonly after: EngineFailure | null; readonly inHaste: boolean }): Promise<Result<StartedEngine, EngineFailure>> {
    const isSeen = !inHaste || after !== null;
    const engine = host === 'worker' ? workerEngine(this.#options.trustScriptUrl) : await pageEngine();
    const request = {
      backend,
      config: this.#configAt(inHaste ? this.#adaptive.step : largestStep),
      inHaste,
      frameSize: this.#frameSize,
      models: this.#settings.models ?? {},
      ...(this.#settings.descriptorId === undefined ? {} : { descriptorId: this.#settings.descriptorId }),
      allowSoftwareWebgl: (this.#options.allowSoftwareWebgl ?? false) || this.#settings.backend === 'webgl',
    };
    const answer = await startEngine(engine, request, (progress) => {
      if (isSeen) this.#setState({ phase: 'starting', backend, progress, after });
    });
    const started = nameShortage(answer);
    if (started.ok) {
      // No start is over without it.
      this.#lastCheck = { passed: true, atMs: this.#clock.nowMs() };
      return ok({ engine, report: started.value });
    }
    engine.end();
    if (started.failure.code === 'out-of-memory') this.#ranShort(request.config);
    return started;
  }

  #configAt(step: number): EngineConfig {
    const { tasks, minScore, inputSize } = this.#settings;
    const wished = inputSize === 'auto' ? sizesAtStep(step) : fixedSizes(inputSize, tasks);
    return { tasks, minScore, inputSizePx: sizesWithin(wished, this.#largestStep), budgetMs: 1000 / this.#settings.targetFps, evidence: this.#settings.evidence ?? usualEvidence };
  }

  /** What memory allows. */
  get #largestStep(): number {
    return limitAt(this.#memoryLimit, this.#clock.nowMs());
  }

  #ranShort({ inputSizePx }: EngineConfig): void {
    this.#memoryLimit = afterShortage(this.#memoryLimit, inputSizePx, this.#clock.nowMs());
  }

  async #sendConfig(config = this.config): Promise<Result<null, EngineFailure>> {
    const { engine } = this.#keeper;
    if (!engine) return ok(null);
    this.#isFresh = true;
    const configured = await this.#tell(engine, config);
    if (!configured.ok && engine === this.#keeper.engine) this.#setState({ phase: 'failed', failure: configured.failure });
    return configured;
  }

  #tell(engine: HostedEngine, config: EngineConfig): Promise<Result<null, EngineFailure>> {
    this.#toldSizes = config.inputSizePx;
    return this.#pending.wait(engine.api.configure(config));
  }

  async #check(engine: HostedEngine): Promise<Result<null, EngineFailure>> {
    const limitMs = checkLimitMs + this.#frameLimitMs();
    const answer = await this.#pending.wait(withPatience(engine.api.check(), limitMs, 'the canary', this.#clock));
    const checked = answer.ok ? answer.value : answer;
    this.#lastCheck = { passed: checked.ok, atMs: this.#clock.nowMs() };
    return checked;
  }

  async #betweenFrames(change: () => void): Promise<void> {
    this.#held++;
    try {
      while (this.#working) await this.#working;
      change();
    } finally {
      this.#held--;
      this.#pump();
    }
  }

  #pump(): void {
    const { engine } = this.#keeper;
    if (this.#working || !engine || this.#held > 0) return;
    const frame = this.#slot.take();
    if (!frame) return;
    this.#working = this.#look(engine, frame, this.#stream).finally(() => {
      this.#working = null;
      this.#pump();
    });
  }

  async #look(engine: HostedEngine, frame: Frame, stream: number): Promise<void> {
    const result = await this.#process(engine, frame, 'live');
    if (!result.ok) {
      this.#keeper.lost(engine, result.failure);
      return;
    }
    const doubt = this.#faultRow.add(result.value);
    if (doubt) void this.#keeper.doubt(engine, doubt);
    if (stream !== this.#stream) return;
    const nowMs = this.#clock.nowMs();
    this.#meters.looked(result.value, nowMs);
    const full = { ...result.value, dropped: this.#slot.dropped };
    const rates = this.#meters.rates(nowMs);
    for (const listener of this.#listeners) listener.onResult?.(full, rates);
    this.#adapt(result.value.timings);
  }

  /** A picture that stands still is looked at in the largest size, whatever the live stream can afford. */
  async #still(engine: HostedEngine, frame: Frame, given?: GivenBoxes): Promise<Result<FrameResult, EngineFailure>> {
    const configured = await this.#sendConfig(this.#configAt(largestStep));
    if (!configured.ok) return configured;
    const result = await this.#process(engine, frame, 'still', given);
    if (result.ok) await this.#sendConfig();
    else this.#keeper.lost(engine, result.failure);
    return result;
  }

  async #process(engine: HostedEngine, frame: Frame, care: Care, given?: GivenBoxes): Promise<Result<FrameResult, EngineFailure>> {
    this.#frameSize = frame.info.size;
    try {
      const work = engine.api.process(frame.info, frame.take(), care, given);
      const answer = await this.#pending.wait(withPatience(work, care === 'still' ? frameLimit.mostMs : this.#frameLimitMs(), `frame ${frame.info.id}`, this.#clock));
      const result = nameShortage(answer.ok ? answer.value : answer);
      const failure = result.ok ? shortageAmong(result.value.faults) : result.failure;
      if (failure?.code === 'out-of-memory') this.#ranShort(care === 'still' ? this.#configAt(largestStep) : this.config);
      if (failure) return { ok: false, failure };
      this.#isFresh = false;
      return result;
    } catch (thrown) {
      return err('engine-died', messageOf(thrown));
    }
  }

  /** By what a frame would take if nothing waited: what the scheduler lets wait must not look like room to grow. */
  #adapt({ totalMs, wantedMs = totalMs }: FrameResult['timings']): void {
    if (this.#settings.inputSize === 'auto') {
      const adapted = adaptSize(this.#adaptive, wantedMs, this.#settings.targetFps);
      this.#adaptive = { ...adapted, step: Math.min(adapted.step, this.#largestStep) };
    }
    const { objects, faces } = this.config.inputSizePx;
    // Not waited for: while a model is being loaded the answer takes its time, and frames go on.
    if (objects !== this.#toldSizes?.objects || faces !== this.#toldSizes.faces) void this.#sendConfig();
  }

  #frameLimitMs(): number {
    const { times, leastMs, mostMs } = frameLimit;
    return this.#isFresh ? mostMs : Math.min(mostMs, Math.max(leastMs, times * (this.#keeper.report?.frameMs ?? mostMs)));
  }

  #setState(state: PipelineState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener.onState?.(state);
  }
}

/** Tells one choice of models from another; empty for the models that ship. */
function modelIds({ models = {} }: PipelineSettings): string {
  return Object.entries(models)
    .map(([task, model]) => `/${task}:${model.card.id}`)
    .join('');
}
