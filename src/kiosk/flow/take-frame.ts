import type { DoorGallery } from '../ports.ts';
import { judge } from '../visit/judge.ts';
import type { Look } from '../visit/look.ts';
import type { Visit } from '../visit/visit.ts';
import { visitAfter, visitWithoutFace } from '../visit/visit.ts';
import type { FlowContext, Judged } from './context.ts';
import { mustClaim } from './guards.ts';

/** What one frame changes, whatever the state. Two people in front of the door end a visit: nobody is judged by either. */
export function contextAfterFrame(context: FlowContext, look: Look, gallery: DoorGallery): Partial<FlowContext> {
  const { tMs, at, faces, face } = look;
  const now = { tMs, at };
  if (faces > 1) return { now, facesNow: faces, lastFaceMs: tMs, visit: null, judged: null };
  if (!face) return { now, facesNow: 0, judged: null, visit: context.visit && visitWithoutFace(context.visit, look) };
  const visit = visitAfter(context.visit, look, face);
  const isJudged = visit.trackId !== context.spentTrack && !mustClaim(context);
  return { now, facesNow: 1, lastFaceMs: tMs, visit, judged: isJudged ? judged(context, visit, tMs, gallery) : null };
}

function judged({ rules, frames, claim }: FlowContext, visit: Visit, tMs: number, gallery: DoorGallery): Judged {
  const result = judge(visit, tMs, { rules, frames, gallery, claim });
  if (!result.ok) return { state: 'failed', code: result.failure.code };
  const decision = result.value;
  if (decision.state !== 'granted') return { state: decision.state, reasons: decision.reasons };
  const { personId } = decision;
  const person = [...gallery.people, ...(claim?.people ?? [])].find((known) => known.personId === personId);
  return person ? { state: 'granted', ...person } : { state: 'failed', code: 'no-such-person' };
}
