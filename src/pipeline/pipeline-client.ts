import type { Clock, Result } from '../base/index.ts';
import { err, messageOf, ok, systemClock, withDeadline } from '../base/index.ts';
import type { Frame } from '../camera/index.ts';
import type { Size } from '../geometry/index.ts';
import type { AdaptiveSize } from './adaptive-size.ts';
import { adaptSize, fixedSizes, initialSize, largestStep, sizesAtStep } from './adaptive-size.ts';
import type { BackendMemory } from './backend-memory.ts';
import type { StartCandidate, StartedEngine } from './choose-engine.ts';
import { chooseEngine, startNamed } from './choose-engine.ts';
import type { HostedEngine, TrustScriptUrl } from './engine-host.ts';
import { pageEngine, workerEngine } from './engine-host.ts';
import { FrameSlot } from './frame-slot.ts';
import { PendingAnswers } from './pending-answers.ts';
import type { Pipeline, PipelineListener, PipelineSettings, PipelineState, StreamRates } from './pipeline.ts';
import type { Care, EngineConfig, EngineCounts, EngineFailure, EngineReport, FrameResult, GivenBoxes, TaskName } from './protocol.ts';
import { RateMeter } from './rate-meter.ts';
import { RecoveryLimit } from './recovery-limit.ts';
import { startEngine } from './start-engine.ts';
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
}

