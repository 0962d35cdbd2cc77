import type { Descriptor, QualityVerdict, RgbaImage } from '../../faces/index.ts';
import type { DetectedFace, FrameResult } from '../../pipeline/index.ts';

/** What one frame says of the face in front of the camera. */
export interface FaceLook {
  /** Of the frame in which the face was measured; it stays while nothing new was. */
  readonly tMs: number;
  /** A photo: nobody can do anything about how it looks. */
  readonly isStill: boolean;
  /** Faces in the frame. */
  readonly faces: number;
  readonly trackId: number | null;
  readonly verdict: QualityVerdict;
  readonly yawRad: number | null;
  /** null on frames for which no numbers were made. */
  readonly descriptor: Descriptor | null;
  /** The face as it went into the network, upright. */
  readonly chip: RgbaImage | null;
}

/** The look at the nearest face of a frame, or at nobody. */
export function faceLookOf(result: FrameResult, isStill: boolean): FaceLook {
  const { faces, tMs } = result;
  const face = faces.reduce<DetectedFace | null>((best, each) => (best && heightOf(best) >= heightOf(each) ? best : each), null);
  const evidence = face?.evidence ?? null;
  return {
    tMs: evidence?.tMs ?? tMs,
    isStill,
    faces: faces.length,
    trackId: face?.trackId ?? null,
    verdict: verdictOf(faces.length, evidence?.verdict ?? null),
    yawRad: face?.facts?.yawRad ?? null,
    descriptor: evidence?.descriptor ?? null,
    chip: evidence?.chip ?? null,
  };
}

function verdictOf(faces: number, verdict: QualityVerdict | null): QualityVerdict {
  if (faces === 0) return nothingGood('no-face');
  if (faces > 1) return nothingGood('one-person-only');
  return verdict ?? nothingGood('cannot-see');
}

function nothingGood(instruction: QualityVerdict['instruction']): QualityVerdict {
  return { instruction, quality: 0, measures: null };
}

function heightOf({ box }: DetectedFace): number {
  return box.y2 - box.y1;
}
