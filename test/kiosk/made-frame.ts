import type { Descriptor, Instruction } from '../../src/faces/index.ts';
import type { DetectedFace, FrameResult } from '../../src/pipeline/index.ts';
import { faceOf } from './made-people.ts';

/** Somebody before the camera. */
export interface Somebody {
  readonly person: number;
  readonly trackId?: number;
  readonly instruction?: Instruction;
  readonly liveness?: number;
  /** Of the frame's height. */
  readonly height?: number;
  readonly descriptor?: Descriptor | null;
  readonly facts?: Partial<NonNullable<DetectedFace['facts']>>;
}

/** What the engine would say of a frame with them. */
export function frameOf(people: readonly Somebody[], tMs: number, frameId: number): FrameResult {
  const faces = people.map((somebody, at) => faceOn(somebody, at, tMs));
  return { frameId, tMs, size: { width: 640, height: 480 }, objects: [], faces, poses: [], runs: [], faults: [], timings: { totalMs: 20 }, dropped: 0, backend: 'wasm' };
}

function faceOn({ person, trackId = person + 1, instruction = 'ok', liveness = 0.95, height = 0.4, descriptor, facts }: Somebody, at: number, tMs: number): DetectedFace {
  const isGood = instruction === 'ok';
  const left = 0.1 + at * 0.4;
  return {
    score: 0.9,
    box: { x1: left, y1: 0.2, x2: left + 0.3, y2: 0.2 + height },
    trackId,
    landmarks: null,
    mesh: null,
    facts: { yawRad: 0, pitchRad: 0, rollRad: 0, leftEyeOpen: 0.8, rightEyeOpen: 0.8, mouthOpen: 0, smile: 0, gaze: 'ahead', blinks: 0, ...facts },
    evidence: {
      tMs,
      verdict: { instruction, quality: isGood ? 0.8 : 0, measures: null },
      descriptor: isGood ? (descriptor === undefined ? faceOf(person, Math.round(tMs)) : descriptor) : null,
      liveness,
      antispoof: null,
      moire: null,
      chip: null,
    },
  };
}