/** A frame that takes longer than this means a hung engine: it is ended and a new one is started. */
const frameLimitMs = 20_000;
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
  readonly #recoveries = new RecoveryLimit();
  readonly #pending = new PendingAnswers();
  readonly #meters = { camera: new RateMeter(), inference: new RateMeter(), dropped: new RateMeter() };
  readonly #taskMeters = new Map<TaskName, RateMeter>();
  #settings: PipelineSettings;
  #state: PipelineState = { phase: 'idle' };
  #engine: HostedEngine | null = null;
  #starting: Promise<Result<EngineReport, EngineFailure>> | null = null;
  #adaptive: AdaptiveSize = initialSize;
  /** The frame that is being looked at; nothing else is sent to the engine before it is done. */
  #working: Promise<unknown> | null = null;
  /** Pictures that wait for a look with full care. They go before live frames, of which there is always one more. */
  #stillsWaiting = 0;
  /** Rises with every new source: results of an older one are not reported. */
  #stream = 0;

  constructor(options: PipelineOptions) {
    this.#options = options;
    this.#settings = options.settings;
    this.#clock = options.clock ?? systemClock;
  }

  get state(): PipelineState {
    return this.#state;
  }

  get config(): EngineConfig {
    return this.#configAt(this.#adaptive.step);
  }

  subscribe(listener: PipelineListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  start(): Promise<Result<EngineReport, EngineFailure>> {
    if (this.#state.phase === 'ready') return Promise.resolve(ok(this.#state.report));
    this.#starting ??= this.#start().finally(() => {
      this.#starting = null;
    });
    return this.#starting;
  }

  async configure(settings: PipelineSettings): Promise<Result<null, EngineFailure>> {
    const needsRestart = settings.backend !== this.#settings.backend || modelIds(settings) !== modelIds(this.#settings);
    this.#settings = settings;
    if (this.#starting) await this.#starting;
    if (!this.#engine) return ok(null);
    if (needsRestart) {
      this.#endEngine();
      const restarted = await this.start();
      return restarted.ok ? ok(null) : restarted;
    }
    return this.#sendConfig();
  }

  push(frame: Frame): void {
    const nowMs = this.#clock.nowMs();
    this.#meters.camera.add(nowMs);
    if (!this.#engine || this.#state.phase !== 'ready') {
      frame.close();
      return;
    }
    if (this.#slot.put(frame)) this.#meters.dropped.add(nowMs);
    if (!this.#working) this.#pump();
  }

  async detectStill(frame: Frame, given?: GivenBoxes): Promise<Result<FrameResult, EngineFailure>> {
    this.#stillsWaiting++;
    try {
      const started = await this.start();
      if (!started.ok) return started;
      while (this.#working) await this.#working;
      const engine = this.#engine;
      if (!engine) return err('engine-died', 'the engine ended while the picture waited');
      const work = this.#still(engine, frame, given).finally(() => {
        this.#working = null;
      });
      this.#working = work;
      return await work;
    } finally {
      frame.close();
      this.#stillsWaiting--;
      this.#pump();
    }
  }

  resetStream(): void {
    this.#stream++;
    this.#slot.reset();
    this.#adaptive = { ...this.#adaptive, framesAtStep: 0 };
    for (const meter of Object.values(this.#meters)) meter.reset();
    this.#taskMeters.clear();
    // Calls to an engine are done in their order: frames that are pushed from now on find nothing followed.
    if (this.#engine) void this.#pending.wait(this.#engine.api.resetTracks());
  }

  async counts(): Promise<EngineCounts | null> {
    return this.#engine && this.#state.phase === 'ready' ? this.#engine.api.counts() : null;
  }

  async dispose(): Promise<void> {
    this.resetStream();
    if (this.#engine) await withDeadline(this.#engine.api.dispose(), 1000, 'engine dispose');
    this.#endEngine();
    this.#listeners.clear();
  }

  async #start(): Promise<Result<EngineReport, EngineFailure>> {
    // An engine that could not load a model later on is still there.
    if (this.#engine) this.#endEngine();
    const chosen = await this.#choose();
    if (!chosen.ok) {
      this.#setState({ phase: 'failed', failure: chosen.failure });
      return chosen;
    }
    const { engine, report } = chosen.value;
    this.#engine = engine;
    void engine.died.then((failure) => this.#recover(engine, failure));
    this.#adaptive = initialSize;
    const configured = await this.#sendConfig();
    if (!configured.ok) return configured;
    this.#setState({ phase: 'ready', report });
    return ok(report);
  }

  async #choose(): Promise<Result<StartedEngine, EngineFailure>> {
    const { backend } = this.#settings;
    if (backend !== 'auto') return startNamed(backend, null, this.#startCandidate);
    const key = `${this.#settings.tasks.join('+')}${modelIds(this.#settings)}/${navigator.hardwareConcurrency}/${navigator.userAgent}`;
    const remembered = await this.#options.memory.recall(key);
    if (remembered) {
      const again = await startNamed(remembered.backend, remembered.host, this.#startCandidate);
      if (again.ok) return again;
      await this.#options.memory.forget();
    }
    const chosen = await chooseEngine(this.#startCandidate);
    if (chosen.ok) {
      const { backend: name, host, frameMs } = chosen.value.report;
      await this.#options.memory.remember(key, { backend: name, host, frameMs });
    }
    return chosen;
  }

  readonly #startCandidate: StartCandidate = async ({ backend, host }) => {
    const engine = host === 'worker' ? workerEngine(this.#options.trustScriptUrl) : await pageEngine();
    const request = {
      backend,
      config: this.#configAt(largestStep),
      frameSize: this.#options.frameSize ?? defaultFrameSize,
      models: this.#settings.models ?? {},
      ...(this.#settings.descriptorId === undefined ? {} : { descriptorId: this.#settings.descriptorId }),
      allowSoftwareWebgl: (this.#options.allowSoftwareWebgl ?? false) || this.#settings.backend === 'webgl',
    };
    const started = await startEngine(engine, request, (progress) => this.#setState({ phase: 'starting', backend, progress }));
    if (started.ok) return ok({ engine, report: started.value });
    engine.end();
    return started;
  };

  #configAt(step: number): EngineConfig {
    const { tasks, minScore, inputSize } = this.#settings;
    const inputSizePx = inputSize === 'auto' ? sizesAtStep(step) : fixedSizes(inputSize, tasks);
    return { tasks, minScore, inputSizePx, budgetMs: 1000 / this.#settings.targetFps, evidence: this.#settings.evidence ?? usualEvidence };
  }

  async #sendConfig(config = this.config): Promise<Result<null, EngineFailure>> {
    const engine = this.#engine;
    if (!engine) return ok(null);
    const configured = await this.#pending.wait(engine.api.configure(config));
    if (!configured.ok && engine === this.#engine) this.#setState({ phase: 'failed', failure: configured.failure });
    return configured;
  }

  #pump(): void {
    const engine = this.#engine;
    if (this.#working || !engine || this.#stillsWaiting > 0) return;
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
      await this.#recover(engine, result.failure);
      return;
    }
    if (stream !== this.#stream) return;
    this.#count(result.value);
    const full = { ...result.value, dropped: this.#slot.dropped };
    const rates = this.#rates();
    for (const listener of this.#listeners) listener.onResult?.(full, rates);
    if (this.#settings.inputSize === 'auto') this.#adapt(result.value.timings);
  }

  /** A picture that stands still is looked at in the largest size, whatever the live stream can afford. */
  async #still(engine: HostedEngine, frame: Frame, given?: GivenBoxes): Promise<Result<FrameResult, EngineFailure>> {
    const configured = await this.#sendConfig(this.#configAt(largestStep));
    if (!configured.ok) return configured;
    const result = await this.#process(engine, frame, 'still', given);
    if (result.ok) await this.#sendConfig();
    else await this.#recover(engine, result.failure);
    return result;
  }

  async #process(engine: HostedEngine, frame: Frame, care: Care, given?: GivenBoxes): Promise<Result<FrameResult, EngineFailure>> {
    try {
      const work = engine.api.process(frame.info, frame.take(), care, given);
      return await this.#pending.wait(withDeadline(work, frameLimitMs, `frame ${frame.info.id}`));
    } catch (thrown) {
      return err('engine-died', messageOf(thrown));
    }
  }

  /** By what a frame would take if nothing waited: what the scheduler lets wait must not look like room to grow. */
  #adapt({ totalMs, wantedMs = totalMs }: FrameResult['timings']): void {
    const before = this.#adaptive.step;
    this.#adaptive = adaptSize(this.#adaptive, wantedMs, this.#settings.targetFps);
    // Not waited for: while a model is being loaded the answer takes its time, and frames go on.
    if (this.#adaptive.step !== before) void this.#sendConfig();
  }

  /** A lost or hung engine is replaced; the stream goes on with the frames that come after. */
  async #recover(engine: HostedEngine, failure: EngineFailure): Promise<void> {
    if (engine !== this.#engine) return;
    this.#endEngine(failure);
    this.#setState({ phase: 'failed', failure });
    if (this.#recoveries.mayTry(this.#clock.nowMs())) await this.start();
  }

  #endEngine(failure: EngineFailure = { code: 'engine-died', detail: 'the engine was ended' }): void {
    this.#engine?.end();
    this.#engine = null;
    this.#pending.giveUp(failure);
    this.#slot.clear();
    this.#setState({ phase: 'idle' });
  }

  #rates(): StreamRates {
    const nowMs = this.#clock.nowMs();
    const { camera, inference, dropped } = this.#meters;
    const taskFps = Object.fromEntries([...this.#taskMeters].map(([task, meter]) => [task, meter.rate(nowMs)]));
    return { cameraFps: camera.rate(nowMs), inferenceFps: inference.rate(nowMs), droppedFps: dropped.rate(nowMs), taskFps };
  }

  /** Counts a result, and the tasks that ran for it. */
  #count({ runs }: FrameResult): void {
    const nowMs = this.#clock.nowMs();
    this.#meters.inference.add(nowMs);
    for (const { task } of runs) {
      const meter = this.#taskMeters.get(task) ?? new RateMeter();
      this.#taskMeters.set(task, meter);
      meter.add(nowMs);
    }
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
