import type { AuditReport, LogLine } from '../../../audit/index.ts';
import type { Failure, Result } from '../../../base/index.ts';
import type { PairFailure, PulseFailure, PulseOutcome } from '../../../doorlink/index.ts';
import type { ImpostorDistances } from '../../../faces/index.ts';
import type { ClaimWay } from '../../../kiosk/index.ts';
import type { DoorSettings } from '../../../store/index.ts';
import type { OwnerGuard } from '../owner-guard.ts';

/** What the owner has signed: that a face alone opens this door, in one mode, at one rate or a stricter one. */
export type FaceAloneSignature = NonNullable<DoorSettings['faceAlone']>;

/** How the owner wants the door to be. */
export interface DoorPlan {
  readonly doorName: string;
  /** `claimed`: 1:1, people say who they are. `anyone`: 1:N, the face alone says it. */
  readonly mode: 'claimed' | 'anyone';
  readonly claimWays: readonly ClaimWay[];
  readonly secondFactor: 'pin' | 'card' | 'none';
  /** Name and PIN open without a face, for people whom the camera cannot serve. */
  readonly pinInstead: boolean;
  /** Strangers that may pass the whole gallery, as a share of those who try. */
  readonly targetRate: number;
  /** What visitors read about the camera. */
  readonly notice: string;
  /** Hour of the day, 0..23, in which the app may update and restart itself while nobody is there. */
  readonly quietHour: number;
  readonly faceAlone: FaceAloneSignature | null;
}

/** What is known of the people at this door and of the network that compares them. */
export interface DoorRisk {
  readonly people: number;
  readonly templates: number;
  readonly impostors: ImpostorDistances;
  /** Share of right people who are refused at a distance; null where nobody has measured it for this network. */
  readonly falseRejects: ((distance: number) => number) | null;
}

/** How the kiosk is doing, for the owner's page and the square code on it. */
export interface DoorHealth {
  readonly facts: readonly { readonly code: HealthCode; readonly good: boolean | null; readonly value: number | string | null }[];
  /** The same in one short line of text. */
  readonly line: string;
}

/** `lastFrame`: milliseconds ago. `freeBytes`. `retentionDays`: until the next person's time is over. `camera`: how it was granted. */
export type HealthCode = 'lastFrame' | 'canary' | 'freeBytes' | 'retentionDays' | 'camera' | 'door' | 'battery' | 'version';

/** A lock on PINs that holds now. */
export interface Lock {
  readonly whose: 'owner' | 'kiosk' | 'person';
  readonly name: string | null;
  readonly leftMs: number;
}

export interface Pairing {
  readonly doorName: string;
  readonly kioskId: string;
}

/** The relay on this device's own serial line that the owner chose. */
export interface RelayState {
  readonly pulseMs: number;
  /** It is plugged in, and the browser lets this page use it. */
  readonly isThere: boolean;
}

/** The owner's choice of a relay on this device's own serial line. */
export interface RelayOffice {
  /** null: none was chosen. */
  chosen(): Promise<Result<RelayState | null>>;
  /** Lets the owner choose a port, right after they have tapped something; it takes the place of a bridge. @param pulseMs 200..10000 */
  choose(pulseMs: number): Promise<Result<RelayState, Failure<'nothing-chosen' | 'not-allowed' | 'not-kept'>>>;
  forget(): Promise<Result<null>>;
}

/** Someone who is enrolled, and whether they have a PIN for this door. */
export interface PinHolder {
  readonly id: string;
  readonly name: string;
  /** null where it cannot be read. */
  readonly hasPin: boolean | null;
}

/** Someone who is enrolled, and until when the card that they have is good; null without one. */
export interface CardHolder {
  readonly id: string;
  readonly name: string;
  readonly untilMs: number | null;
}

/** A card as it is handed out: it is shown once, and nobody can make the same again. */
export interface MadeCard {
  readonly name: string;
  readonly text: string;
  readonly untilMs: number;
}

/** The owner's side of a door. Nothing in it acts before the owner is in, but for the first set-up. */
export interface DoorOffice {
  /** The browser has thrown away what the door kept here: it stays shut, and nobody becomes its owner on this screen. */
  isLost(): boolean;
  readonly guard: OwnerGuard;
  /** null: nothing has been set up. */
  plan(): Promise<Result<DoorPlan | null>>;
  savePlan(plan: DoorPlan): Promise<Result<null>>;
  /** @param pin six digits at least */
  setOwnerPin(pin: string): Promise<Result<null>>;
  /** null where this device has no lock that a page may use. */
  readonly registerPasskey: ((label: string) => Promise<Result<null>>) | null;
  /** Whether the owner keeps the door shut for now; what cannot be read counts as kept shut. */
  paused(): Promise<boolean>;
  /** Shuts the door to everybody until it is taken back, over restarts too. */
  setPaused(paused: boolean): Promise<Result<null>>;
  pairing(): Promise<Pairing | null>;
  pair(code: string, kioskName: string): Promise<Result<Pairing, PairFailure | Failure<'not-kept'>>>;
  unpair(): Promise<Result<null>>;
  /** null where this browser has no serial ports. */
  readonly relay: RelayOffice | null;
  /** The door's output, asked once by the owner; it is written into the record first. */
  testPulse(): Promise<Result<PulseOutcome, PulseFailure | Failure<'not-paired' | 'not-recorded'>>>;
  risk(): Promise<DoorRisk | null>;
  holders(): Promise<Result<readonly PinHolder[]>>;
  /** @param pin null takes it away */
  setPersonPin(id: string, pin: string | null): Promise<Result<null>>;
  cardHolders(): Promise<Result<readonly CardHolder[]>>;
  /** A new card for a person; whatever card they had before opens nothing any more. */
  giveCard(id: string): Promise<Result<MadeCard>>;
  callOffCard(id: string): Promise<Result<null>>;
  newest(count: number): Promise<Result<readonly LogLine[]>>;
  exportLog(): Promise<Result<Blob>>;
  checkLog(): Promise<Result<AuditReport>>;
  fingerprint(): Promise<Result<string | null>>;
  health(): Promise<DoorHealth>;
  locks(): Promise<readonly Lock[]>;
}

export const usualPlan: DoorPlan = {
  doorName: '',
  mode: 'claimed',
  claimWays: ['typed', 'list'],
  secondFactor: 'pin',
  pinInstead: true,
  targetRate: 1e-4,
  notice: '',
  quietHour: 4,
  faceAlone: null,
};
