import type { CueName, CueResult } from '../../faces/index.ts';
import { challengeCue, flatnessCue, passiveCue } from '../../faces/index.ts';
import type { LivenessRules } from '../rules.ts';
import type { Visit } from './visit.ts';

/** What is known by now about whether the face is a living one. A measure without bars says nothing. */
export function cuesOf({ scores, shapes, challenge }: Visit, { bars }: LivenessRules): readonly CueResult[] {
  return [
    ...(bars.liveness ? [passiveCue('liveness', scores.liveness, bars.liveness)] : []),
    ...(bars.antispoof ? [passiveCue('antispoof', scores.antispoof, bars.antispoof)] : []),
    ...(bars.moire ? [passiveCue('moire', scores.moire, bars.moire)] : []),
    ...(bars.flatness ? [flatnessCue(shapes, bars.flatness)] : []),
    ...(challenge ? [challengeCue(challenge)] : []),
  ];
}

/**
 * The cues that must have passed before a move is asked for, and after it: depth shows only in a head that has turned.
 *
 * @param challenge what was asked for; null before that
 */
export function requiredCues({ required, challenges }: LivenessRules, challenge: Visit['challenge']): readonly CueName[] {
  if (challenge) return [...required, challenge.name];
  return challenges.length > 0 ? required.filter((cue) => cue !== 'flatness') : required;
}
