import type { Result } from '../base/index.ts';
import type { DescriptorRule } from '../faces/index.ts';
import type { BoxXyxy } from '../geometry/index.ts';
import type { EngineCounts, EngineReport, FrameResult, HealingTimes, PipelineSettings } from '../pipeline/index.ts';

/** What the evaluation page is asked to measure. */
export interface EvaluateRequest {
  readonly task: 'objects' | 'faces' | 'landmarks' | 'pose' | 'embed' | 'liveness';
  /** Id of a model that ships for the task; without one, the task's own choice. */
  readonly model?: string | null;
  readonly backend: PipelineSettings['backend'];
  /** Long side of the network input; 'auto' is the largest that the live view uses. */
  readonly sizePx: PipelineSettings['inputSize'];
  /** 0..1, of the boxes; null takes the threshold of the detector's card. */
  readonly minScore: number | null;
  /** Files of a model of one's own, at addresses of the page's origin; empty for the model that ships. */
  readonly modelFiles: readonly { readonly name: string; readonly url: string }[];
  /** How soon a backend that failed is tried again, for measuring what a loss costs; the usual times where it is left out. */
  readonly healing?: Partial<HealingTimes>;
}

/** What the page holds. */
export interface EvaluateHeld {
  /** null while no engine is ready. */
  readonly engine: EngineCounts | null;
  readonly openFrames: number;
}

export interface EvaluateStart {
  readonly modelId: string;
  /** What was assumed about a model of one's own, for the log. */
  readonly assumed: readonly string[];
  readonly report: EngineReport;
  /** How the numbers of the descriptor are compared; null where the task makes none. */
  readonly compare: DescriptorRule | null;
}

/**
 * What the evaluation page offers as `window.lintelEvaluate`: the shipped pipeline, one picture at a time. Everything
 * that goes in and comes out is plain data, so that a program outside of the browser can call it.
 */
export interface EvaluateDoor {
  /** Builds the pipeline. Called once, before the first picture. */
  start(request: EvaluateRequest): Promise<Result<EvaluateStart>>;
  /**
   * Fetches a picture from the page's own origin, decodes it as the app does and looks at it.
   *
   * @param boxesPx faces or persons to look for points in, in pixels of the upright picture; null lets the detector look
   */
  detect(url: string, boxesPx?: readonly BoxXyxy[] | null): Promise<Result<FrameResult>>;
  held(): Promise<EvaluateHeld>;
}

declare global {
  interface Window {
    lintelEvaluate?: EvaluateDoor;
  }
}
