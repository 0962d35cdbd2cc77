import type { BoxXyxy, Point, Size } from '../../geometry/index.ts';

/** A person that somebody marked in an image, with the key points that could be marked. */
export interface TruthPose {
  /** Pixels of the upright image. */
  readonly boxPx: BoxXyxy;
  /** Of the person's outline where known, else of the box: it says how far from its place a point may be. */
  readonly areaPx2: number;
  /** A region of many people: finding one there is neither right nor wrong. */
  readonly crowd: boolean;
  /** In the order of COCO's key points, pixels; null where none was marked. */
  readonly points: readonly (Point | null)[];
}

/** A body that was reported. */
export interface ScoredPose {
  /** Finite; higher is surer. */
  readonly score: number;
  /** In the order of COCO's key points, pixels of the upright image. */
  readonly pointsPx: readonly Point[];
}

/** One image with who is there and who was found. */
export interface PosePair {
  readonly truths: readonly TruthPose[];
  readonly found: readonly ScoredPose[];
}

/** One image of a labelled set. */
export interface PoseImage {
  /** As the label file writes it; may hold folders. */
  readonly file: string;
  readonly size: Size;
  readonly truths: readonly TruthPose[];
}
