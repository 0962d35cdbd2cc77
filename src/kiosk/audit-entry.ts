/** What stood for a person. */
export type Factor = 'face' | 'pin' | 'card';

/** `claimed`: the person said who they are. `anyone`: the face alone said it. */
export type CompareMode = 'claimed' | 'anyone';

/**
 * What the door's record gets to hold: no picture, no distance, and a person only where one was let in.
 *
 * - `decision`: `factors` are those that had spoken for the person; `reasons` are the codes of `DoorReason` or of the flow.
 * - `pulse`: `asked` is written before the door is asked, the rest when it has answered or not.
 */
export type AuditEntry = GrantedEntry | NotGrantedEntry | PulseEntry | FaultEntry;

interface DecisionFields {
  readonly kind: 'decision';
  readonly decisionId: string;
  readonly mode: CompareMode;
  readonly factors: readonly Factor[];
  readonly reasons: readonly string[];
}

export interface GrantedEntry extends DecisionFields {
  readonly outcome: 'granted';
  readonly personId: string;
}

export interface NotGrantedEntry extends DecisionFields {
  readonly outcome: 'refused' | 'unsure';
}

export interface PulseEntry {
  readonly kind: 'pulse';
  readonly decisionId: string;
  readonly stage: 'asked' | 'opened' | 'refused' | 'unknown';
  readonly code: string | null;
}

export interface FaultEntry {
  readonly kind: 'fault';
  readonly part: FaultPart;
  readonly code: string;
}

/** The part of the kiosk that failed. */
export type FaultPart = 'record' | 'door' | 'pin' | 'faces' | 'frames' | 'flow';
