import { challengeNames } from '../../faces/index.ts';
import type { KioskRules } from '../rules.ts';

/**
 * The owner's rules as far as they can be kept here: no card where none is given out, and no cue without bars, which could
 * never pass. What falls away makes the door no easier: a PIN takes the place of a card, and a move that of a cue.
 */
export function servableRules(rules: KioskRules, hasCards: boolean): KioskRules {
  const { claimWays, secondFactor, liveness } = rules;
  const required = liveness.required.filter((cue) => liveness.bars[cue] !== null);
  const lacksCue = required.length < liveness.required.length;
  const challenges = lacksCue && liveness.challenges.length === 0 ? challengeNames : liveness.challenges;
  const served: KioskRules = { ...rules, liveness: { ...liveness, required, challenges } };
  if (hasCards) return served;
  const ways = claimWays.filter((way) => way !== 'card');
  return { ...served, claimWays: ways.length > 0 ? ways : ['typed'], secondFactor: secondFactor === 'card' ? 'pin' : secondFactor };
}
