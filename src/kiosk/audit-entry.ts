/** What stood for a person. */
export type Factor = 'face' | 'pin' | 'card';

/** Whether a face was compared with the one who it claims to be, or with everybody. */
export type CompareMode = '1:1' | '1:N';

/**
 * What the door's record gets to hold: no picture, no distance, and a person only where one was let in.
 *
 * - `decision`: `reasons` are the codes of `DoorReason`, `pin-wrong`, or those of the flow.
 * - `pulse`: `asked` is written before the door is asked, the rest when it has answered or not.
 */
export type AuditEntry =
  | {
      readonly kind: 'decision';
      readonly decisionId: string;
      readonly result: 'granted';
      readonly mode: CompareMode;
      readonly factors: readonly Factor[];
      readonly personId: string;
      readonly reasons: readonly string[];
    }
  | { readonly kind: 'decision'; readonly decisionId: string; readonly result: 'refused' | 'unsure'; readonly mode: CompareMode; readonly reasons: readonly string[] }
  | { readonly kind: 'pulse'; readonly decisionId: string; readonly step: 'asked' | 'confirmed' | 'failed' | 'unknown'; readonly code: string | null }
  | { readonly kind: 'fault'; readonly part: FaultPart; readonly code: string };

/** The part of the kiosk that failed. */
export type FaultPart = 'record' | 'door' | 'pin' | 'faces' | 'frames' | 'flow';
