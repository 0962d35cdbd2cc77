import { describe, expect, it } from 'vitest';
import { BlinkCounter } from '../../src/landmarks/index.ts';
import type { ChallengeName, CueBars } from '../../src/faces/index.ts';
import { challengeAfter, challengeCue, challengeNames, drawChallenges, flatnessCue, moirePeak, passiveCue, startChallenge } from '../../src/faces/index.ts';
import { normalNumbers } from './made-faces.ts';
import type { Held } from './made-heads.ts';
import { factsOf, shapeOf } from './made-heads.ts';

/** Frames of 8 seconds at 15 a second, and what is held before the camera in each. */
function played(name: ChallengeName, heldAt: (tMs: number) => Held | null, options: { readonly limitMs?: number; readonly trackIdAt?: (tMs: number) => number } = {}): ReturnType<typeof challengeCue> {
  const blinks = new BlinkCounter();
  let state = startChallenge(name, 0, options.limitMs ?? 6000);
  for (let tMs = 0; tMs < 8000; tMs += 66) {
    const held = heldAt(tMs);
    if (!held) {
      state = challengeAfter(state, { tMs });
      continue;
    }
    const facts = factsOf({ noisePx: 0.15, seed: tMs + 1, ...held });
    state = challengeAfter(state, { tMs, trackId: options.trackIdAt?.(tMs) ?? 1, facts: { ...facts, blinks: blinks.update(facts, tMs) } });
  }
  return challengeCue(state);
}

/** From 0 to 1 and back between two times. */
function hump(tMs: number, fromMs: number, toMs: number): number {
  return tMs < fromMs || tMs > toMs ? 0 : Math.sin((Math.PI * (tMs - fromMs)) / (toMs - fromMs));
}

const doing: Readonly<Record<ChallengeName, (tMs: number) => Held>> = {
  blink: (tMs) => ({ eyes: 1 - hump(tMs, 2000, 2350) }),
  'turn-left': (tMs) => ({ yawRad: 0.6 * hump(tMs, 1500, 3500) }),
  'turn-right': (tMs) => ({ yawRad: -0.6 * hump(tMs, 1500, 3500) }),
  nod: (tMs) => ({ pitchRad: -0.4 * hump(tMs, 1500, 2700) }),
  smile: (tMs) => ({ smile: hump(tMs, 1500, 4000) }),
};

describe('a challenge', () => {
  it.each(challengeNames)('is passed by a head that does it: %s', (name) => {
    expect(played(name, doing[name])).toMatchObject({ cue: name, outcome: 'passed', because: 'seen' });
  });

  it.each(challengeNames)('is failed by a still photo, and by one that is waved: %s', (name) => {
    expect(played(name, () => ({ flat: true }))).toMatchObject({ outcome: 'failed', because: 'time-over' });
    const waved = (tMs: number): Held => ({
      flat: true,
      yawRad: 0.5 * Math.sin(tMs / 700),
      pitchRad: 0.2 * Math.sin(tMs / 500),
      rollRad: 0.3 * Math.sin(tMs / 300),
      shiftPx: [50 * Math.sin(tMs / 400), 30 * Math.cos(tMs / 300)],
    });
    expect(played(name, waved)).toMatchObject({ outcome: 'failed' });
  });

  it.each(challengeNames)('is not passed by another one: %s', (name) => {
    for (const other of challengeNames) {
      if (other !== name) expect([other, played(name, doing[other]).outcome]).toEqual([other, 'failed']);
    }
  });

  it('is not passed by what was so already, what jumps, or what comes too late', () => {
    expect(played('smile', () => ({ smile: 1 }))).toMatchObject({ outcome: 'failed', because: 'was-so-already' });
    expect(played('turn-left', (tMs) => ({ yawRad: tMs >= 2000 && tMs < 2060 ? 0.6 : 0 }))).toMatchObject({ outcome: 'failed', because: 'time-over' });
    expect(played('nod', (tMs) => ({ pitchRad: -0.4 * hump(tMs, 6500, 7700) }))).toMatchObject({ outcome: 'failed', because: 'time-over' });
  });

  it('ends when another face takes over, or the face is gone for long', () => {
    expect(played('blink', doing.blink, { trackIdAt: (tMs) => (tMs < 1000 ? 1 : 2) })).toMatchObject({ outcome: 'failed', because: 'face-lost' });
    expect(played('blink', (tMs) => (tMs > 300 && tMs < 2100 ? null : doing.blink(tMs)))).toMatchObject({ outcome: 'failed', because: 'face-lost' });
  });

  it('says what it could not see', () => {
    expect(played('blink', () => null)).toMatchObject({ outcome: 'not-sure', because: 'cannot-see', value: null });
    let state = startChallenge('smile', 0, 1000);
    for (let tMs = 0; tMs < 2000; tMs += 100) state = challengeAfter(state, { tMs, trackId: 1, facts: { ...factsOf({}), smile: tMs % 200 ? null : NaN } });
    expect(challengeCue(state)).toMatchObject({ outcome: 'not-sure', because: 'cannot-see' });
  });

  it('stays as it ended', () => {
    let state = startChallenge('turn-left', 0, 1000);
    for (let tMs = 0; tMs <= 1100; tMs += 100) state = challengeAfter(state, { tMs, trackId: 1, facts: factsOf({}) });
    expect(state.outcome).toBe('failed');
    expect(challengeAfter(state, { tMs: 1200, trackId: 1, facts: factsOf({ yawRad: 0.6 }) })).toBe(state);
  });

  it('is drawn by a seed, each once, among those a person can do', () => {
    expect(drawChallenges(5, 7)).toEqual(drawChallenges(5, 7));
    expect([...drawChallenges(5, 7)].sort()).toEqual([...challengeNames].sort());
    expect(new Set(Array.from({ length: 40 }, (_, seed) => drawChallenges(1, seed)[0])).size).toBe(5);
    expect(drawChallenges(3, 1, ['nod', 'smile'])).toHaveLength(2);
  });
});

