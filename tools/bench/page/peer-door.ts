import type { BoxXyxy } from '../../../src/geometry/index.ts';
import type { FoundFace, ScoredBox, ScoredPose } from '../../../src/evaluation/index.ts';

/** What either side may see in a picture, in its pixels. */
export interface Seen {
  readonly objects: readonly ScoredBox[];
  /** 68 points of each face, or 468 where the mesh is asked for. */
  readonly faces: readonly FoundFace[];
  readonly poses: readonly ScoredPose[];
  /** The descriptors of faces, where they are asked for. */
  readonly embedded: readonly { readonly boxPx: BoxXyxy; readonly values: readonly number[] }[];
}

export const nothingSeen: Seen = { objects: [], faces: [], poses: [], embedded: [] };

/** Libraries that bring a tfjs of their own. */
export const libraryNames = ['human', 'face-api'] as const;
export type LibraryName = (typeof libraryNames)[number];

export type LibraryTask = 'objects' | 'mesh' | 'pose' | 'landmarks' | 'embed';

export interface LibraryRequest {
  readonly library: LibraryName;
  readonly task: LibraryTask;
  /** `live`: frames of a stream, with what the library keeps from frame to frame. `still`: pictures that have nothing to do with each other. */
  readonly care: 'live' | 'still';
}

export interface LibraryReport {
  readonly version: string;
  readonly backend: string;
  readonly threads: number;
  readonly simd: boolean;
  /** How it is set, where that differs from what it does unasked or matters for the comparison. */
  readonly settings: Readonly<Record<string, string | number | boolean>>;
}

/** A started library. */
export interface Library {
  readonly report: LibraryReport;
  /** Takes a copy of the picture as the library's users would have it. Not on the clock. */
  prepare(picture: ImageBitmap): Promise<void>;
  /** Everything that a user of it waits for. */
  look(): Promise<Seen>;
  /** Share of the frames so far that the library took for like enough to the one before to save work, 0..1; null where it has no such idea. */
  savedShare(): number | null;
}

/**
 * What the frame of a peer offers as `window.lintelPeer`. A peer lives in a frame of the benchmark's page: on its thread,
 * but with globals of its own, since two copies of tfjs in one page would share an engine and a backend.
 */
export interface PeerDoor {
  start(request: LibraryRequest): Promise<LibraryReport>;
  /** @param streamMs what the library's clock shows from now on */
  prepare(picture: ImageBitmap, streamMs: number): Promise<void>;
  look(): Promise<Seen>;
  savedShare(): number | null;
}

declare global {
  interface Window {
    lintelPeer?: PeerDoor;
  }
}
