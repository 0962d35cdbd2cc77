import type { ChallengeName } from '../../faces/index.ts';
import type { OpenedCard } from '../card/opened-card.ts';
import type { DoorGallery, PinResult, PulseResult } from '../ports.ts';
import type { ServiceReason } from '../snapshot.ts';
import type { Claim } from '../visit/claim.ts';
import type { Look } from '../visit/look.ts';
import type { Moment } from '../visit/moment.ts';

/** What the machine hears. Answers carry the id of what asked for them: one that comes late is nobody's. */
export type KioskEvent =
  | { readonly type: 'frame'; readonly look: Look; readonly gallery: DoorGallery }
  | { readonly type: 'start' }
  | { readonly type: 'cancel' }
  | { readonly type: 'claim'; readonly claim: Claim }
  | { readonly type: 'card'; readonly card: OpenedCard | null; readonly at: Moment }
  | { readonly type: 'use-pin' }
  | { readonly type: 'pin'; readonly digits: string; readonly at: Moment }
  | { readonly type: 'other-challenge'; readonly challenge: ChallengeName }
  | { readonly type: 'maintenance'; readonly on: boolean }
  | { readonly type: 'faults'; readonly reasons: readonly ServiceReason[] }
  | { readonly type: 'pin-checked'; readonly ticket: string; readonly result: PinResult | null; readonly at: Moment }
  | { readonly type: 'recorded'; readonly decisionId: string; readonly kept: boolean; readonly at: Moment }
  | { readonly type: 'opened'; readonly decisionId: string; readonly result: PulseResult };