const flatBars: CueBars = { passes: 0.012, fails: 0.006, minFrames: 5 };

describe('flatness', () => {
  const turning = (changes: Held): readonly ReturnType<typeof shapeOf>[] =>
    Array.from({ length: 21 }, (_, i) => shapeOf({ yawRad: 0.35 * Math.sin(i / 3), pitchRad: 0.1 * Math.cos(i / 4), noisePx: 0.3, seed: i, ...changes }));

  it('tells a head that turns from a photo that is turned', () => {
    expect(flatnessCue(turning({}), flatBars)).toMatchObject({ cue: 'flatness', outcome: 'passed', because: 'as-living' });
    expect(flatnessCue(turning({ flat: true }), flatBars)).toMatchObject({ outcome: 'failed', because: 'as-a-picture' });
  });

  it('says nothing without a turn, with too little, or of broken points', () => {
    expect(flatnessCue(turning({ yawRad: 0, pitchRad: 0 }), flatBars)).toMatchObject({ outcome: 'not-sure', because: 'too-little' });
    expect(flatnessCue(turning({}).slice(0, 3), flatBars)).toMatchObject({ outcome: 'not-sure', because: 'too-little' });
    expect(flatnessCue([], flatBars)).toMatchObject({ outcome: 'not-sure', value: null });
    expect(flatnessCue([...turning({}), { xyPx: [NaN, 1], yawRad: 0, pitchRad: 0 }], flatBars)).toMatchObject({ outcome: 'not-sure', because: 'not-finite' });
  });
});

describe('a passive cue', () => {
  const bars: CueBars = { passes: 0.8, fails: 0.4, minFrames: 3 };

  it('is told by the median, whichever end is life', () => {
    expect(passiveCue('liveness', [0.9, 0.95, 0.1], bars)).toEqual({ cue: 'liveness', outcome: 'passed', value: 0.9, because: 'as-living' });
    expect(passiveCue('liveness', [0.2, 0.3, 0.99], bars)).toMatchObject({ outcome: 'failed', value: 0.3, because: 'as-a-picture' });
    expect(passiveCue('liveness', [0.5, 0.7, 0.6, 0.6], bars)).toMatchObject({ outcome: 'not-sure', because: 'between' });
    expect(passiveCue('moire', [1, 1.2, 1.1], { passes: 2, fails: 3, minFrames: 3 }).outcome).toBe('passed');
    expect(passiveCue('moire', [4, 4, 1], { passes: 2, fails: 3, minFrames: 3 }).outcome).toBe('failed');
  });

  it('is not sure with too little or broken numbers', () => {
    expect(passiveCue('antispoof', [0.9], bars)).toMatchObject({ outcome: 'not-sure', because: 'too-little', value: null });
    expect(passiveCue('antispoof', [], { ...bars, minFrames: 0 })).toMatchObject({ outcome: 'not-sure', because: 'too-little' });
    expect(passiveCue('antispoof', [0.9, 0.9, NaN], bars)).toMatchObject({ outcome: 'not-sure', because: 'not-finite' });
  });
});

describe('moiré', () => {
  const normal = normalNumbers(4);
  const picture = (of: (x: number, y: number) => number): { readonly width: number; readonly height: number; readonly grey: Float32Array } => ({
    width: 80,
    height: 72,
    grey: Float32Array.from({ length: 80 * 72 }, (_, i) => of(i % 80, Math.floor(i / 80))),
  });
  const skin = (x: number, y: number): number => 120 + 60 * Math.sin(x / 15) * Math.cos(y / 12) + 4 * normal();

  it('shows the grid of a screen above noise, at any angle', () => {
    const plain = moirePeak(picture(skin)) ?? NaN;
    for (const [kx, ky] of [[0.31, 0], [0, 0.42], [0.2, 0.27], [-0.25, 0.2]] as const) {
      const screen = moirePeak(picture((x, y) => skin(x, y) + 8 * Math.sin(2 * Math.PI * (kx * x + ky * y)))) ?? NaN;
      expect(screen).toBeGreaterThan(plain + 1);
    }
    expect(plain).toBeLessThan(2);
  });

  it('says nothing of a chip that is too small, even or broken', () => {
    expect(moirePeak({ width: 63, height: 80, grey: new Float32Array(63 * 80) })).toBeNull();
    expect(moirePeak(picture(() => 100))).toBe(0);
    expect(moirePeak(picture((x) => (x === 40 ? NaN : 1)))).toBeNull();
  });
});
