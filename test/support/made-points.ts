import type { PointList } from '../../src/landmarks/index.ts';
import type { DetectedFace, DetectedPose, FrameResult } from '../../src/pipeline/index.ts';

interface Box {
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
}

/** A result with nothing in it, of a frame of this size. */
export function madeResult(size: { readonly width: number; readonly height: number }, seen: Partial<Pick<FrameResult, 'objects' | 'faces' | 'poses'>>): FrameResult {
  return { frameId: 1, tMs: 0, size, objects: [], faces: [], poses: [], runs: [], faults: [], timings: { totalMs: 1 }, dropped: 0, backend: 'wasm', ...seen };
}

/** A face whose points lie on circles in its box: no face, but as many points in as many places. */
export function madeFace(box: Box, trackId: number): DetectedFace {
  const facts = { yawRad: 0, pitchRad: 0, rollRad: 0, leftEyeOpen: 1, rightEyeOpen: 1, mouthOpen: 0, smile: 0, gaze: 'ahead', blinks: 0 } as const;
  return { score: 0.9, box, trackId, landmarks: spiral(box, 68), mesh: spiral(box, 468), facts, evidence: null };
}

/** A body that faces the camera and stands in its box: the person's own left is on the right of the picture. */
export function madeBody(box: Box, trackId: number): DetectedPose {
  const xs = [0.5, 0.53, 0.47, 0.56, 0.44, 0.65, 0.35, 0.75, 0.25, 0.78, 0.22, 0.6, 0.4, 0.61, 0.39, 0.62, 0.38];
  const ys = [0.1, 0.08, 0.08, 0.09, 0.09, 0.22, 0.22, 0.38, 0.38, 0.52, 0.52, 0.55, 0.55, 0.76, 0.76, 0.97, 0.97];
  const xy = Float32Array.from({ length: 34 }, (_, i) => {
    const unit = (i % 2 === 0 ? xs : ys)[i >> 1] ?? 0;
    return i % 2 === 0 ? box.x1 + unit * (box.x2 - box.x1) : box.y1 + unit * (box.y2 - box.y1);
  });
  const facts = { posture: 'standing', postureConfidence: 0.9, leftHandRaised: false, rightHandRaised: false } as const;
  return { score: 0.8, box, trackId, points: listOf(xy), facts };
}

/** Points of which the model is as sure as it can be. */
export function listOf(xy: Float32Array): PointList {
  const inside = Uint8Array.from({ length: xy.length / 2 }, (_, i) => Number([xy[2 * i], xy[2 * i + 1]].every((value) => value !== undefined && value >= 0 && value <= 1)));
  return { xy, z: null, scores: new Float32Array(xy.length / 2).fill(1), inside };
}

function spiral({ x1, y1, x2, y2 }: Box, count: number): PointList {
  const golden = Math.PI * (3 - Math.sqrt(5));
  const xy = Float32Array.from({ length: 2 * count }, (_, i) => {
    const index = i >> 1;
    const radius = 0.5 * Math.sqrt((index + 0.5) / count);
    return i % 2 === 0 ? (x1 + x2) / 2 + radius * Math.cos(index * golden) * (x2 - x1) : (y1 + y2) / 2 + radius * Math.sin(index * golden) * (y2 - y1);
  });
  return listOf(xy);
}
