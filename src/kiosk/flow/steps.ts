import { drawChallenges } from '../../faces/index.ts';
import type { ChallengeName } from '../../faces/index.ts';
import type { CompareMode, FaultPart } from '../audit-entry.ts';
import { onlyOne } from '../visit/claim.ts';
import type { Moment } from '../visit/moment.ts';
import { withChallenge } from '../visit/visit.ts';
import type { Admitted, FlowContext } from './context.ts';
import type { KioskEffect } from './effects.ts';

/** The frames have spoken for somebody; a card that was held up before counts beside them. */
export function admittedByFace({ judged, now, claim }: FlowContext): Admitted | null {
  if (judged?.state !== 'granted' || !now) return null;
  const { personId, name } = judged;
  return { personId, name, factors: claim?.way === 'card' ? ['face', 'card'] : ['face'], faceAt: now.at, at: now.at };
}

/** A right PIN: beside the face, or of the one who was named. */
export function admittedByPin({ admitted, claim }: FlowContext, at: Moment): Admitted | null {
  if (admitted) return { ...admitted, factors: [...admitted.factors, 'pin'], at };
  const person = claim && onlyOne(claim);
  return person && { ...person, factors: claim.way === 'card' ? ['pin', 'card'] : ['pin'], faceAt: null, at };
}

/** Whose PIN it has to be; null: nobody's. */
export function pinOwner({ admitted, claim }: FlowContext): string | null {
  return admitted?.personId ?? (claim && onlyOne(claim)?.personId) ?? null;
}

/** The visit with a move that is asked for, in an order that cannot be known. */
export function askedToMove(context: FlowContext, wanted: ChallengeName | null): Partial<FlowContext> {
  const { visit, now, rules, times, random } = context;
  const name = wanted ?? drawChallenges(1, Math.floor(random() * 2 ** 32), rules.liveness.challenges)[0];
  return visit && now && name ? { visit: withChallenge(visit, name, now.tMs, times.challengeMs) } : {};
}

export function compareMode({ claim }: FlowContext): CompareMode {
  return claim ? 'claimed' : 'anyone';
}

export function notedDecision(context: FlowContext, outcome: 'refused' | 'unsure', reasons: readonly string[]): KioskEffect {
  return { type: 'note', entry: { kind: 'decision', decisionId: context.newId(), outcome, mode: compareMode(context), factors: context.admitted?.factors ?? [], reasons } };
}

export function notedFault(part: FaultPart, code: string): KioskEffect {
  return { type: 'note', entry: { kind: 'fault', part, code } };
}

/** What is to be written before the door is asked; null, and nothing happens, where not everything has spoken for somebody. */
export function grantToRecord(context: FlowContext): KioskEffect | null {
  const { admitted, pending } = context;
  if (!admitted || pending === null) return null;
  const { personId, factors } = admitted;
  return { type: 'record', decision: { kind: 'decision', decisionId: pending, outcome: 'granted', mode: compareMode(context), factors, personId, reasons: [] } };
}
