import type { FaceFacts } from '../../landmarks/index.ts';
import { seededRandom } from '../../base/index.ts';
import type { CueReason, CueResult } from './cue.ts';

/** What a person can be asked to do. The person may choose: not everybody can do each of them. */
export const challengeNames = ['blink', 'turn-left', 'turn-right', 'nod', 'smile'] as const;
export type ChallengeName = (typeof challengeNames)[number];

/** What one frame shows of the face that is asked. */
export interface ChallengeFrame {
  readonly tMs: number;
  readonly trackId: number;
  readonly facts: Pick<FaceFacts, 'yawRad' | 'pitchRad' | 'leftEyeOpen' | 'rightEyeOpen' | 'smile' | 'blinks'>;
}

/** A challenge that runs. Plain data: `challengeAfter` makes the next one of it. */
export interface ChallengeState {
  readonly name: ChallengeName;
  readonly startedMs: number;
  readonly limitMs: number;
  readonly trackId: number | null;
  readonly lastMs: number | null;
  /** How the face was before it was asked, over the first frames that could be read. */
  readonly rest: readonly number[];
  /** How far the move has gone: 0 at rest, 1 out, 2 back again. */
  readonly stage: 0 | 1 | 2;
  readonly outSinceMs: number | null;
  /** The largest move away from rest. */
  readonly reached: number;
  readonly blinksAtStart: number | null;
  readonly outcome: CueResult['outcome'];
  readonly because: CueReason;
}

/** Frames that tell how the face rests. */
const restFrames = 3;
/** A gap longer than this may hide a change of the face. */
const longestGapMs = 1500;

/** How far a move goes from rest, when it counts as back, and how long it takes at least: what jumps is no head. */
const moves: Readonly<Record<Exclude<ChallengeName, 'blink'>, { readonly out: number; readonly back: number; readonly leastMs: number; readonly restsBelow: number }>> = {
  // 0.35 rad is 20 degrees.
  'turn-left': { out: 0.35, back: 0.15, leastMs: 150, restsBelow: 0.35 },
  'turn-right': { out: 0.35, back: 0.15, leastMs: 150, restsBelow: 0.35 },
  nod: { out: 0.17, back: 0.1, leastMs: 100, restsBelow: 0.4 },
  smile: { out: 0.35, back: 0.2, leastMs: 150, restsBelow: 0.5 },
};

/** Challenges in an order that cannot be known before; the same for the same seed. */
export function drawChallenges(count: number, seed: number, among: readonly ChallengeName[] = challengeNames): readonly ChallengeName[] {
  const random = seededRandom(seed);
  const left = [...among];
  return Array.from({ length: Math.min(count, left.length) }, () => left.splice(Math.floor(random() * left.length), 1)).flat();
}

export function startChallenge(name: ChallengeName, startedMs: number, limitMs: number): ChallengeState {
  return { name, startedMs, limitMs, trackId: null, lastMs: null, rest: [], stage: 0, outSinceMs: null, reached: 0, blinksAtStart: null, outcome: 'not-sure', because: 'running' };
}

/** The result so far, to be told to `decide`. */
export function challengeCue({ name, outcome, because, reached }: ChallengeState): CueResult {
  return { cue: name, outcome, because, value: outcome === 'not-sure' && reached === 0 ? null : reached };
}

/** The challenge after one more frame; one without a face tells only that time goes on. What has ended stays as it ended. */
export function challengeAfter(state: ChallengeState, frame: ChallengeFrame | { readonly tMs: number }): ChallengeState {
  const { tMs } = frame;
  if (state.because !== 'running' && state.because !== 'cannot-see') return state;
  if (!Number.isFinite(tMs) || (state.lastMs !== null && tMs <= state.lastMs) || tMs < state.startedMs) return state;
  if (tMs - state.startedMs > state.limitMs) {
    const wasSeen = state.rest.length > 0 || state.blinksAtStart !== null;
    return wasSeen ? ended(state, 'failed', 'time-over') : ended(state, 'not-sure', 'cannot-see');
  }
  if (!('facts' in frame)) return state;
  const isOther = state.trackId !== null && frame.trackId !== state.trackId;
  if (isOther || (state.lastMs !== null && tMs - state.lastMs > longestGapMs)) return ended(state, 'failed', 'face-lost');
  const seen = { ...state, trackId: frame.trackId, lastMs: tMs };
  return state.name === 'blink' ? afterBlinks(seen, frame) : afterMove(seen, frame, state.name);
}

/** Eyes must have been seen open, then a blink be counted while the challenge runs. */
function afterBlinks(state: ChallengeState, { facts }: ChallengeFrame): ChallengeState {
  if (facts.leftEyeOpen === null && facts.rightEyeOpen === null) return { ...state, because: 'cannot-see' };
  if (!Number.isFinite(facts.blinks)) return state;
  const atStart = state.blinksAtStart ?? facts.blinks;
  const reached = facts.blinks - atStart;
  const seen = { ...state, because: 'running' as const, blinksAtStart: atStart, reached };
  return reached >= 1 ? ended(seen, 'passed', 'seen') : seen;
}

/** From rest out and back again, in no less time than a head needs. */
function afterMove(state: ChallengeState, { tMs, facts }: ChallengeFrame, name: Exclude<ChallengeName, 'blink'>): ChallengeState {
  const value = measureOf(name, facts);
  if (value === null || !Number.isFinite(value)) return { ...state, because: 'cannot-see' };
  const { out, back, leastMs, restsBelow } = moves[name];
  if (state.rest.length < restFrames) {
    if (state.rest.length === 0 && Math.abs(value) >= restsBelow) return ended(state, 'failed', 'was-so-already');
    return { ...state, because: 'running', rest: [...state.rest, value] };
  }
  const away = awayFrom(value - (state.rest.reduce((sum, one) => sum + one, 0) / state.rest.length), name);
  const seen = { ...state, because: 'running' as const, reached: Math.max(state.reached, away) };
  if (state.stage === 0) {
    // The move begins when it leaves rest, and counts when it has come far enough after that.
    if (away < back) return { ...seen, outSinceMs: null };
    return { ...seen, outSinceMs: state.outSinceMs ?? tMs, stage: away >= out ? 1 : 0 };
  }
  if (away > back) return seen;
  return tMs - (state.outSinceMs ?? tMs) >= leastMs ? ended({ ...seen, stage: 2 }, 'passed', 'seen') : { ...seen, stage: 0, outSinceMs: null };
}

function measureOf(name: Exclude<ChallengeName, 'blink'>, facts: ChallengeFrame['facts']): number | null {
  if (name === 'smile') return facts.smile;
  return name === 'nod' ? facts.pitchRad : facts.yawRad;
}

/** How far from rest in the direction that was asked for. Heads nod up as well as down. */
function awayFrom(change: number, name: Exclude<ChallengeName, 'blink'>): number {
  if (name === 'nod') return Math.abs(change);
  return name === 'turn-right' ? -change : change;
}

function ended(state: ChallengeState, outcome: CueResult['outcome'], because: CueReason): ChallengeState {
  return { ...state, outcome, because };
}
