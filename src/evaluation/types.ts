import type { BoxXyxy, Size } from '../geometry/index.ts';

/** An object that a person marked in an image. */
export interface TruthBox {
  readonly classId: number;
  /** Pixels of the upright image. */
  readonly boxPx: BoxXyxy;
  /** What decides between small, medium and large: the area of the object's outline where known, else of its box. */
  readonly areaPx2: number;
  /** A region of many objects: finding it is neither right nor wrong. */
  readonly crowd: boolean;
}

/** An object that a detector reported. */
export interface ScoredBox {
  readonly classId: number;
  /** Finite; higher is surer. */
  readonly score: number;
  /** Pixels of the upright image. */
  readonly boxPx: BoxXyxy;
}

/** One image with what is there and what was found. */
export interface ImagePair {
  readonly truths: readonly TruthBox[];
  readonly detections: readonly ScoredBox[];
}

/** One image of a labelled set. */
export interface LabelledImage {
  /** As the label file writes it; may hold folders. */
  readonly file: string;
  readonly size: Size;
  readonly truths: readonly TruthBox[];
}

export interface LabelledSet {
  /** In the order in which ties between images are settled: by ascending id. */
  readonly images: readonly LabelledImage[];
  /** Name per class id; empty where the labels carry no names. */
  readonly classNames: readonly string[];
}
