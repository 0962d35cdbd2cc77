import type { BoxXyxy, Point, Size } from '../../geometry/index.ts';

/** Points of a face in the order of iBUG 300-W. */
export const landmarkCount = 68;

/** A face that somebody marked in an image. */
export interface LabelledFace {
  /** Pixels of the upright image; null where only the points were marked. */
  readonly boxPx: BoxXyxy | null;
  /** 68 points in pixels; null where only the box was marked. */
  readonly pointsPx: readonly Point[] | null;
  /** Not to be judged: finding it is neither right nor wrong. */
  readonly ignored: boolean;
}

/** One image of a labelled set. */
export interface FaceImage {
  /** As the label file writes it; may hold folders. */
  readonly file: string;
  /** Null where the labels do not say. */
  readonly size: Size | null;
  readonly faces: readonly LabelledFace[];
}

/** A face that was reported with its points, in pixels of the upright image. */
export interface FoundFace {
  readonly pointsPx: readonly Point[];
}

/** One image with the faces that are there and those that were found. */
export interface FacePair {
  readonly faces: readonly LabelledFace[];
  readonly found: readonly FoundFace[];
}
