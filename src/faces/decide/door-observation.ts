import type { CueName, CueResult } from '../liveness/cue.ts';

/** What one frame says about who stands there. */
export interface DoorObservation {
  readonly tMs: number;
  /** The face, followed over frames. */
  readonly trackId: number;
  /** The network behind the distances. */
  readonly modelId: string;
  /** To the nearest template of each person who was compared; whoever is missing is far away. */
  readonly distances: readonly { readonly personId: string; readonly distance: number }[];
  /** How good the shot was, 0..1: its weight. */
  readonly quality: number;
  /** What is known by now about whether this face is a living one. */
  readonly cues: readonly CueResult[];
  /** Faces in the frame. */
  readonly faces: number;
}

/** When a door may say yes. Every number belongs to a model, a place or an owner: there are no defaults. */
export interface DoorPolicy {
  readonly nowMs: number;
  readonly modelId: string;
  /** Within it a frame speaks for a person; see `thresholdFor`. */
  readonly threshold: number;
  /** By how much the second person must be farther away. */
  readonly margin: number;
  /** The person who the face says it is; null: whoever it may be. */
  readonly claimedId: string | null;
  /** Frames that must speak for the person, and the time between the first and the last of them. */
  readonly minFrames: number;
  readonly minSpanMs: number;
  /** Older frames say nothing any more. */
  readonly maxAgeMs: number;
  /** The newest frame that speaks for the person must not be older than this. */
  readonly maxSilenceMs: number;
  /** A shot that is worse says nothing. */
  readonly minQuality: number;
  /** Share of the weight that may speak against the person, 0..1 and less than one half. */
  readonly maxAgainst: number;
  /** Each must have passed. One that failed, asked for or not, keeps the door shut. */
  readonly requiredCues: readonly CueName[];
}

/**
 * Why not. Of the frames: `no-frames`, `stale`, `too-few-frames`, `too-short`, `poor-shots`, `other-model`, `not-finite`,
 * `several-faces`, `another-face` (the one that is followed changed). Of the person: `not-recognised`, `ambiguous`,
 * `contradicted`, `not-claimed`. Of the cues: `liveness-failed`, `liveness-open`. Of the policy: `policy-invalid`.
 */
export type DoorReason =
  | 'no-frames' | 'stale' | 'too-few-frames' | 'too-short' | 'poor-shots' | 'other-model' | 'not-finite' | 'several-faces' | 'another-face'
  | 'not-recognised' | 'ambiguous' | 'contradicted' | 'not-claimed' | 'liveness-failed' | 'liveness-open' | 'policy-invalid';

/** `unsure`: look on, or ask for the PIN. `refused`: there was enough to see, and it says no. */
export type DoorDecision =
  | { readonly state: 'granted'; readonly personId: string; readonly frames: number; readonly reasons: readonly [] }
  | { readonly state: 'refused' | 'unsure'; readonly personId: null; readonly frames: number; readonly reasons: readonly [DoorReason, ...DoorReason[]] };
