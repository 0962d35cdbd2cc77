import type { Result } from '../base/index.ts';
import type { DescriptorRule, Descriptor, FaceIndex, ImpostorDistances } from '../faces/index.ts';
import type { FrameResult } from '../pipeline/index.ts';
import type { AuditEntry } from './audit-entry.ts';
import type { OpenedCard } from './card/opened-card.ts';

/** Time and delays, apart from the browser's so that tests can hold the clock. Milliseconds that never run backwards. */
export interface KioskClock {
  nowMs(): number;
  /** The date as the device has it, in milliseconds since 1970 UTC. */
  epochMs(): number;
  /** Calls `run` once after `delayMs`. @returns the call that cancels it */
  after(delayMs: number, run: () => void): () => void;
}

/** Someone whom the door knows. */
export interface KnownPerson {
  readonly personId: string;
  readonly name: string;
}

/** Everyone whom the door knows now. Another one takes its place when somebody comes or is revoked. */
export interface DoorGallery {
  /** Whose number is the place in this list. */
  readonly people: readonly KnownPerson[];
  readonly rule: DescriptorRule;
  /** null: nobody is enrolled. */
  readonly index: FaceIndex | null;
  /** By the number of the person. */
  readonly templatesOf: (person: number) => readonly Descriptor[];
  /** Examples of who a person is not, by the number of the person. */
  readonly negativesOf: (person: number) => readonly Descriptor[];
  readonly impostors: ImpostorDistances;
}

export interface Gallery {
  /** null while it cannot be opened. */
  current(): DoorGallery | null;
}

/** The record of the door. What `append` has confirmed is kept. */
export interface Audit {
  append(entry: AuditEntry): Promise<Result<null>>;
}

/** What became of a pulse: `unknown` when the door was asked and nobody knows whether it opened. */
export type PulseResult =
  | { readonly outcome: 'opened'; readonly code: string }
  | { readonly outcome: 'refused'; readonly code: string }
  | { readonly outcome: 'unknown'; readonly code: string };

export type DoorPosition = 'closed' | 'open' | 'held' | 'unknown' | 'offline';

export interface DoorOutput {
  /** Asks the door to open once. After `signal` has fired it must not begin to. */
  pulse(decisionId: string, signal: AbortSignal): Promise<PulseResult>;
  position(): DoorPosition;
}

/**
 * `none-set`: this person has no PIN. `locked`: too many were wrong, of one person's or at this kiosk; nothing is checked for
 * as long as it says.
 */
export type PinResult =
  | { readonly kind: 'right' }
  | { readonly kind: 'wrong' }
  | { readonly kind: 'none-set' }
  | { readonly kind: 'locked'; readonly whose: 'person' | 'kiosk'; readonly leftMs: number };

export interface PinCheck {
  /** @param personId null: nobody of that name; it takes as long as for anybody and is wrong */
  check(personId: string | null, digits: string): Promise<Result<PinResult>>;
}

/** Reads the cards that this door has signed. */
export interface Cards {
  open(text: string): Promise<Result<OpenedCard>>;
}

/** What the engine sees. */
export interface Frames {
  /** @returns the call that ends it */
  subscribe(onFrame: (result: FrameResult) => void): () => void;
}
