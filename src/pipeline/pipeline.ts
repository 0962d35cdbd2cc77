import type { Result } from '../base/index.ts';
import type { Frame } from '../camera/index.ts';
import type { BackendName, BroughtModels, EngineConfig, EngineCounts, EngineFailure, EngineReport, EvidenceRule, FrameResult, GivenBoxes, StartProgress, DetectorTask, TaskName } from './protocol.ts';

/** Rates over the last two seconds, per second. */
export interface StreamRates {
  readonly cameraFps: number;
  readonly inferenceFps: number;
  readonly droppedFps: number;
  /** How often each task ran. */
  readonly taskFps: Readonly<Partial<Record<TaskName, number>>>;
}

export type PipelineState =
  | { readonly phase: 'idle' }
  /** `after`: why it starts again; null where nothing went wrong before. */
  | { readonly phase: 'starting'; readonly backend: BackendName; readonly progress: StartProgress; readonly after: EngineFailure | null }
  | { readonly phase: 'ready'; readonly report: EngineReport }
  | { readonly phase: 'failed'; readonly failure: EngineFailure };

/** What the person chose; the pipeline works out sizes and rates from it. */
export interface PipelineSettings {
  readonly tasks: readonly TaskName[];
  readonly minScore: Readonly<Record<DetectorTask, number>>;
  /**
   * 'auto' adapts the input size to hold `targetFps`; a number fixes the long side in pixels for the
   * objects, and the faces in proportion (for the faces alone when only they are looked for).
   */
  readonly inputSize: 'auto' | number;
  readonly targetFps: number;
  /** 'auto' measures; a name forces. */
  readonly backend: 'auto' | BackendName;
  /** Models of the person's own, in place of those that ship. */
  readonly models?: BroughtModels;
  /** Id of the descriptor that `embed` takes; the usual one without it. */
  readonly descriptorId?: string;
  /** How much evidence is taken of each face; the usual without it. */
  readonly evidence?: EvidenceRule;
}

/** The canary's last answer. */
export interface LastCheck {
  readonly passed: boolean;
  /** On the page's clock. */
  readonly atMs: number;
}

export interface PipelineListener {
  onState?(state: PipelineState): void;
  onResult?(result: FrameResult, rates: StreamRates): void;
}

/** The page's side of the pipeline: one per page, built at the entry point. */
export interface Pipeline {
  readonly state: PipelineState;
  readonly config: EngineConfig;
  subscribe(listener: PipelineListener): () => void;
  /** Chooses a backend, loads the models, warms up. Idempotent while ready or starting. */
  start(): Promise<Result<EngineReport, EngineFailure>>;
  /** Takes effect with the next frame; a change of backend or of models restarts the engine. */
  configure(settings: PipelineSettings): Promise<Result<null, EngineFailure>>;
  /** Hands over a live frame. Newest wins: a frame that still waits is closed and counted as dropped. */
  push(frame: Frame): void;
  /** Looks at a single picture at full care (no dropping); takes the frame over. `given`: boxes in place of a detector's. */
  detectStill(frame: Frame, given?: GivenBoxes): Promise<Result<FrameResult, EngineFailure>>;
  /** Forgets rates, drops and adaptation: a new source begins. */
  resetStream(): void;
  counts(): Promise<EngineCounts | null>;
  /** Asks for the canary now, between two frames; null while no engine is ready. One that gives a wrong answer is replaced. */
  check(): Promise<Result<null, EngineFailure> | null>;
  /** That of the engine that runs, or of the one that was lost by it; null before the first. */
  readonly lastCheck: LastCheck | null;
  /** Memory ran short on this device: the inputs are held smaller than they could be, until it has been quiet for some minutes. */
  readonly isShortOfMemory: boolean;
  dispose(): Promise<void>;
}
