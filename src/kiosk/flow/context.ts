import type { DoorReason } from '../../faces/index.ts';
import type { Factor } from '../audit-entry.ts';
import type { FrameRules, KioskLimits, KioskRules, KioskTimes } from '../rules.ts';
import type { ServiceReason, TryAgainReason } from '../snapshot.ts';
import type { Claim } from '../visit/claim.ts';
import type { Moment } from '../visit/moment.ts';
import type { Visit } from '../visit/visit.ts';

/** What a machine is made of. */
export interface FlowInput {
  readonly rules: KioskRules;
  readonly frames: FrameRules;
  readonly times: KioskTimes;
  readonly limits: KioskLimits;
  /** Random and new at each call: 1 to 64 of letters, digits, `_` and `-`. */
  readonly newId: () => string;
  /** 0 <= x < 1: which move is asked for. */
  readonly random: () => number;
}

/** What the frames say so far; `failed`: they cannot be compared. */
export type Judged =
  | { readonly state: 'granted'; readonly personId: string; readonly name: string }
  | { readonly state: 'refused' | 'unsure'; readonly reasons: readonly DoorReason[] }
  | { readonly state: 'failed'; readonly code: string };

/** Somebody for whom a factor has spoken; that alone opens nothing. */
export interface Admitted {
  readonly personId: string;
  readonly name: string;
  readonly factors: readonly Factor[];
  /** When the frames spoke for them; null where no frame did. */
  readonly faceAt: Moment | null;
  /** When the newest factor did. */
  readonly at: Moment;
}

export interface FlowContext extends FlowInput {
  readonly faults: readonly ServiceReason[];
  readonly visit: Visit | null;
  /** Of the last frame: null where there was none, or no face. */
  readonly now: { readonly tMs: number; readonly at: Moment } | null;
  readonly facesNow: number;
  readonly lastFaceMs: number | null;
  readonly judged: Judged | null;
  readonly claim: Claim | null;
  readonly admitted: Admitted | null;
  /** The id of the decision, or of the check, that is under way. */
  readonly pending: string | null;
  readonly tries: number;
  /** On this pad. */
  readonly pinsWrong: number;
  /** When the PIN was sent to be checked. */
  readonly askedAt: Moment | null;
  readonly lockedMs: number;
  readonly reason: TryAgainReason;
  /** A face that was served, or that used its tries up: it is not looked at again unless somebody touches the screen. */
  readonly spentTrack: number | null;
  /** Faces that were refused one after the other, and until when none is looked at. */
  readonly refusals: number;
  readonly restSince: Moment | null;
}

export function freshContext(input: FlowInput): FlowContext {
  return { ...input, ...forNext, faults: [], spentTrack: null, refusals: 0, restSince: null };
}

/** What must not pass from one visitor to the next. */
export const forNext = {
  visit: null,
  now: null,
  facesNow: 0,
  lastFaceMs: null,
  judged: null,
  claim: null,
  admitted: null,
  pending: null,
  tries: 0,
  pinsWrong: 0,
  askedAt: null,
  lockedMs: 0,
  reason: 'not-now',
} as const satisfies Partial<FlowContext>;
