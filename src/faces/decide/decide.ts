import type { DoorDecision, DoorObservation, DoorPolicy, DoorReason } from './door-observation.ts';
import type { FrameVote } from './frame-vote.ts';
import { voteOf } from './frame-vote.ts';

/**
 * Whether a door may open after some frames. Pure; whatever is broken, mixed, old or missing never opens it, and a frame
 * more that speaks against the person never turns a no into a yes.
 *
 * @param observations in any order
 */
export function decide(observations: readonly DoorObservation[], policy: DoorPolicy): DoorDecision {
  if (!isPolicy(policy)) return no('unsure', 0, 'policy-invalid');
  if (observations.length === 0) return no('unsure', 0, 'no-frames');
  if (!observations.every(isFinite)) return no('unsure', 0, 'not-finite');
  const fresh = observations.filter(({ tMs }) => tMs <= policy.nowMs && policy.nowMs - tMs <= policy.maxAgeMs);
  const newestMs = Math.max(...fresh.map(({ tMs }) => tMs));
  if (fresh.length === 0 || policy.nowMs - newestMs > policy.maxSilenceMs) return no('unsure', 0, 'stale');
  const scene = sceneReasons(fresh, policy);
  if (scene[0]) return no('unsure', 0, scene[0], ...scene.slice(1));
  if (fresh.some(({ cues }) => cues.some(({ outcome }) => outcome === 'failed'))) return no('refused', 0, 'liveness-failed');
  const votes = votesOf(fresh, policy);
  if (votes.length === 0) return no('unsure', 0, 'poor-shots');
  return byVotes(votes, fresh, policy);
}

function byVotes(votes: readonly FrameVote[], fresh: readonly DoorObservation[], policy: DoorPolicy): DoorDecision {
  const personId = mostVoted(votes);
  const supporting = votes.filter((vote) => vote.personId !== null && vote.personId === personId);
  const { minFrames, minSpanMs, claimedId } = policy;
  const looked: DoorReason[] = [...(votes.length < minFrames ? ['too-few-frames' as const] : []), ...(spanMs(votes) < minSpanMs ? ['too-short' as const] : [])];
  const against: DoorReason[] = [];
  if (personId === null) against.push(votes.some(({ isAmbiguous }) => isAmbiguous) ? 'ambiguous' : 'not-recognised');
  else if (claimedId !== null && personId !== claimedId) against.push('not-claimed');
  else if (shareAgainst(votes, supporting) > policy.maxAgainst) against.push('contradicted');
  if (against[0]) return no(looked.length === 0 ? 'refused' : 'unsure', supporting.length, against[0], ...against.slice(1), ...looked);
  const open: DoorReason[] = [
    ...(supporting.length < minFrames ? ['too-few-frames' as const] : []),
    ...(spanMs(supporting) < minSpanMs ? ['too-short' as const] : []),
    // A stranger who stands there now does not make old frames of somebody else new.
    ...(policy.nowMs - (supporting.at(-1)?.tMs ?? -Infinity) > policy.maxSilenceMs ? ['stale' as const] : []),
    ...(policy.requiredCues.every((cue) => hasPassed(cue, fresh)) ? [] : ['liveness-open' as const]),
  ];
  if (open[0]) return no('unsure', supporting.length, open[0], ...open.slice(1));
  return personId === null ? no('unsure', 0, 'not-recognised') : { state: 'granted', personId, frames: supporting.length, reasons: [] };
}

/** What is wrong with the frames as a whole, whoever is on them. */
function sceneReasons(fresh: readonly DoorObservation[], { modelId }: DoorPolicy): readonly DoorReason[] {
  return [
    ...(fresh.some((frame) => frame.modelId !== modelId) ? ['other-model' as const] : []),
    ...(fresh.some(({ faces }) => faces !== 1) ? ['several-faces' as const] : []),
    ...(new Set(fresh.map(({ trackId }) => trackId)).size > 1 ? ['another-face' as const] : []),
  ];
}

/** Votes of the shots that are good enough; frames of one time are one frame, and the worst of them counts. */
function votesOf(fresh: readonly DoorObservation[], policy: DoorPolicy): readonly FrameVote[] {
  const byTime = new Map<number, FrameVote>();
  for (const frame of fresh) {
    if (!(frame.quality >= policy.minQuality)) continue;
    const vote = voteOf(frame, policy);
    const before = byTime.get(frame.tMs);
    const isOther = before !== undefined && before.personId !== vote.personId;
    byTime.set(frame.tMs, isOther ? { ...vote, personId: null, weight: Math.max(before.weight, vote.weight) } : (before ?? vote));
  }
  return [...byTime.values()].sort((a, b) => a.tMs - b.tMs);
}

/** The person with the most weight; null for nobody, or a tie. */
function mostVoted(votes: readonly FrameVote[]): string | null {
  const weights = new Map<string, number>();
  for (const { personId, weight } of votes) if (personId !== null) weights.set(personId, (weights.get(personId) ?? 0) + weight);
  const [first, second] = [...weights].sort((a, b) => b[1] - a[1]);
  return first && first[1] > (second?.[1] ?? 0) ? first[0] : null;
}

function shareAgainst(votes: readonly FrameVote[], supporting: readonly FrameVote[]): number {
  const weightOf = (list: readonly FrameVote[]): number => list.reduce((sum, { weight }) => sum + weight, 0);
  return 1 - weightOf(supporting) / weightOf(votes);
}

function hasPassed(cue: string, fresh: readonly DoorObservation[]): boolean {
  return fresh.some(({ cues }) => cues.some((result) => result.cue === cue && result.outcome === 'passed'));
}

/** From the first to the last of votes in order. */
function spanMs(votes: readonly FrameVote[]): number {
  return (votes.at(-1)?.tMs ?? 0) - (votes[0]?.tMs ?? 0);
}

function isFinite({ tMs, quality, faces, distances }: DoorObservation): boolean {
  return [tMs, quality, faces].every(Number.isFinite) && quality >= 0 && quality <= 1 && distances.every(({ distance }) => distance >= 0 && Number.isFinite(distance));
}

function isPolicy({ nowMs, threshold, margin, minFrames, minSpanMs, maxAgeMs, maxSilenceMs, minQuality, maxAgainst }: DoorPolicy): boolean {
  const numbers = [threshold, margin, minSpanMs, maxAgeMs, maxSilenceMs];
  return Number.isFinite(nowMs) && numbers.every((value) => Number.isFinite(value) && value >= 0) && minFrames >= 1 && minQuality > 0 && maxAgainst >= 0 && maxAgainst < 0.5;
}

function no(state: 'refused' | 'unsure', frames: number, ...reasons: readonly [DoorReason, ...DoorReason[]]): DoorDecision {
  return { state, personId: null, frames, reasons };
}
