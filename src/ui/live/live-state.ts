import type { Failure } from '../../base/index.ts';
import type { CameraFacts, CameraFailureCode, Lens, PictureFailureCode, VideoFileFailureCode } from '../../camera/index.ts';
import type { Size } from '../../geometry/index.ts';
import type { EngineFailureCode, FrameResult, PipelineState, StreamRates, TaskName, TaskRun } from '../../pipeline/index.ts';

/**
 * Where the live view is. `asking` waits for the person at the browser's question, `starting-camera` for the device.
 * `interrupted` means that the session is working to get the picture back by itself.
 */
export type LivePhase = 'idle' | 'asking' | 'starting-camera' | 'opening' | 'live' | 'photo' | 'video' | 'interrupted' | 'failed';

export type LiveFailureCode =
  | CameraFailureCode
  | PictureFailureCode
  | VideoFileFailureCode
  | EngineFailureCode
  | 'camera-ended'
  | 'camera-muted'
  | 'frames-stopped'
  | 'file-kind'
  | 'control-refused'
  | 'own-model';

export type LiveFailure = Failure<LiveFailureCode>;

/** What the live view shows, as one plain value; a new value for every change that is not a detection. */
export interface LiveState {
  readonly phase: LivePhase;
  readonly camera: CameraFacts | null;
  readonly lenses: readonly Lens[];
  /** Size of the picture on the stage, in pixels of the upright frame; null while there is none. */
  readonly frameSize: Size | null;
  /** The preview is shown like a mirror; the frame itself never is. */
  readonly mirrored: boolean;
  readonly paused: boolean;
  readonly engine: PipelineState;
  /** Tasks that were switched on and whose models are not ready yet; the others go on. */
  readonly preparing: readonly TaskName[];
  /** Why the phase is `failed` or `interrupted`. */
  readonly failure: LiveFailure | null;
}

/** The last that was seen of the source that runs or ran, for a status line and a health check. */
export interface LastLook {
  readonly result: FrameResult | null;
  /** null for a photo. */
  readonly rates: StreamRates | null;
  /** The last run of every task, whether or not it ran on that very frame. */
  readonly runs: readonly TaskRun[];
}

export interface LiveListener {
  onState?(state: LiveState): void;
  /** A new result; `rates` is null for a photo. A null result means that the source changed: clear the picture. */
  onResult?(result: FrameResult | null, rates: StreamRates | null): void;
  /** Something failed that does not end what is shown: a file that cannot be read, a torch that does not light. */
  onNotice?(failure: LiveFailure): void;
}

export const idleState: LiveState = {
  phase: 'idle',
  camera: null,
  lenses: [],
  frameSize: null,
  mirrored: false,
  paused: false,
  engine: { phase: 'idle' },
  preparing: [],
  failure: null,
};
