import type { Descriptor, FaceShape, Instruction } from '../../faces/index.ts';
import type { BoxXyxy, Size } from '../../geometry/index.ts';
import type { DetectedFace, FaceEvidence, FrameResult } from '../../pipeline/index.ts';
import type { KioskLimits } from '../rules.ts';
import type { Moment } from './moment.ts';

/** What one frame says to a kiosk. */
export interface Look {
  /** On the clock of the frames. */
  readonly tMs: number;
  /** When its result came. */
  readonly at: Moment;
  /** Faces that count: the nearest one, and those that are about as near. */
  readonly faces: number;
  /** The nearest one. */
  readonly face: SeenFace | null;
}

export interface SeenFace {
  readonly trackId: number;
  readonly facts: DetectedFace['facts'];
  /** null without points. */
  readonly shape: FaceShape | null;
  /** Newest of this track; it may be that of an older frame. */
  readonly evidence: SeenEvidence | null;
}

export interface SeenEvidence {
  readonly tMs: number;
  readonly instruction: Instruction;
  /** 0..1 */
  readonly quality: number;
  readonly descriptor: Descriptor | null;
  readonly liveness: number | null;
  readonly antispoof: number | null;
  readonly moire: number | null;
}

/** People who pass by, and those who wait behind, are not at the door: their faces are smaller. */
export function lookOf(frame: Pick<FrameResult, 'tMs' | 'size' | 'faces'>, at: Moment, { leastFaceShare, secondFaceShare }: KioskLimits): Look {
  const near = frame.faces.filter(({ box }) => heightOf(box) >= leastFaceShare);
  const nearest = near.reduce<DetectedFace | null>((best, face) => (best && heightOf(best.box) >= heightOf(face.box) ? best : face), null);
  const limit = nearest ? heightOf(nearest.box) * secondFaceShare : 0;
  const faces = near.filter(({ box }) => heightOf(box) >= limit).length;
  return { tMs: frame.tMs, at, faces, face: nearest ? seenFace(nearest, frame.size) : null };
}

function seenFace(face: DetectedFace, size: Size): SeenFace | null {
  const { trackId, facts, evidence } = face;
  if (trackId === null) return null;
  return { trackId, facts, shape: shapeOf(face, size), evidence: evidence ? seenEvidence(evidence) : null };
}

function seenEvidence({ tMs, verdict, descriptor, liveness, antispoof, moire }: FaceEvidence): SeenEvidence {
  return { tMs, instruction: verdict.instruction, quality: verdict.quality, descriptor, liveness, antispoof, moire };
}

function shapeOf({ landmarks, mesh, facts }: DetectedFace, { width, height }: Size): FaceShape | null {
  const points = landmarks ?? mesh;
  if (!points || !facts) return null;
  const xyPx = Float32Array.from(points.xy, (value, at) => value * (at % 2 === 0 ? width : height));
  return { xyPx, yawRad: facts.yawRad, pitchRad: facts.pitchRad };
}

function heightOf({ y1, y2 }: BoxXyxy): number {
  return y2 - y1;
}
