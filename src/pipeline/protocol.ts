import type { Failure, Result } from '../base/index.ts';
import type { BoxXyxy, FrameInfo, Size } from '../geometry/index.ts';
import type { QualityVerdict, RgbaImage } from '../faces/index.ts';
import type { FaceFacts, PointList, PoseFacts } from '../landmarks/index.ts';
import type { ImportedModel, ImportFailure, NamedBytes } from '../runtime/index.ts';
import type { Corrections, ModelReport, Reading, ReadingOutcome } from '../yolo/index.ts';

/** Tasks that find boxes in the whole frame, each by one model. */
export type DetectorTask = 'objects' | 'faces';

/** Tasks that find points in a part of the frame: `landmarks` and `mesh` in each face, `pose` in each person. */
export type PointsTask = 'landmarks' | 'mesh' | 'pose';

/** Takes evidence of who a face is, and of whether it is a living one. */
export type EvidenceTask = 'embed';

/**
 * What may be looked for in a frame. `embed` brings the faces and their landmarks along; on a still those that are near, or all where `faces` is asked for too. A task of points brings its detector along: it runs as often as the following of
 * the faces or persons needs it, and its boxes are reported only if it is asked for by name.
 */
export type TaskName = DetectorTask | PointsTask | EvidenceTask;

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
  /** The same for one object as long as it is followed; counts from 1. null on a still. */
  readonly trackId: number | null;
}

/** What one look at a face tells of who it is. It stays with the face until the next look: its time tells two apart. */
export interface FaceEvidence {
  /** Of the frame in which it was taken. */
  readonly tMs: number;
  /** Of this face by itself: how many faces there may be is for the view to say. */
  readonly verdict: QualityVerdict;
  /** null where the shot was not good enough, or enough of them were taken. A still has it whatever the verdict. */
  readonly descriptor: { readonly modelId: string; readonly values: Float32Array } | null;
  /** What the two networks of liveness say, 0..1, as they give it; null where they were not asked. */
  readonly liveness: number | null;
  readonly antispoof: number | null;
  /** Height of the peak that the grid of a screen or a print leaves in the spectrum; null where it was not measured. */
  readonly moire: number | null;
  /** The face as the descriptor saw it, where it is asked for. */
  readonly chip: RgbaImage | null;
}

/** One face. It has points where a task of points is on and the model took what it saw for a face. */
export interface DetectedFace {
  /** 0..1 */
  readonly score: number;
  /** 0..1 of the upright, unmirrored frame. */
  readonly box: BoxXyxy;
  readonly trackId: number | null;
  /** 68 points in the order of iBUG 300-W. */
  readonly landmarks: PointList | null;
  /** 468 points of MediaPipe's face mesh. */
  readonly mesh: PointList | null;
  readonly facts: FaceFacts | null;
  /** Where `embed` is on and has looked. */
  readonly evidence: FaceEvidence | null;
}

/** One body: 17 key points in the order of COCO. */
export interface DetectedPose {
  /** 0..1 */
  readonly score: number;
  readonly box: BoxXyxy;
  readonly trackId: number | null;
  readonly points: PointList;
  readonly facts: PoseFacts;
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
  /**
   * The tasks that ran on this frame, with their times. A task that was asked for and is not among them waited for its
   * turn: its list holds what was last seen, moved along with its tracks.
   */
  readonly runs: readonly TaskRun[];
  readonly faults: readonly TaskFault[];
  readonly timings: {
    readonly totalMs: number;
    /** What a live frame of this stream would take if no task had to wait, by what each took of late. */
    readonly wantedMs?: number;
  };
  /** Frames of this stream that were replaced by a newer one before they were looked at. */
  readonly dropped: number;
  readonly backend: BackendName;
}

/** How much evidence `embed` takes of one face that is followed. A still always gets all there is. */
export interface EvidenceRule {
  /** Least time between two descriptors of one face. */
  readonly descriptorEveryMs: number;
  /** Descriptors of one face that are enough for now. */
  readonly enoughPerTrack: number;
  /** When a face that has enough gets others. */
  readonly againAfterMs: number;
  /** Whether the passive cues of life are measured: the scores of both networks, and the grid of a screen. */
  readonly cues: boolean;
  /** Whether the pixels of the face come along. */
  readonly chip: boolean;
}

/** What the page asks of the engine; may change between any two frames. */
export interface EngineConfig {
  readonly tasks: readonly TaskName[];
  /** Lowest score to report, 0..1, per task. */
  readonly minScore: Readonly<Record<DetectorTask, number>>;
  /** Long side of the network input in pixels per detector; it is rounded to what the model's card allows. */
  readonly inputSizePx: Readonly<Record<DetectorTask, number>>;
  /** Time that all tasks together may take of one live frame: the scheduler lets tasks wait to hold it. */
  readonly budgetMs: number;
  readonly evidence: EvidenceRule;
}

/** Boxes in 0..1 of the frame. */
export interface GivenBoxes {
  readonly faces?: readonly BoxXyxy[];
  readonly persons?: readonly BoxXyxy[];
}

export type EngineFailureCode =
  | 'backend-unavailable'
  | 'backend-wrong-numbers'
  | 'model-missing'
  | 'model-corrupt'
  | 'model-mismatch'
  | 'engine-died'
  | 'out-of-memory'
  | 'timeout';

export type EngineFailure = Failure<EngineFailureCode>;

/** Models that a person brought, in place of those that ship. Their bytes are copied to the engine: it may have to start again. */
export type BroughtModels = Readonly<Partial<Record<DetectorTask, ImportedModel>>>;

export interface EngineStart {
  readonly backend: BackendName;
  readonly config: EngineConfig;
  /** Size of the frames to come, so that the warm-up compiles for the right shapes. */
  readonly frameSize: Size;
  /** Let WebGL run on a software renderer (tests, or a person who forces it). */
  readonly allowSoftwareWebgl: boolean;
  readonly models?: BroughtModels;
  /** Id of the descriptor that `embed` takes; the usual one without it. */
  readonly descriptorId?: string;
  /** Be ready soon rather than measure: a frame is timed once, with its warm-up. */
  readonly inHaste?: boolean;
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
  /**
   * Looks at one frame, a still more closely than a live one. The engine closes the bitmap, whatever happens. An engine that
   * gave a suspect answer is asked for its canary first: `backend-wrong-numbers` in place of the answer where that fails too.
   *
   * @param given boxes to look for points in, in place of a detector's (for measuring points alone)
   */
  process(info: FrameInfo, bitmap: ImageBitmap, care: Care, given?: GivenBoxes): Promise<Result<FrameResult, EngineFailure>>;
  /** Forgets everything that is followed from frame to frame: a new source begins. */
  resetTracks(): Promise<void>;
  /** Whether the engine still computes what it should: a small picture with a known answer, between two frames. Costs some milliseconds. */
  check(): Promise<Result<null, EngineFailure>>;
  /** Settles when the engine knows that it is lost: its WebGL context is gone. */
  lost(): Promise<Failure<'engine-died'>>;
  counts(): Promise<EngineCounts>;
  /** Finds out what the files of a stranger are. Asked of an engine of its own, which a bad file may take down. */
  examine(files: readonly NamedBytes[], corrections: Corrections): Promise<Result<ModelReport, ImportFailure>>;
  /** Looks at one picture with several readings of a stranger's network, in an engine of its own too. The engine closes the picture. */
  tryReadings(model: ImportedModel, readings: readonly Reading[], picture: ImageBitmap): Promise<Result<readonly ReadingOutcome[], EngineFailure>>;
  dispose(): Promise<void>;
}
