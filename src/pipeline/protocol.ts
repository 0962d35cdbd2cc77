import type { Failure, Result } from '../base/index.ts';
import type { BoxXyxy, FrameInfo, Size } from '../geometry/index.ts';
import type { ImportedModel, ImportFailure, NamedBytes } from '../runtime/index.ts';
import type { Corrections, ModelReport } from '../yolo/index.ts';

/** What may be looked for in a frame. Each task is one model. */
export type TaskName = 'objects' | 'faces';

/** How closely a picture is looked at: a still has time for a second look. */
export type Care = 'live' | 'still';

export type BackendName = 'webgl' | 'wasm' | 'cpu';

/** Where the engine lives: in its worker, or on the page's thread where a worker has no WebGL. */
export type EngineHost = 'worker' | 'page';

export interface DetectedObject {
  readonly classId: number;
  /** The label of the model's own list, in English: a stable key, not a text for people. */
  readonly label: string;
  /** 0..1 */
  readonly score: number;
  /** 0..1 of the upright, unmirrored frame. */
  readonly box: BoxXyxy;
}

export interface DetectedFace {
  /** 0..1 */
  readonly score: number;
  /** 0..1 of the upright, unmirrored frame. */
  readonly box: BoxXyxy;
}

/** One body: `points` are 17 [x, y, score] triples, x and y in 0..1 of the frame. */
export interface DetectedPose {
  readonly score: number;
  readonly box: BoxXyxy;
  readonly points: readonly (readonly [x: number, y: number, score: number])[];
}

/** Milliseconds spent on one model run. `modelMs` includes the read-back. */
export interface StageTimings {
  readonly preprocessMs: number;
  readonly modelMs: number;
  readonly postprocessMs: number;
}

/** What one task did on one frame. */
export interface TaskRun {
  readonly task: TaskName;
  readonly inputSize: Size;
  readonly timings: StageTimings;
}

/** An output that was refused (it holds NaN or infinity) or a run that threw. It never reaches the result's lists. */
export interface TaskFault {
  readonly task: TaskName;
  readonly failure: Failure<'non-finite-output' | 'model-threw'>;
}

/** Everything that was seen in one frame: plain data, safe to clone, store and send as an event's detail. */
export interface FrameResult {
  readonly frameId: number;
  readonly tMs: number;
  /** Size of the upright frame in pixels. */
  readonly size: Size;
  readonly objects: readonly DetectedObject[];
  readonly faces: readonly DetectedFace[];
  readonly poses: readonly DetectedPose[];
  /** The tasks that ran on this frame, with their times. */
  readonly runs: readonly TaskRun[];
  readonly faults: readonly TaskFault[];
  readonly timings: { readonly totalMs: number };
  /** Frames of this stream that were replaced by a newer one before they were looked at. */
  readonly dropped: number;
  readonly backend: BackendName;
}

/** What the page asks of the engine; may change between any two frames. */
export interface EngineConfig {
  readonly tasks: readonly TaskName[];
  /** Lowest score to report, 0..1, per task. */
  readonly minScore: Readonly<Record<TaskName, number>>;
  /** Long side of the network input in pixels per task; it is rounded to what the model's card allows. */
  readonly inputSizePx: Readonly<Record<TaskName, number>>;
}

export type EngineFailureCode =
  | 'backend-unavailable'
  | 'backend-wrong-numbers'
  | 'model-missing'
  | 'model-corrupt'
  | 'model-mismatch'
  | 'engine-died'
  | 'timeout';

export type EngineFailure = Failure<EngineFailureCode>;

/** Models that a person brought, in place of those that ship. Their bytes are copied to the engine: it may have to start again. */
export type BroughtModels = Readonly<Partial<Record<TaskName, ImportedModel>>>;

export interface EngineStart {
  readonly backend: BackendName;
  readonly config: EngineConfig;
  /** Size of the frames to come, so that the warm-up compiles for the right shapes. */
  readonly frameSize: Size;
  /** Let WebGL run on a software renderer (tests, or a person who forces it). */
  readonly allowSoftwareWebgl: boolean;
  readonly models?: BroughtModels;
}

export type StartStage = 'backend' | 'download' | 'build' | 'warm-up' | 'measure';

export interface StartProgress {
  readonly stage: StartStage;
  /** 0..1 over the whole start of one engine. */
  readonly fraction: number;
}

/** How a started engine did on the real models. */
export interface EngineReport {
  readonly backend: BackendName;
  readonly host: EngineHost;
  /** Bits of a float in the textures or memory of the backend. */
  readonly precisionBits: 16 | 32;
  /** Threads of the wasm backend; 1 elsewhere. */
  readonly threads: number;
  /** Whether 128-bit SIMD is in use (wasm only). */
  readonly simd: boolean;
  /** Median time of one frame with the configured tasks, after warm-up. */
  readonly frameMs: number;
}

/** Live counts for leak tests and the health page. */
export interface EngineCounts {
  readonly tensors: number;
  readonly dataBuffers: number;
  readonly bytes: number;
  readonly framesDone: number;
}

/** The door between the page and the engine, over a worker message channel or called directly. */
export interface EngineApi {
  start(request: EngineStart, onProgress: (progress: StartProgress) => void): Promise<Result<EngineReport, EngineFailure>>;
  configure(config: EngineConfig): Promise<Result<null, EngineFailure>>;
  /** Looks at one frame, a still more closely than a live one. The engine closes the bitmap, whatever happens. */
  process(info: FrameInfo, bitmap: ImageBitmap, care: Care): Promise<FrameResult>;
  counts(): Promise<EngineCounts>;
  /** Finds out what the files of a stranger are. Asked of an engine of its own, which a bad file may take down. */
  examine(files: readonly NamedBytes[], corrections: Corrections): Promise<Result<ModelReport, ImportFailure>>;
  dispose(): Promise<void>;
}
