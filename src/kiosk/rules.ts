import type { ChallengeName, CueBars, CueName } from '../faces/index.ts';
import type { EvidenceRule } from '../pipeline/index.ts';
import type { ClaimWay } from './snapshot.ts';

/** What the owner has chosen. */
export interface KioskRules {
  /** `claimed`: 1:1, the person says who they are. `anyone`: 1:N, the face alone says it. */
  readonly mode: 'claimed' | 'anyone';
  /** Ways to claim, in the order they are offered; at least one where `mode` is `claimed`. */
  readonly claimWays: readonly ClaimWay[];
  /** What there must be beside the face. `none` holds only with the owner's signature; without it, it is a PIN. */
  readonly secondFactor: 'pin' | 'card' | 'none';
  /** The owner has signed, with the measured risk on the screen, that a face alone opens. */
  readonly faceAloneSigned: boolean;
  /** A name and a PIN open without a face: for people whom the camera cannot serve. */
  readonly pinInstead: boolean;
  /** Strangers that may pass the whole gallery, as a share of those who try. */
  readonly targetFalseMatchRate: number;
  readonly liveness: LivenessRules;
}

export interface LivenessRules {
  /** Passive cues that must have passed. One that failed keeps the door shut, required or not. */
  readonly required: readonly Exclude<CueName, ChallengeName>[];
  /** Moves that may be asked for; one of them has to be made, unless there are none. */
  readonly challenges: readonly ChallengeName[];
  /** Where a measure speaks for life and where against it; null: it says nothing here. */
  readonly bars: Readonly<Record<Exclude<CueName, ChallengeName>, CueBars | null>>;
}

/** How the frames of a visit are judged. Every number belongs to the model of descriptors and to what was measured with it. */
export interface FrameRules {
  /** Frames that must speak for the person, and the time between the first and the last of them, in milliseconds. */
  readonly minFrames: number;
  readonly minSpanMs: number;
  readonly maxAgeMs: number;
  readonly maxSilenceMs: number;
  readonly minQuality: number;
  readonly maxAgainst: number;
  /** By how much the second person must be farther away, in the metric of the model. */
  readonly margin: number;
}

/** How long each state may last, in milliseconds: none can last for ever. */
export interface KioskTimes {
  /** From the first good shot to a decision, a move that is asked for, or the PIN pad; a device that is slow takes `enoughLooks`. */
  readonly decisionMs: number;
  /** For a face that comes to a good shot, and all that it is asked for. */
  readonly lookMs: number;
  /** For a shot after the move that was asked for. */
  readonly confirmMs: number;
  readonly claimMs: number;
  readonly challengeMs: number;
  readonly pinMs: number;
  readonly pinCheckMs: number;
  readonly cardMs: number;
  /** How long a face that was found speaks for the person while the second factor is given. */
  readonly faceValidMs: number;
  /** For the decision to be written down, and for the door to answer. */
  readonly recordMs: number;
  readonly pulseMs: number;
  readonly welcomeMs: number;
  readonly tryAgainMs: number;
  /** How long it is said that somebody's PIN is locked before the next person is served. */
  readonly lockedShownMs: number;
  /** A face that is away for this long has left. */
  readonly leaveMs: number;
  /** A face away for this long while the PIN is typed: people look down at the pad. */
  readonly leavePinMs: number;
  /** Frames older than this are not looked at. */
  readonly maxFrameAgeMs: number;
  /** No face is looked at for this long after `maxRefusals` in a row. PINs still are. */
  readonly restMs: number;
}

export interface KioskLimits {
  /** Tries of one visit. */
  readonly tries: number;
  /** Faces that were refused one after the other before the kiosk rests. */
  readonly maxRefusals: number;
  /** Wrong PINs on one pad, before it is put away. How many there may be at all is the PIN check's. */
  readonly pinTries: number;
  /** Looks at a face before it is given up, so that a slow device does not send away whom it has hardly seen. */
  readonly enoughLooks: number;
  /** Height of a face by that of the frame, from which somebody is at the door and does not only pass by. */
  readonly leastFaceShare: number;
  /** Height of a face by that of the nearest one, from which it counts as a second person. */
  readonly secondFaceShare: number;
}

export const usualTimes: KioskTimes = {
  decisionMs: 1000,
  lookMs: 20_000,
  confirmMs: 1500,
  claimMs: 30_000,
  challengeMs: 6000,
  pinMs: 20_000,
  pinCheckMs: 5000,
  cardMs: 20_000,
  faceValidMs: 45_000,
  recordMs: 2000,
  pulseMs: 4000,
  welcomeMs: 4000,
  tryAgainMs: 3000,
  lockedShownMs: 6000,
  leaveMs: 1500,
  leavePinMs: 6000,
  maxFrameAgeMs: 1000,
  restMs: 30_000,
};

export const usualLimits: KioskLimits = { tries: 3, maxRefusals: 5, pinTries: 3, enoughLooks: 6, leastFaceShare: 0.1, secondFaceShare: 0.6 };

/** Descriptors as quick as the engine gives them: people wait for a second, and try again. */
export const kioskEvidence: EvidenceRule = { descriptorEveryMs: 150, enoughPerTrack: 40, againAfterMs: 500, cues: true, chip: false };
