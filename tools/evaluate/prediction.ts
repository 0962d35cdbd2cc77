import type { Failure } from '../../src/base/index.ts';
import { unitToPx } from '../../src/geometry/index.ts';
import type { BoxXyxy, Size } from '../../src/geometry/index.ts';
import type { PointList } from '../../src/landmarks/index.ts';
import { face68OfMesh } from '../../src/landmarks/index.ts';
import type { BackendName, DetectedFace, FrameResult, StageTimings } from '../../src/pipeline/index.ts';
import type { PredictTask } from './models.ts';

/** Corners in pixels of the upright image. */
export type BoxPx = readonly [x1: number, y1: number, x2: number, y2: number];

/** Pixels of the upright image; may lie outside of it. */
export type PointPx = readonly [x: number, y: number];

export interface FacePrediction {
  readonly score: number;
  readonly box: BoxPx;
  /** In the order of iBUG 300-W; absent where points were not asked for or the model took this for no face. */
  readonly points68?: readonly PointPx[];
  /** What the network of the task `embed` makes of the face. */
  readonly descriptor?: readonly number[];
  /** What the two networks of liveness say, 0..1, as they give it. */
  readonly liveness?: number;
  readonly antispoof?: number;
  /** MediaPipe's face mesh, z on the scale of x. */
  readonly mesh468?: readonly (readonly [x: number, y: number, z: number])[];
}

export interface PosePrediction {
  readonly score: number;
  readonly box: BoxPx;
  /** In the order of COCO's key points. */
  readonly points: readonly (readonly [x: number, y: number, score: number])[];
}

/** One image in the file that `predict` writes. */
export interface ImagePrediction {
  readonly file: string;
  /** Of the upright image; null when it could not be read. */
  readonly width: number | null;
  readonly height: number | null;
  readonly ms: { readonly preprocess: number; readonly model: number; readonly postprocess: number; readonly total: number } | null;
  readonly objects: readonly { readonly classId: number; readonly label: string; readonly score: number; readonly box: BoxPx }[];
  readonly faces: readonly FacePrediction[];
  readonly poses: readonly PosePrediction[];
  readonly error?: Failure;
}

/** The file that `predict` writes. */
export interface PredictionFile {
  readonly task: PredictTask;
  readonly model: string;
  readonly backend: BackendName;
  readonly images: readonly ImagePrediction[];
}

/** What was seen in one image, in pixels. An output that the pipeline refused becomes the image's error. */
export function predictionOf(file: string, { size, objects, faces, poses, runs, faults, timings }: FrameResult): ImagePrediction {
  const fault = faults[0]?.failure;
  const sumOf = (stage: keyof StageTimings): number => runs.reduce((sum, run) => sum + run.timings[stage], 0);
  return {
    file,
    ...size,
    ms: { preprocess: sumOf('preprocessMs'), model: sumOf('modelMs'), postprocess: sumOf('postprocessMs'), total: timings.totalMs },
    objects: objects.map(({ classId, label, score, box }) => ({ classId, label, score, box: inPx(box, size) })),
    faces: faces.map((face) => ({ score: face.score, box: inPx(face.box, size), ...facePoints(face, size), ...evidenceOf(face) })),
    poses: poses.map(({ score, box, points }) => ({
      score,
      box: inPx(box, size),
      points: pointsPx(points, size).map(([x, y], i) => [x, y, points.scores[i] ?? 0] as const),
    })),
    ...(fault ? { error: fault } : {}),
  };
}

/** The 68 points of their own model or, without it, those among the 468 of the mesh. */
function facePoints({ landmarks, mesh }: DetectedFace, size: Size): Pick<FacePrediction, 'points68' | 'mesh468'> {
  const meshPx = mesh ? pointsPx(mesh, size) : null;
  const points68 = landmarks ? pointsPx(landmarks, size) : meshPx && face68OfMesh.map((i) => meshPx[i] ?? nowhere);
  return {
    ...(points68 ? { points68 } : {}),
    ...(mesh && meshPx ? { mesh468: meshPx.map(([x, y], i) => [x, y, (mesh.z?.[i] ?? 0) * size.width] as const) } : {}),
  };
}

function evidenceOf({ evidence }: DetectedFace): Pick<FacePrediction, 'descriptor' | 'liveness' | 'antispoof'> {
  const { descriptor = null, liveness = null, antispoof = null } = evidence ?? {};
  return { ...(descriptor ? { descriptor: Array.from(descriptor.values) } : {}), ...(liveness === null ? {} : { liveness }), ...(antispoof === null ? {} : { antispoof }) };
}

const nowhere: PointPx = [NaN, NaN];

function pointsPx({ xy, scores }: PointList, { width, height }: Size): readonly PointPx[] {
  return Array.from(scores, (_, i) => [(xy[2 * i] ?? NaN) * width, (xy[2 * i + 1] ?? NaN) * height] as const);
}

/** The entry of an image that could not be looked at. */
export function failedPrediction(file: string, error: Failure): ImagePrediction {
  return { file, width: null, height: null, ms: null, objects: [], faces: [], poses: [], error };
}

function inPx(boxUnit: BoxXyxy, size: Size): BoxPx {
  const { x1, y1, x2, y2 } = unitToPx(boxUnit, size);
  return [x1, y1, x2, y2];
}
