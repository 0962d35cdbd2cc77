/** What can tell a living face from a picture of one. */
export type CueName = 'liveness' | 'antispoof' | 'flatness' | 'moire' | 'blink' | 'turn-left' | 'turn-right' | 'nod' | 'smile';

/** What one cue says by itself. Cues are not added up: each can be shown, and each can be asked for. */
export interface CueResult {
  readonly cue: CueName;
  readonly outcome: 'passed' | 'failed' | 'not-sure';
  /** What was measured, in the cue's own unit; null where nothing could be. */
  readonly value: number | null;
  readonly because: CueReason;
}

/**
 * Passive: `as-living`, `as-a-picture`, `between`. Challenges: `seen`, `time-over`, `running`, `was-so-already` (the eyes
 * were shut, or the smile was there, before it was asked for), `face-lost`. For both: `cannot-see`, `too-little`,
 * `not-finite`.
 */
export type CueReason = 'as-living' | 'as-a-picture' | 'between' | 'seen' | 'time-over' | 'running' | 'was-so-already' | 'face-lost' | 'cannot-see' | 'too-little' | 'not-finite';
