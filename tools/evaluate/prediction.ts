import type { Failure } from '../../src/base/index.ts';
import { unitToPx } from '../../src/geometry/index.ts';
import type { BoxXyxy, Size } from '../../src/geometry/index.ts';
import type { BackendName, FrameResult, DetectorTask } from '../../src/pipeline/index.ts';

/** Corners in pixels of the upright image. */
export type BoxPx = readonly [x1: number, y1: number, x2: number, y2: number];

/** One image in the file that `predict` writes. */
export interface ImagePrediction {
  readonly file: string;
  /** Of the upright image; null when it could not be read. */
  readonly width: number | null;
  readonly height: number | null;
  readonly ms: { readonly preprocess: number; readonly model: number; readonly postprocess: number; readonly total: number } | null;
  readonly objects: readonly { readonly classId: number; readonly label: string; readonly score: number; readonly box: BoxPx }[];
  readonly faces: readonly { readonly score: number; readonly box: BoxPx }[];
  readonly poses: readonly never[];
  readonly error?: Failure;
}

/** The file that `predict` writes. */
export interface PredictionFile {
  readonly task: DetectorTask;
  readonly model: string;
  readonly backend: BackendName;
  readonly images: readonly ImagePrediction[];
}

/** What was seen in one image, in pixels. An output that the pipeline refused becomes the image's error. */
export function predictionOf(file: string, { size, objects, faces, runs, faults, timings }: FrameResult): ImagePrediction {
  const stages = runs[0]?.timings;
  const fault = faults[0]?.failure;
  return {
    file,
    ...size,
    ms: {
      preprocess: stages?.preprocessMs ?? 0,
      model: stages?.modelMs ?? 0,
      postprocess: stages?.postprocessMs ?? 0,
      total: timings.totalMs,
    },
    objects: objects.map(({ classId, label, score, box }) => ({ classId, label, score, box: inPx(box, size) })),
    faces: faces.map(({ score, box }) => ({ score, box: inPx(box, size) })),
    poses: [],
    ...(fault ? { error: fault } : {}),
  };
}

/** The entry of an image that could not be looked at. */
export function failedPrediction(file: string, error: Failure): ImagePrediction {
  return { file, width: null, height: null, ms: null, objects: [], faces: [], poses: [], error };
}

function inPx(boxUnit: BoxXyxy, size: Size): BoxPx {
  const { x1, y1, x2, y2 } = unitToPx(boxUnit, size);
  return [x1, y1, x2, y2];
}
