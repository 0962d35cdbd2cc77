import type { Size } from '../../../src/geometry/index.ts';
import type { ScoredBox } from '../../../src/evaluation/index.ts';
import type { BackendName, EngineReport, DetectorTask } from '../../../src/pipeline/index.ts';

/** Whole detectors, which look at pictures. */
export const picturePeerNames = ['graph'] as const;
export type PicturePeerName = (typeof picturePeerNames)[number];

/** `tfjs-nms` compares decoding and suppression alone, on a made output. */
export const peerNames = [...picturePeerNames, 'tfjs-nms'] as const;
export type PeerName = (typeof peerNames)[number];

export interface BenchRequest {
  readonly peer: PicturePeerName;
  readonly task: DetectorTask;
  readonly backend: BackendName;
  /** Long side of our network input. */
  readonly sizePx: number;
  /** 0..1, for both sides. */
  readonly minScore: number;
}

/** One side on one picture. */
export interface Turn {
  /** The whole call: preparing, model, read-back, decoding. */
  readonly ms: number;
  readonly found: readonly ScoredBox[];
}

export interface Comparison {
  readonly size: Size;
  readonly ours: Turn;
  readonly peer: Turn;
}

export interface NmsRequest {
  readonly backend: BackendName;
  /** 0..1 */
  readonly minScore: number;
  /** Made outputs to go through. */
  readonly rounds: number;
}

/** One way from an output on the backend to kept boxes. */
export interface NmsTurn {
  readonly ms: number;
  readonly kept: number;
}

export interface NmsReport {
  readonly backend: BackendName;
  readonly threads: number;
  readonly simd: boolean;
  readonly ours: readonly NmsTurn[];
  /** `nonMaxSuppressionAsync` for every class of the network. */
  readonly everyClass: readonly NmsTurn[];
  /** The same for the classes that reach the score only. */
  readonly occurringClasses: readonly NmsTurn[];
}

/** What the benchmark page offers as `window.lintelBench`. Failures are thrown: a benchmark with a gap is none. */
export interface BenchDoor {
  start(request: BenchRequest): Promise<EngineReport>;
  /** Lets both sides look at one picture, one after the other; who begins changes from picture to picture. */
  compare(url: string): Promise<Comparison>;
  /** Decoding and suppression alone. Needs no `start`. */
  compareNms(request: NmsRequest): Promise<NmsReport>;
}

declare global {
  interface Window {
    lintelBench?: BenchDoor;
  }
}
