import type { FaceFacts } from '../../../landmarks/index.ts';
import { pastThreshold } from './past-threshold.ts';

export type Side = 'left' | 'right';

/** What is told of a face: its measured facts as words. Left and right are the person's own. */
export interface FaceReading {
  readonly turned: Side | null;
  readonly nodded: 'up' | 'down' | null;
  readonly tilted: Side | null;
  /** null: not to be told from this view. */
  readonly leftEye: 'open' | 'closed' | null;
  readonly rightEye: 'open' | 'closed' | null;
  readonly mouthOpen: boolean;
  readonly smiling: boolean;
  readonly gaze: Side | 'ahead' | null;
  readonly blinks: number;
  /** Whole degrees in steps of five, never negative; 0 where the head is straight. */
  readonly turnedDeg: number;
  readonly noddedDeg: number;
  readonly tiltedDeg: number;
}

const turnedAt = { on: 15, off: 10 };
const noddedAt = { on: 14, off: 9 };
const tiltedAt = { on: 11, off: 7 };
const closedBelow = { on: 0.25, off: 0.35 };
const mouthOpenAt = { on: 0.3, off: 0.2 };
const smilingAt = { on: 0.5, off: 0.35 };
/** A shown angle stays until the measured one has left it by more than this. */
const angleSlackDeg = 4;

/**
 * Facts as words.
 *
 * @param before what was told of the same face last, for the hysteresis; null for a face that is new
 */
export function readFace(facts: FaceFacts, before: FaceReading | null): FaceReading {
  const yawDeg = toDegrees(facts.yawRad);
  const pitchDeg = toDegrees(facts.pitchRad);
  const rollDeg = toDegrees(facts.rollRad);
  const turned = sideOf(yawDeg, before?.turned ?? null, turnedAt, 'left', 'right');
  const nodded = sideOf(pitchDeg, before?.nodded ?? null, noddedAt, 'up', 'down');
  // Clockwise in the picture is towards the person's own left shoulder.
  const tilted = sideOf(rollDeg, before?.tilted ?? null, tiltedAt, 'left', 'right');
  return {
    turned,
    nodded,
    tilted,
    leftEye: eyeOf(facts.leftEyeOpen, before?.leftEye ?? null),
    rightEye: eyeOf(facts.rightEyeOpen, before?.rightEye ?? null),
    mouthOpen: facts.mouthOpen !== null && pastThreshold(facts.mouthOpen, before?.mouthOpen ?? false, mouthOpenAt),
    smiling: facts.smile !== null && pastThreshold(facts.smile, before?.smiling ?? false, smilingAt),
    gaze: facts.gaze,
    blinks: facts.blinks,
    turnedDeg: turned ? shownAngle(yawDeg, before?.turnedDeg) : 0,
    noddedDeg: nodded ? shownAngle(pitchDeg, before?.noddedDeg) : 0,
    tiltedDeg: tilted ? shownAngle(rollDeg, before?.tiltedDeg) : 0,
  };
}

function sideOf<T>(deg: number, before: T | null, limits: { readonly on: number; readonly off: number }, positive: T, negative: T): T | null {
  if (pastThreshold(deg, before === positive, limits)) return positive;
  return pastThreshold(-deg, before === negative, limits) ? negative : null;
}

function eyeOf(open: number | null, before: FaceReading['leftEye']): FaceReading['leftEye'] {
  if (open === null) return null;
  return pastThreshold(1 - open, before === 'closed', { on: 1 - closedBelow.on, off: 1 - closedBelow.off }) ? 'closed' : 'open';
}

function shownAngle(deg: number, before: number | undefined): number {
  const size = Math.abs(deg);
  return before !== undefined && before > 0 && Math.abs(size - before) <= angleSlackDeg ? before : Math.round(size / 5) * 5;
}

function toDegrees(rad: number): number {
  return (rad * 180) / Math.PI;
}
