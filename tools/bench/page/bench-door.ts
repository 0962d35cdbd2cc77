import type { BoxXyxy, Size } from '../../../src/geometry/index.ts';
import type { ScoredBox } from '../../../src/evaluation/index.ts';
import type { DescriptorRule } from '../../../src/faces/index.ts';
import type { BackendName, Care, EngineReport, DetectorTask, TaskName, TaskRun } from '../../../src/pipeline/index.ts';
import type { LibraryName, LibraryReport, LibraryTask, Seen } from './peer-door.ts';

/** Whole detectors, which look at pictures. */
export const picturePeerNames = ['graph'] as const;
export type PicturePeerName = (typeof picturePeerNames)[number];

/** `tfjs-nms` compares decoding and suppression alone, on a made output. The last two are whole libraries. */
export const peerNames = [...picturePeerNames, 'tfjs-nms', 'human', 'face-api'] as const;
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

export interface LibraryBenchRequest {
  readonly library: LibraryName;
  readonly task: LibraryTask;
  readonly care: 'live' | 'still';
  /** What our engine looks for. */
  readonly ourTasks: readonly TaskName[];
  readonly backend: BackendName;
  /** Long side of our detector's input. */
  readonly sizePx: { readonly objects: number; readonly faces: number };
  /** Lowest score of our boxes, 0..1; null takes the cards' own. */
  readonly minScore: number | null;
  /** Of the frames to come. */
  readonly frameSize: Size;
}

export interface LibraryBenchStart {
  readonly ours: EngineReport;
  readonly theirs: LibraryReport;
  /** How the numbers of our descriptor are compared; null where none ships. */
  readonly compare: DescriptorRule | null;
}

/** A picture shown as a stream: slowly panned and zoomed, one step a frame. */
export interface StreamRequest {
  readonly url: string;
  readonly frameSize: Size;
  /** 1 shows the picture as it is: a frame of a video. */
  readonly frames: number;
  /** Number of its first frame in the whole stream. */
  readonly firstFrame: number;
  /** Whether our engine takes the frames for those of a stream or each for a picture by itself. */
  readonly care: Care;
}

/** One side on one picture or frame. */
export interface Look {
  readonly ms: number;
  readonly seen: Seen;
  /** What ran, with its times; empty where a side does not say. */
  readonly runs: readonly TaskRun[];
}

export interface LookPair {
  readonly ours: Look;
  readonly theirs: Look;
}

/** One picture that both sides looked at as a still. */
export interface StillComparison extends LookPair {
  readonly size: Size;
  /** Ours again, in boxes that were given. */
  readonly oursInBoxes: Look | null;
}

/** What the benchmark page offers as `window.lintelBench`. Failures are thrown: a benchmark with a gap is none. */
export interface BenchDoor {
  start(request: BenchRequest): Promise<EngineReport>;
  /** Lets both sides look at one picture, one after the other; who begins changes from picture to picture. */
  compare(url: string): Promise<Comparison>;
  /** Decoding and suppression alone. Needs no `start`. */
  compareNms(request: NmsRequest): Promise<NmsReport>;
  /** Starts our engine and a library, each with a tfjs of its own, on the page's thread. */
  startLibrary(request: LibraryBenchRequest): Promise<LibraryBenchStart>;
  /** Both sides look at every frame, one after the other; who begins changes from frame to frame. */
  stream(request: StreamRequest): Promise<readonly LookPair[]>;
  /** @param personsPx boxes to let our side look into as well, in pixels */
  still(url: string, personsPx: readonly BoxXyxy[] | null): Promise<StillComparison>;
  /** Share of frames on which the library saved work; null where it has no such idea. */
  savedShare(): Promise<number | null>;
}

declare global {
  interface Window {
    lintelBench?: BenchDoor;
  }
}
