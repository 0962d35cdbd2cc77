import type { Failure, Result } from '../../base/index.ts';
import { err, messageOf, ok } from '../../base/index.ts';
import type { FrameInfo, Size } from '../../geometry/index.ts';
import type { ImportedModel, ImportFailure, NamedBytes } from '../../runtime/index.ts';
import { shippedWasm } from '../../runtime/index.ts';
import type { BackendFailure, BackendInfo, ContextWatch } from '../../runtime/tf.ts';
import { Canary, startBackend, tensorCounts, watchContext } from '../../runtime/tf.ts';
import type { Corrections, ModelReport, ProbeOutputs, Reading, ReadingOutcome } from '../../yolo/index.ts';
import { examineModel, probeOutputs, tryReadings } from '../../yolo/tf.ts';
import type {
  BackendName,
  Care,
  EngineApi,
  EngineConfig,
  EngineCounts,
  EngineFailure,
  EngineHost,
  EngineReport,
  EngineStart,
  FrameResult,
  GivenBoxes,
  StartProgress,
  TaskFault,
} from '../protocol.ts';
import { usualEvidence } from './usual-evidence.ts';
import type { FrameLog } from './frame-log.ts';
import { FrameLook } from './frame-look.ts';
import { FramePixels } from './frame-pixels.ts';
import { LiveLook } from './live-look.ts';
import { LoadedModels } from './loaded-models.ts';
import { greyFrame, measuredFrameMs } from './measured-frame.ts';
import { OutputWatch } from './output-watch.ts';
import { rehearse } from './rehearsal.ts';
import type { Job } from './scheduler.ts';
import { StartMeter } from './start-meter.ts';
import { lookAtStill } from './still-look.ts';
import { Turns } from './turns.ts';

type OnProgress = (progress: StartProgress) => void;

/** How often a start shows that the engine lives, while the backend is made. */
const beatMs = 1_000;

const contextLost = err('engine-died', 'the WebGL context was lost');

/** Before anything is configured there is nothing to do. */
const noTasks: EngineConfig = { tasks: [], minScore: { objects: 1, faces: 1 }, inputSizePx: { objects: 32, faces: 32 }, budgetMs: 1000, evidence: usualEvidence };

/**
 * The engine: one backend, one model per task, frames in and plain results out. It runs in `worker.ts`, or on the page's
 * thread where a worker cannot have WebGL; it does not know which, but for the report.
 */
export class Engine implements EngineApi {
  readonly #host: EngineHost;
  readonly #models = new LoadedModels();
  readonly #live = new LiveLook();
  readonly #turns = new Turns();
  readonly #outputs = new OutputWatch();
  #pixels = new FramePixels(false);
  #backend: BackendInfo | null = null;
  #config: EngineConfig = noTasks;
  #frameSize: Size = { width: 640, height: 480 };
  #framesDone = 0;
  #canary: Canary | null = null;
  #context: ContextWatch | null = null;
  readonly #lost: Promise<Failure<'engine-died'>>;
  #lose: (failure: Failure<'engine-died'>) => void = () => undefined;

  constructor(host: EngineHost) {
    this.#host = host;
    this.#lost = new Promise((resolve) => (this.#lose = resolve));
  }

