import type { Result } from '../../base/index.ts';
import { err, messageOf, ok } from '../../base/index.ts';
import type { FrameInfo, Size } from '../../geometry/index.ts';
import type { ImportedModel, ImportFailure, ModelSource, NamedBytes } from '../../runtime/index.ts';
import { importedSource, shippedModels, shippedSource, shippedWasm } from '../../runtime/index.ts';
import type { BackendFailure, BackendInfo } from '../../runtime/tf.ts';
import { startBackend, tensorCounts } from '../../runtime/tf.ts';
import type { Detections, Detector } from '../../yolo/tf.ts';
import type { Corrections, ModelReport, ProbeOutputs, Reading, ReadingOutcome } from '../../yolo/index.ts';
import { examineModel, loadDetector, probeOutputs, tryReadings } from '../../yolo/tf.ts';
import type {
  BackendName,
  BroughtModels,
  Care,
  EngineApi,
  EngineConfig,
  EngineCounts,
  EngineFailure,
  EngineHost,
  EngineReport,
  EngineStart,
  FrameResult,
  StartProgress,
  TaskFault,
  DetectorTask,
  TaskName,
  TaskRun,
} from '../protocol.ts';
import { measuredFrameMs } from './measured-frame.ts';
import { StartMeter } from './start-meter.ts';

type OnProgress = (progress: StartProgress) => void;

/**
 * The engine: one backend, one detector per task, frames in and plain results out. It runs in `worker.ts`, or on the
 * page's thread where a worker cannot have WebGL; it does not know which, but for the report.
 */
export class Engine implements EngineApi {
  readonly #host: EngineHost;
  readonly #detectors = new Map<DetectorTask, Detector>();
  #backend: BackendInfo | null = null;
  #config: EngineConfig | null = null;
  #brought: BroughtModels = {};
  #framesDone = 0;

  constructor(host: EngineHost) {
    this.#host = host;
  }

  async start(request: EngineStart, onProgress: OnProgress): Promise<Result<EngineReport, EngineFailure>> {
    this.#brought = request.models ?? {};
    const meter = new StartMeter(onProgress, this.#bytesToLoad(request.config));
    meter.enter('backend');
    const backend = await this.#startBackend(request.backend, request.allowSoftwareWebgl);
    if (!backend.ok) return backend;
    const configured = await this.#load(request.config, meter);
    if (!configured.ok) return configured;
    const frameMs = await measuredFrameMs((info, bitmap) => this.process(info, bitmap, 'live'), request.frameSize, meter);
    return ok({ ...backend.value, host: this.#host, frameMs });
  }

  configure(config: EngineConfig): Promise<Result<null, EngineFailure>> {
    return this.#load(config, new StartMeter(() => undefined, this.#bytesToLoad(config)));
  }

  async process(info: FrameInfo, bitmap: ImageBitmap, care: Care): Promise<FrameResult> {
    const startMs = performance.now();
    const size: Size = { width: bitmap.width, height: bitmap.height };
    const runs: TaskRun[] = [];
    const faults: TaskFault[] = [];
    const found = new Map<DetectorTask, Detections['found']>();
    try {
      for (const task of (this.#config?.tasks ?? []).filter(isDetectorTask)) {
        const outcome = await this.#run(task, bitmap, care);
        if (outcome.ok) {
          const { found: list, inputSize, preprocessMs, modelMs, postprocessMs } = outcome.value;
          found.set(task, list);
          runs.push({ task, inputSize, timings: { preprocessMs, modelMs, postprocessMs } });
        } else {
          faults.push({ task, failure: outcome.failure });
        }
      }
    } finally {
      bitmap.close();
      this.#framesDone++;
    }
    return {
      frameId: info.id,
      tMs: info.tMs,
      size,
      objects: (found.get('objects') ?? []).map((object) => ({ ...object, trackId: null })),
      faces: (found.get('faces') ?? []).map(({ score, box }) => ({ score, box, trackId: null, landmarks: null, mesh: null, facts: null })),
      poses: [],
      runs,
      faults,
      timings: { totalMs: performance.now() - startMs },
      dropped: 0,
      backend: this.#backend?.backend ?? 'cpu',
    };
  }

  resetTracks(): Promise<void> {
    return Promise.resolve();
  }

  counts(): Promise<EngineCounts> {
    return Promise.resolve({ ...tensorCounts(), framesDone: this.#framesDone });
  }

  examine(files: readonly NamedBytes[], corrections: Corrections): Promise<Result<ModelReport, ImportFailure>> {
    const probe: ProbeOutputs = async (model, size) => {
      const isGraph = model.card.format === 'tfjs-graph';
      const backend = isGraph && !this.#backend ? await this.#startBackend('wasm', false) : ok(null);
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
    for (const detector of this.#detectors.values()) detector.dispose();
    this.#detectors.clear();
    return Promise.resolve();
  }

  async #startBackend(name: BackendName, allowSoftwareWebgl: boolean): Promise<Result<BackendInfo, BackendFailure>> {
    const wasmPaths = Object.fromEntries(shippedWasm.map((file) => [file.name, file.url]));
    const started = await startBackend(name, { wasmPaths, threads: wasmThreads(this.#host), allowSoftwareWebgl });
    if (started.ok) this.#backend = started.value;
    return started;
  }

  async #run(task: DetectorTask, bitmap: ImageBitmap, care: Care): Promise<Result<Detections, TaskFault['failure']>> {
    const detector = this.#detectors.get(task);
    const config = this.#config;
    if (!detector || !config) return err('model-threw', `no model is loaded for ${task}`);
    try {
      return await detector.run(bitmap, { sizePx: config.inputSizePx[task], minScore: config.minScore[task], care });
    } catch (thrown) {
      return err('model-threw', messageOf(thrown));
    }
  }

  /** Loads what the configuration needs and is not there yet; models that are no longer asked for stay warm. */
  async #load(config: EngineConfig, meter: StartMeter): Promise<Result<null, EngineFailure>> {
    for (const task of config.tasks.filter(isDetectorTask)) {
      if (this.#detectors.has(task)) continue;
      meter.enter('download');
      const detector = await loadDetector(this.#sourceOf(task), (count) => meter.received(count));
      if (!detector.ok) return detector;
      this.#detectors.set(task, detector.value);
    }
    this.#config = config;
    return ok(null);
  }

  #bytesToLoad(config: EngineConfig): number {
    const missing = config.tasks.filter(isDetectorTask).filter((task) => !this.#detectors.has(task)).map((task) => this.#sourceOf(task).card);
    return missing.flatMap((card) => card.files).reduce((sum, file) => sum + file.bytes, 0);
  }

  #sourceOf(task: DetectorTask): ModelSource {
    const brought = this.#brought[task];
    return brought ? importedSource(brought) : shippedSource(modelIdOf(task));
  }
}

function isDetectorTask(task: TaskName): task is DetectorTask {
  return task === 'objects' || task === 'faces';
}

function modelIdOf(task: DetectorTask): string {
  const model = shippedModels.find((candidate) => candidate.card.task === task);
  if (!model) throw new RangeError(`no model ships for ${task}`);
  return model.card.id;
}

/**
 * Threads need shared memory, which a page has only when it is cross-origin isolated, and its own thread waits for
 * nobody. The wasm backend takes at most half of the cores, and no more than four pay.
 */
function wasmThreads(host: EngineHost): number {
  const may = host === 'worker' && globalThis.crossOriginIsolated;
  return may ? Math.min(4, Math.max(1, Math.floor(navigator.hardwareConcurrency / 2))) : 1;
}
