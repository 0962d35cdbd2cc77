import type { Size } from '../../../src/geometry/index.ts';
import type { ScoredBox } from '../../../src/evaluation/index.ts';
import type { BackendName, EngineReport, TaskName } from '../../../src/pipeline/index.ts';

export const peerNames = ['graph'] as const;
export type PeerName = (typeof peerNames)[number];

export interface BenchRequest {
  readonly peer: PeerName;
  readonly task: TaskName;
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

/** What the benchmark page offers as `window.lintelBench`. Failures are thrown: a benchmark with a gap is none. */
export interface BenchDoor {
  start(request: BenchRequest): Promise<EngineReport>;
  /** Lets both sides look at one picture, one after the other; who begins changes from picture to picture. */
  compare(url: string): Promise<Comparison>;
}

declare global {
  interface Window {
    lintelBench?: BenchDoor;
  }
}