  async start(request: EngineStart, onProgress: OnProgress): Promise<Result<EngineReport, EngineFailure>> {
    const config = withBrought(request.config);
    this.#models.bring(request.models ?? {}, request.descriptorId ?? null);
    this.#frameSize = request.frameSize;
    const meter = new StartMeter(onProgress, this.#models.bytesToLoad(config.tasks));
    meter.enter('backend');
    const beat = setInterval(() => meter.alive('backend'), beatMs);
    const backend = await this.#startBackend(request.backend, request.allowSoftwareWebgl).finally(() => clearInterval(beat));
    if (!backend.ok) return backend;
    meter.enter('download');
    const loaded = await this.#models.load(config.tasks, (count) => meter.received(count));
    if (!loaded.ok) return loaded;
    this.#config = config;
    const jobs = this.#models.jobsFor(config.tasks);
    const frameMs = await measuredFrameMs((bitmap, onDone) => this.#rehearse(bitmap, jobs, onDone), request.frameSize, meter, request.inHaste ?? false);
    const checked = await this.check();
    if (!checked.ok) return checked;
    return ok({ ...backend.value, host: this.#host, frameMs });
  }

  /** Takes effect at once for what is loaded. The answer comes when what was missing is loaded and warm; until then it waits. */
  async configure(asked: EngineConfig): Promise<Result<null, EngineFailure>> {
    const config = withBrought(asked);
    this.#config = config;
    const missing = this.#models.missing(config.tasks);
    if (missing.length === 0) return ok(null);
    const loaded = await this.#models.load(config.tasks, () => undefined);
    if (loaded.ok) await this.#turns.take(() => this.#rehearse(greyFrame(this.#frameSize), missing));
    return loaded;
  }

  process(info: FrameInfo, bitmap: ImageBitmap, care: Care, given?: GivenBoxes): Promise<Result<FrameResult, EngineFailure>> {
    return this.#turns.take(() => this.#process(info, bitmap, care, given));
  }

  resetTracks(): Promise<void> {
    return this.#turns.take(() => {
      this.#live.reset();
      this.#pixels.forget();
      return Promise.resolve();
    });
  }

  check(): Promise<Result<null, EngineFailure>> {
    return this.#turns.take(() => this.#askCanary());
  }

  lost(): Promise<Failure<'engine-died'>> {
    return this.#lost;
  }

  counts(): Promise<EngineCounts> {
    return Promise.resolve({ ...tensorCounts(), framesDone: this.#framesDone });
  }

  examine(files: readonly NamedBytes[], corrections: Corrections): Promise<Result<ModelReport, ImportFailure>> {
    const probe: ProbeOutputs = async (model, size) => {
      const runsOnBackend = model.card.format.startsWith('tfjs');
      const backend = runsOnBackend && !this.#backend ? await this.#startBackend('wasm', false) : ok(null);
      return backend.ok ? probeOutputs(model, size) : err('graph-invalid', `no backend to run it: ${backend.failure.detail}`);
    };
    return examineModel(files, probe, corrections);
  }

  async tryReadings(model: ImportedModel, readings: readonly Reading[], picture: ImageBitmap): Promise<Result<readonly ReadingOutcome[], EngineFailure>> {
    try {
      const backend = this.#backend ? ok(null) : await this.#startBackend('wasm', false);
      return backend.ok ? await tryReadings(model, readings, picture) : backend;
    } catch (thrown) {
      return err('model-mismatch', messageOf(thrown));
    } finally {
      picture.close();
    }
  }

  dispose(): Promise<void> {
    this.#context?.end();
    this.#models.dispose();
    return Promise.resolve();
  }

  async #process(info: FrameInfo, bitmap: ImageBitmap, care: Care, given?: GivenBoxes): Promise<Result<FrameResult, EngineFailure>> {
    const startMs = performance.now();
    this.#pixels.open(bitmap);
    try {
      const look = new FrameLook(this.#pixels, sizeOf(bitmap), info.tMs, care, this.#config, this.#models);
      // Boxes that are given belong to this picture alone: nobody is followed from them.
      const alone = care === 'still' || given !== undefined;
      const { seen, wantedMs } = alone ? { seen: await lookAtStill(look, given ?? {}), wantedMs: null } : await this.#live.look(look);
      const totalMs = performance.now() - startMs;
      // What a lost context gives may look like an answer.
      if (this.#context?.isLost) return contextLost;
      const believed = await this.#believe(look.log);
      if (!believed.ok) return believed;
      return ok({
        frameId: info.id,
        tMs: info.tMs,
        size: look.size,
        ...seen,
        runs: look.log.runs,
        faults: look.log.faults,
        timings: wantedMs === null ? { totalMs } : { totalMs, wantedMs },
        dropped: 0,
        backend: this.#backend?.backend ?? 'cpu',
      });
    } finally {
      this.#pixels.close();
      this.#framesDone++;
    }
  }

  /** Nothing is said of a frame whose outputs are suspect before the canary has answered. */
  async #believe({ outputs, faults }: FrameLog): Promise<Result<null, EngineFailure>> {
    const suspicions = this.#outputs.look(outputs, faults, performance.now());
    if (suspicions.length === 0) return ok(null);
    // Twice: where an answer stays, the first may be right.
    for (let asked = 0; asked < 2; asked++) {
      const checked = await this.#askCanary();
      if (!checked.ok) return err(checked.failure.code, `${suspicions.join(', ')}: ${checked.failure.detail}`);
    }
    this.#outputs.cleared(suspicions, performance.now());
    return ok(null);
  }

  async #askCanary(): Promise<Result<null, EngineFailure>> {
    if (this.#context?.isLost) return contextLost;
    this.#canary ??= new Canary(Math.floor(Math.random() * 2 ** 31));
    return this.#canary.check();
  }

  async #rehearse(bitmap: ImageBitmap, jobs: readonly Job[], onDone?: () => void): Promise<readonly TaskFault[]> {
    this.#pixels.open(bitmap);
    try {
      const look = new FrameLook(this.#pixels, sizeOf(bitmap), 0, 'live', this.#config, this.#models);
      await rehearse(look, jobs, onDone);
      this.#live.learn(look.log.spent);
      return look.log.faults;
    } finally {
      this.#pixels.close();
    }
  }

  async #startBackend(name: BackendName, allowSoftwareWebgl: boolean): Promise<Result<BackendInfo, BackendFailure>> {
    const wasmPaths = Object.fromEntries(shippedWasm.map((file) => [file.name, file.url]));
    const started = await startBackend(name, { wasmPaths, threads: wasmThreads(this.#host), allowSoftwareWebgl });
    if (started.ok) {
      this.#backend = started.value;
      this.#pixels = new FramePixels(started.value.backend === 'webgl');
      this.#context?.end();
      this.#context = watchContext(() => this.#lose(contextLost.failure));
    }
    return started;
  }
}

/** What `embed` looks at is looked for, and reported. */
function withBrought(config: EngineConfig): EngineConfig {
  return config.tasks.includes('embed') ? { ...config, tasks: [...new Set([...config.tasks, 'landmarks'] as const)] } : config;
}

function sizeOf({ width, height }: ImageBitmap): Size {
  return { width, height };
}

/**
 * Threads need shared memory, which a page has only when it is cross-origin isolated, and its own thread waits for
 * nobody. The wasm backend takes at most half of the cores, and no more than four pay.
 */
function wasmThreads(host: EngineHost): number {
  const may = host === 'worker' && globalThis.crossOriginIsolated;
  return may ? Math.min(4, Math.max(1, Math.floor(navigator.hardwareConcurrency / 2))) : 1;
}
