import { describe, expect, it } from 'vitest';
import type { Instruction } from '../../../src/faces/index.ts';
import { faceLookOf } from '../../../src/ui/people/face-look.ts';
import type { GuideFrame, Look } from '../../../src/ui/people/shot-guide.ts';
import { ShotGuide } from '../../../src/ui/people/shot-guide.ts';

function frame(tMs: number, change: Partial<GuideFrame> & { readonly say?: Instruction } = {}): GuideFrame {
  const { say = 'ok', ...rest } = change;
  return { tMs, trackId: 1, yawRad: 0, verdict: { instruction: say, quality: say === 'ok' ? 0.9 : 0, measures: null }, ...rest };
}

function run(look: Look, frames: readonly GuideFrame[]) {
  const guide = new ShotGuide(look);
  return frames.map((each) => guide.see(each));
}

describe('the guide to a good shot', () => {
  it('takes the shot after four good looks in a row, and shows how far it is', () => {
    const seen = run('front', [0, 1, 2, 3].map((i) => frame(i * 150)));
    expect(seen.map(({ progress }) => progress)).toEqual([0.25, 0.5, 0.75, 1]);
    expect(seen.map(({ ready }) => ready)).toEqual([false, false, false, true]);
  });

  it('begins again after one bad look, and says what was wrong with it', () => {
    const seen = run('front', [frame(0), frame(150), frame(300, { say: 'more-light' }), frame(450)]);
    expect(seen[2]).toEqual({ instruction: 'more-light', progress: 0, ready: false });
    expect(seen[3]?.progress).toBe(0.25);
  });

  it('counts a look that it was told before only once', () => {
    expect(run('front', Array.from({ length: 9 }, () => frame(100))).at(-1)).toMatchObject({ progress: 0.25, ready: false });
  });

  it('begins again with another face', () => {
    expect(run('front', [frame(0), frame(150), frame(300, { trackId: 2 })]).at(-1)?.progress).toBe(0.25);
  });

  it.each([
    ['left', 0, 'turn-left'],
    ['left', 0.2, 'ok'],
    ['left', -0.2, 'turn-left'],
    ['left', 0.4, 'turn-less'],
    ['right', 0, 'turn-right'],
    ['right', -0.2, 'ok'],
    ['right', 0.2, 'turn-right'],
    ['right', -0.4, 'turn-less'],
  ] as const)('looking %s with a head at %f: %s', (look, yawRad, instruction) => {
    expect(run(look, [frame(0, { yawRad })])[0]?.instruction).toBe(instruction);
  });

  it('asks whoever turned beyond the gate to turn back, not to face the camera', () => {
    expect(run('left', [frame(0, { yawRad: 0.6, say: 'face-the-camera' })])[0]?.instruction).toBe('turn-less');
    expect(run('left', [frame(0, { yawRad: -0.6, say: 'face-the-camera' })])[0]?.instruction).toBe('turn-left');
    expect(run('front', [frame(0, { yawRad: 0.6, say: 'face-the-camera' })])[0]?.instruction).toBe('face-the-camera');
  });
});

describe('a look at a frame', () => {
  const face = (y2: number, instruction: Instruction) => ({
    score: 0.9,
    box: { x1: 0, y1: 0, x2: 0.3, y2 },
    trackId: 7,
    landmarks: null,
    mesh: null,
    facts: null,
    evidence: { tMs: 90, verdict: { instruction, quality: 0.8, measures: null }, descriptor: null, liveness: null, antispoof: null, moire: null, chip: null },
  });
  const result = (...faces: readonly ReturnType<typeof face>[]) => ({ frameId: 1, tMs: 100, size: { width: 640, height: 480 }, objects: [], faces, poses: [], runs: [], faults: [], timings: { totalMs: 1 }, dropped: 0, backend: 'wasm' as const });

  it('says one thing: nobody, too many, or what the gate says of the one face', () => {
    expect(faceLookOf(result(), false).verdict.instruction).toBe('no-face');
    expect(faceLookOf(result(face(0.5, 'ok'), face(0.6, 'ok')), false).verdict).toEqual({ instruction: 'one-person-only', quality: 0, measures: null });
    expect(faceLookOf(result(face(0.5, 'uncover-mouth')), false)).toMatchObject({ tMs: 90, trackId: 7, verdict: { instruction: 'uncover-mouth' } });
  });
});
