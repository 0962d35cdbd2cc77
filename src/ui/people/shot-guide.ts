import type { Instruction, QualityVerdict } from '../../faces/index.ts';

/** The ways a face is looked at for enrolment. Left and right are the person's own. */
export type Look = 'front' | 'left' | 'right';

/** What the guide is told of one look at the picture. */
export interface GuideFrame {
  /** Of the frame in which the face was measured. A look that was told already counts for nothing. */
  readonly tMs: number;
  /** Of the face that is followed; null on a still. */
  readonly trackId: number | null;
  readonly verdict: QualityVerdict;
  /** Turn of the head in radians, positive to the person's left; null: cannot be told. */
  readonly yawRad: number | null;
}

export type GuideInstruction = Instruction | 'turn-left' | 'turn-right' | 'turn-less';

export interface GuideState {
  readonly instruction: GuideInstruction;
  /** 0..1: how far the row of good looks has come. */
  readonly progress: number;
  /** The row is complete: this shot is the one. */
  readonly ready: boolean;
}

/** Good looks in a row before a shot is taken: a face that only passes through the oval is not one that stands still. */
const looksInARow = 4;
/** A head that is turned slightly: enough to show another side, and within what the gate lets pass. */
const turned = { leastRad: 0.12, mostRad: 0.35 } as const;

/** Waits for a row of good looks at one face and says the one thing to do until then. */
export class ShotGuide {
  readonly #look: Look;
  #row = 0;
  #lastMs = -Infinity;
  #trackId: number | null = null;

  constructor(look: Look) {
    this.#look = look;
  }

  see({ tMs, trackId, verdict, yawRad }: GuideFrame): GuideState {
    const instruction = verdict.instruction === 'ok' ? turnTo(this.#look, yawRad) : this.#askOf(verdict.instruction, yawRad);
    if (tMs > this.#lastMs) {
      const isGood = instruction === 'ok';
      const isSame = trackId === this.#trackId;
      this.#row = isGood ? (isSame ? this.#row : 0) + 1 : 0;
      this.#lastMs = tMs;
      this.#trackId = trackId;
    }
    return { instruction, progress: Math.min(1, this.#row / looksInARow), ready: this.#row >= looksInARow };
  }

  /** Nobody is seen, or the picture is another one. */
  reset(): void {
    this.#row = 0;
    this.#lastMs = -Infinity;
    this.#trackId = null;
  }

  /** Whoever was asked to turn and turned too far is told to turn back a little, not to face the camera. */
  #askOf(instruction: Instruction, yawRad: number | null): GuideInstruction {
    if (instruction !== 'face-the-camera' || this.#look === 'front' || yawRad === null) return instruction;
    return Math.sign(yawRad) === signOf(this.#look) ? 'turn-less' : turnTo(this.#look, 0);
  }
}

function turnTo(look: Look, yawRad: number | null): GuideInstruction {
  if (look === 'front') return 'ok';
  if (yawRad === null) return 'cannot-see';
  const along = yawRad * signOf(look);
  if (along < turned.leastRad) return look === 'left' ? 'turn-left' : 'turn-right';
  return along > turned.mostRad ? 'turn-less' : 'ok';
}

function signOf(look: Look): number {
  return look === 'right' ? -1 : 1;
}
