import { elapsedMs } from '../visit/moment.ts';
import type { FlowContext } from './context.ts';

/** Instructions of a face that is not there yet: it has to come nearer, not to do anything else. */
const comingInstructions = ['no-face', 'cannot-see', 'come-closer', 'come-into-the-picture', 'one-person-only'];

/** Near enough to be told what else the shot needs. */
export function isNear({ visit }: FlowContext): boolean {
  return visit !== null && !comingInstructions.includes(visit.instruction);
}

/** A face came that was not served yet, or somebody else beside it. */
export function isSomebodyThere({ facesNow, visit, spentTrack }: FlowContext): boolean {
  return facesNow > 1 || (facesNow === 1 && visit?.trackId !== spentTrack);
}

/** No face for so long. Frames that stop tell nothing: that is the watchdog's. */
export function isAway({ facesNow, now, lastFaceMs }: FlowContext, awayMs: number): boolean {
  return facesNow === 0 && now !== null && lastFaceMs !== null && now.tMs - lastFaceMs >= awayMs;
}

/** Looked at so often that more looks would not change much. */
export function isLookedAtOften({ visit, limits }: FlowContext): boolean {
  return visit !== null && visit.looks >= limits.enoughLooks;
}

/** After too many faces in a row that were refused none is looked at for a while. */
export function isResting({ restSince, now, times }: FlowContext): boolean {
  return restSince !== null && now !== null && elapsedMs(restSince, now.at) < times.restMs;
}

/** 1:1, and nobody has said who they are: no face is compared with anybody. */
export function mustClaim({ rules, claim }: FlowContext): boolean {
  return rules.mode === 'claimed' && claim === null;
}

/** Whether a face may speak for somebody now, whatever the state. */
export function mayGrant(context: FlowContext): boolean {
  return context.faults.length === 0 && !mustClaim(context) && !isResting(context);
}

/** Beside the face: a signature of the owner makes it enough alone, and nothing else does. */
export function neededFactor({ rules }: FlowContext): 'pin' | 'card' | 'none' {
  return rules.secondFactor === 'none' && !rules.faceAloneSigned ? 'pin' : rules.secondFactor;
}

/** All that must have spoken for somebody has, and not too long ago. */
export function isAdmitted(context: FlowContext): boolean {
  const { admitted, times } = context;
  if (!admitted) return false;
  const { factors, faceAt, at } = admitted;
  if (!factors.includes('face')) return context.rules.pinInstead && factors.includes('pin');
  const needed = neededFactor(context);
  return faceAt !== null && elapsedMs(faceAt, at) <= times.faceValidMs && (needed === 'none' || factors.includes(needed));
}
