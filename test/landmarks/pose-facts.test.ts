import { describe, expect, it } from 'vitest';
import type { BodyPoint } from '../../src/landmarks/index.ts';
import { body17Mirror, body17Names, poseFacts } from '../../src/landmarks/index.ts';
import { frame, listOf } from './made-faces.ts';

type Spots = Partial<Record<BodyPoint, readonly [x: number, y: number]>>;

const standing: Spots = {
  nose: [320, 60], 'left-shoulder': [350, 110], 'right-shoulder': [290, 110], 'left-elbow': [365, 165], 'right-elbow': [275, 165],
  'left-wrist': [370, 220], 'right-wrist': [270, 220], 'left-hip': [340, 220], 'right-hip': [300, 220],
  'left-knee': [342, 310], 'right-knee': [298, 310], 'left-ankle': [342, 400], 'right-ankle': [298, 400],
};
const sitting: Spots = { ...standing, 'left-knee': [370, 240], 'right-knee': [330, 240], 'left-ankle': [370, 330], 'right-ankle': [330, 330] };

/** Points that are not named have a score of 0 and lie in the corner. */
const bodyOf = (spots: Spots) => listOf(body17Names.map((name) => spots[name] ?? [0, 0]), body17Names.map((name) => (spots[name] ? 0.8 : 0)));
const lying = Object.fromEntries(Object.entries(standing).map(([name, [x, y]]) => [name, [y + 60, x]])) as Spots;
const without = (spots: Spots, part: string): Spots => Object.fromEntries(Object.entries(spots).filter(([name]) => !name.includes(part)));

describe('poseFacts', () => {
  it.each([['standing', standing], ['sitting', sitting], ['lying', lying]] as const)('says %s', (posture, spots) => {
    const facts = poseFacts(bodyOf(spots), frame);
    expect(facts.posture).toBe(posture);
    expect(facts.postureConfidence).toBeGreaterThan(0.4);
    expect([facts.leftHandRaised, facts.rightHandRaised]).toEqual([false, false]);
  });

  it.each<[string, Spots]>([
    ['there are no knees', without(standing, 'knee')],
    ['there are no hips', without(standing, 'hip')],
    ['there is nothing', {}],
    ['the knees are half way', { ...standing, 'left-knee': [342, 276], 'right-knee': [298, 276] }],
  ])('is not sure where %s', (_, spots) => {
    expect(poseFacts(bodyOf(spots), frame)).toMatchObject({ posture: 'not-sure', postureConfidence: 0 });
  });

  it('sees which hand is raised, without hips too', () => {
    const left: Spots = { ...standing, 'left-wrist': [380, 30] };
    expect(poseFacts(bodyOf(left), frame)).toMatchObject({ leftHandRaised: true, rightHandRaised: false });
    expect(poseFacts(bodyOf(without({ ...standing, 'right-wrist': [250, 40] }, 'hip')), frame)).toMatchObject({ leftHandRaised: false, rightHandRaised: true });
    expect(poseFacts(bodyOf({ ...standing, 'left-wrist': [380, 105] }), frame).leftHandRaised).toBe(false);
  });

  it('knows left from right', () => {
    body17Names.forEach((name, i) => expect(body17Names[body17Mirror[i]!]).toBe(name.startsWith('left') ? name.replace('left', 'right') : name.replace('right', 'left')));
  });
});
