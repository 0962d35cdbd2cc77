/** What stood for a person. */
export type Factor = 'face' | 'pin' | 'card';

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
      readonly outcome: 'granted' | 'refused' | 'unsure';
      readonly personId: string | null;
      readonly factors: readonly Factor[];
      readonly reasons: readonly string[];
    }
  | { readonly kind: 'pulse'; readonly decisionId: string; readonly stage: 'asked' | 'opened' | 'refused' | 'unknown'; readonly code: string | null }
  | { readonly kind: 'fault'; readonly code: string; readonly detail: string };
