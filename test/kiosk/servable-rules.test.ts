import { describe, expect, it } from 'vitest';
import { challengeNames } from '../../src/faces/index.ts';
import type { KioskRules } from '../../src/kiosk/index.ts';
import { rulesOfSettings, servableRules } from '../../src/kiosk/index.ts';
import { defaultDoorSettings } from '../../src/store/index.ts';

const bar = { passes: 0.8, fails: 0.3, minFrames: 2 };
const noBars = { liveness: null, antispoof: null, flatness: null, moire: null };
const rulesWith = (liveness: KioskRules['liveness'], more: Partial<KioskRules> = {}): KioskRules => ({ ...rulesOfSettings(defaultDoorSettings, noBars), liveness, ...more });

describe('rules that cannot all be kept', () => {
  it('lose a cue that has no bars, and ask for a move in its place', () => {
    const { liveness } = servableRules(rulesWith({ required: ['liveness', 'moire'], challenges: [], bars: { ...noBars, liveness: bar } }), true);
    expect(liveness.required).toEqual(['liveness']);
    expect(liveness.challenges).toEqual(challengeNames);
  });

  it('keep the moves that the owner chose, and ask for none where nothing fell away', () => {
    expect(servableRules(rulesWith({ required: ['antispoof'], challenges: ['nod'], bars: noBars }), true).liveness).toMatchObject({ required: [], challenges: ['nod'] });
    expect(servableRules(rulesWith({ required: ['liveness'], challenges: [], bars: { ...noBars, liveness: bar } }), true).liveness).toMatchObject({ required: ['liveness'], challenges: [] });
  });

  it('ask for a PIN where no card is given out, and for a name where only cards would say it', () => {
    const rules = rulesWith({ required: [], challenges: ['nod'], bars: noBars }, { claimWays: ['card'], secondFactor: 'card' });
    expect(servableRules(rules, false)).toMatchObject({ claimWays: ['typed'], secondFactor: 'pin' });
    expect(servableRules(rules, true)).toMatchObject({ claimWays: ['card'], secondFactor: 'card' });
    expect(servableRules({ ...rules, secondFactor: 'none' }, false).secondFactor).toBe('none');
  });
});
