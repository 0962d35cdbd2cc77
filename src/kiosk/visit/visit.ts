import type { ChallengeName, ChallengeState, Descriptor, FaceShape, Instruction } from '../../faces/index.ts';
import { challengeAfter, startChallenge } from '../../faces/index.ts';
import type { Look, SeenEvidence, SeenFace } from './look.ts';

/** One look at the face that was good enough to be compared. */
export interface Shot {
  readonly tMs: number;
  readonly quality: number;
  readonly descriptor: Descriptor;
}

/** Raw scores of the looks that had them, oldest first. */
export interface PassiveScores {
  readonly liveness: readonly number[];
  readonly antispoof: readonly number[];
  readonly moire: readonly number[];
}

/** What is known of the one face that is followed. Another face is another visit. */
export interface Visit {
  readonly trackId: number;
  readonly shots: readonly Shot[];
  readonly scores: PassiveScores;
  /** Points of the face, those with the largest turns kept. */
  readonly shapes: readonly FaceShape[];
  readonly challenge: ChallengeState | null;
  readonly instruction: Instruction;
  /** Frame times. */
  readonly beganMs: number;
  readonly lastFaceMs: number;
  readonly lastEvidenceMs: number | null;
  readonly firstGoodMs: number | null;
  /** Looks at the face from the first good one on, good or not. */
  readonly looks: number;
}

/** So many of each are kept: enough to judge by, too few to fill the memory when somebody leans at the door. */
const kept = { shots: 24, scores: 24, shapes: 24 } as const;

/** The visit after one more look at a face. */
export function visitAfter(visit: Visit | null, { tMs }: Look, face: SeenFace): Visit {
  const before = visit?.trackId === face.trackId && tMs > visit.lastFaceMs ? visit : begun(face.trackId, tMs);
  const seen: Visit = { ...before, lastFaceMs: tMs, shapes: withShape(before.shapes, face.shape), challenge: challengeWith(before.challenge, tMs, face) };
  const { evidence } = face;
  // An evidence that stays until the next one is no second look, and one from before the visit says nothing about it.
  const isNew = evidence !== null && evidence.tMs >= before.beganMs && evidence.tMs > (before.lastEvidenceMs ?? -Infinity);
  return isNew ? withEvidence(seen, evidence) : seen;
}

/** A frame without the face tells only that time goes on. */
export function visitWithoutFace(visit: Visit, { tMs }: Look): Visit {
  return visit.challenge ? { ...visit, challenge: challengeAfter(visit.challenge, { tMs }) } : visit;
}

/** The move that is asked for now; what was seen of another one is forgotten. */
export function withChallenge(visit: Visit, name: ChallengeName, startedMs: number, limitMs: number): Visit {
  return { ...visit, challenge: startChallenge(name, startedMs, limitMs) };
}

function begun(trackId: number, tMs: number): Visit {
  return {
    trackId,
    shots: [],
    scores: { liveness: [], antispoof: [], moire: [] },
    shapes: [],
    challenge: null,
    instruction: 'cannot-see',
    beganMs: tMs,
    lastFaceMs: tMs,
    lastEvidenceMs: null,
    firstGoodMs: null,
    looks: 0,
  };
}

function withEvidence(visit: Visit, { tMs, instruction, quality, descriptor, liveness, antispoof, moire }: SeenEvidence): Visit {
  const { scores } = visit;
  return {
    ...visit,
    instruction,
    lastEvidenceMs: tMs,
    firstGoodMs: visit.firstGoodMs ?? (instruction === 'ok' ? tMs : null),
    looks: visit.firstGoodMs === null && instruction !== 'ok' ? 0 : visit.looks + 1,
    // The gate has said no to all others: whatever numbers they hold are not looked at.
    shots: instruction === 'ok' && descriptor ? last(visit.shots, { tMs, quality, descriptor }, kept.shots) : visit.shots,
    scores: { liveness: withScore(scores.liveness, liveness), antispoof: withScore(scores.antispoof, antispoof), moire: withScore(scores.moire, moire) },
  };
}

function challengeWith(challenge: ChallengeState | null, tMs: number, { trackId, facts }: SeenFace): ChallengeState | null {
  return challenge && challengeAfter(challenge, facts ? { tMs, trackId, facts } : { tMs });
}

/** The shape that stands nearest to the middle goes first: depth shows between heads that stand apart. */
function withShape(shapes: readonly FaceShape[], shape: FaceShape | null): readonly FaceShape[] {
  if (!shape) return shapes;
  const all = [...shapes, shape];
  if (all.length <= kept.shapes) return all;
  const mean = { yaw: meanOf(all, ({ yawRad }) => yawRad), pitch: meanOf(all, ({ pitchRad }) => pitchRad) };
  const apart = all.map(({ yawRad, pitchRad }) => Math.hypot(yawRad - mean.yaw, pitchRad - mean.pitch));
  const nearest = apart.indexOf(Math.min(...apart));
  return all.filter((_, at) => at !== nearest);
}

function meanOf(shapes: readonly FaceShape[], of: (shape: FaceShape) => number): number {
  return shapes.reduce((sum, shape) => sum + of(shape), 0) / shapes.length;
}

function withScore(scores: readonly number[], score: number | null): readonly number[] {
  return score === null ? scores : last(scores, score, kept.scores);
}

function last<T>(list: readonly T[], item: T, count: number): readonly T[] {
  return [...list, item].slice(-count);
}
