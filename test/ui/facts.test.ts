import { describe, expect, it } from 'vitest';
import type { FaceFacts, PointList, PoseFacts } from '../../src/landmarks/index.ts';
import type { DetectedFace, DetectedPose, FrameResult } from '../../src/pipeline/index.ts';
import { readBody } from '../../src/ui/live/facts/body-reading.ts';
import { CalmFacts } from '../../src/ui/live/facts/calm-facts.ts';
import { readFace } from '../../src/ui/live/facts/face-reading.ts';
import { bodyTexts, faceTexts, headText } from '../../src/ui/live/facts/fact-texts.ts';
import { Steady } from '../../src/ui/live/facts/steady.ts';

const straight: FaceFacts = { yawRad: 0, pitchRad: 0, rollRad: 0, leftEyeOpen: 0.8, rightEyeOpen: 0.8, mouthOpen: 0, smile: 0, gaze: 'ahead', blinks: 0 };
const standing: PoseFacts = { posture: 'standing', postureConfidence: 0.5, leftHandRaised: false, rightHandRaised: false };
const rad = (deg: number): number => (deg * Math.PI) / 180;
const box = { x1: 0.1, y1: 0.1, x2: 0.4, y2: 0.9 };
const points: PointList = { xy: new Float32Array(34), z: null, scores: new Float32Array(17), inside: new Uint8Array(17) };

function face(facts: Partial<FaceFacts> | null, trackId: number | null = 1): DetectedFace {
  return { score: 0.9, box, trackId, landmarks: null, mesh: null, facts: facts && { ...straight, ...facts }, evidence: null };
}

function body(facts: Partial<PoseFacts>, trackId: number | null = 1): DetectedPose {
  return { score: 0.9, box, trackId, points, facts: { ...standing, ...facts } };
}

function frame(tMs: number, faces: readonly DetectedFace[], poses: readonly DetectedPose[] = []): FrameResult {
  const size = { width: 640, height: 480 };
  return { frameId: 1, tMs, size, objects: [], faces, poses, runs: [], faults: [], timings: { totalMs: 1 }, dropped: 0, backend: 'wasm' };
}

describe('a face in words', () => {
  const texts = (facts: Partial<FaceFacts>): string[] => faceTexts(readFace({ ...straight, ...facts }, null));
  const head = (facts: Partial<FaceFacts>): string => headText(readFace({ ...straight, ...facts }, null));

  it('says what the eyes, the mouth and the gaze do', () => {
    expect(texts({})).toEqual(['Eyes open', 'Looks ahead']);
    expect(texts({ gaze: 'left', smile: 0.9, mouthOpen: 0.8, blinks: 3 })).toEqual(['Eyes open', 'Looks to the left', 'Smiling', 'Mouth open', 'Blinked 3 times']);
    expect(texts({ blinks: 1 })).toContain('Blinked once');
    expect(texts({ leftEyeOpen: 0, rightEyeOpen: 0 })).toEqual(['Eyes closed']);
    expect(texts({ leftEyeOpen: 0 })).toEqual(['Left eye closed']);
  });

  it('says nothing of what cannot be told', () => {
    expect(texts({ leftEyeOpen: null, rightEyeOpen: null, mouthOpen: null, smile: null, gaze: null })).toEqual([]);
    expect(texts({ leftEyeOpen: null })[0]).toBe('Right eye open');
  });

  it('says how the head is held, with degrees in steps of five', () => {
    expect(head({})).toBe('Head straight');
    expect(head({ yawRad: rad(24) })).toBe('Head turned left 25°');
    expect(head({ yawRad: rad(-41), pitchRad: rad(-19), rollRad: rad(16) })).toBe('Head turned right 40°, down 20°, tilted left 15°');
  });
});

describe('a body in words', () => {
  const texts = (facts: Partial<PoseFacts>): string[] => bodyTexts(readBody({ ...standing, ...facts }, null));

  it('says the posture as sure as it is, and the hands', () => {
    expect(texts({})).toEqual(['Standing (likely)']);
    expect(texts({ postureConfidence: 0.95, rightHandRaised: true })).toEqual(['Standing', 'Right hand raised']);
    expect(texts({ postureConfidence: 0.2 })).toEqual(['Posture: not sure']);
    expect(texts({ posture: 'not-sure', postureConfidence: 0, leftHandRaised: true, rightHandRaised: true })).toEqual(['Posture: not sure', 'Both hands raised']);
  });
});

describe('hysteresis', () => {
  it('keeps a turned head turned until it has clearly come back, and its degrees until they have clearly changed', () => {
    const degrees = [12, 17, 13, 11.5, 9];
    let reading = readFace(straight, null);
    const told = degrees.map((deg) => {
      reading = readFace({ ...straight, yawRad: rad(deg) }, reading);
      return [reading.turned, reading.turnedDeg];
    });
    expect(told).toEqual([[null, 0], ['left', 15], ['left', 15], ['left', 15], [null, 0]]);
  });

  it('goes from one side to the other without a stop in between', () => {
    const left = readFace({ ...straight, yawRad: rad(30) }, null);
    expect(readFace({ ...straight, yawRad: rad(-30) }, left).turned).toBe('right');
  });

  it.each(['leftEyeOpen', 'mouthOpen', 'smile'] as const)('%s: a value that trembles by a hair changes nothing', (key) => {
    for (let level = 0; level <= 1; level += 0.01) {
      const first = readFace({ ...straight, [key]: level }, null);
      const second = readFace({ ...straight, [key]: level + 0.02 }, first);
      const third = readFace({ ...straight, [key]: level }, second);
      const changes = Number(!same(first, second)) + Number(!same(second, third));
      expect(changes, `at ${level}`).toBeLessThanOrEqual(1);
    }
  });

  function same(a: object, b: object): boolean {
    return JSON.stringify(a) === JSON.stringify(b);
  }
});

describe('Steady', () => {
  it('takes a new value only after it has held, field by field', () => {
    const steady = new Steady<{ a: number; b: number }>(300);
    expect(steady.at({ a: 1, b: 1 }, 0)).toEqual({ a: 1, b: 1 });
    expect(steady.at({ a: 2, b: 1 }, 100)).toEqual({ a: 1, b: 1 });
    expect(steady.at({ a: 2, b: 9 }, 399)).toEqual({ a: 1, b: 1 });
    expect(steady.at({ a: 2, b: 1 }, 400)).toEqual({ a: 2, b: 1 });
  });

  it('forgets a value that did not hold', () => {
    const steady = new Steady<{ a: number }>(300);
    steady.at({ a: 1 }, 0);
    steady.at({ a: 2 }, 100);
    steady.at({ a: 1 }, 200);
    expect(steady.at({ a: 2 }, 450)).toEqual({ a: 1 });
  });
});

describe('CalmFacts', () => {
  it('shows a blink as a count, never as closed eyes', () => {
    const facts = new CalmFacts();
    const told = [];
    for (let tMs = 0; tMs < 3000; tMs += 50) {
      const closed = tMs >= 1000 && tMs < 1200;
      const [seen] = facts.after(frame(tMs, [face({ leftEyeOpen: closed ? 0 : 0.8, rightEyeOpen: closed ? 0 : 0.8, blinks: tMs >= 1200 ? 1 : 0 })])).faces;
      told.push(seen ? faceTexts(seen.reading) : []);
    }
    expect(new Set(told.flat())).toEqual(new Set(['Eyes open', 'Looks ahead', 'Blinked once']));
  });

  it('changes at most four times a second, whatever comes', () => {
    const facts = new CalmFacts();
    const changes = new Set<object>();
    // Faces come and go with every frame: nothing is calmer than that.
    for (let tMs = 0; tMs <= 5000; tMs += 33) changes.add(facts.after(frame(tMs, [face({}, tMs)])));
    expect(changes.size).toBeGreaterThan(5);
    expect(changes.size).toBeLessThanOrEqual(21);
  });

  it('keeps a face over lost frames, and lets it go after that', () => {
    const facts = new CalmFacts();
    facts.after(frame(0, [face({}, 7)]));
    expect(facts.after(frame(500, [])).faces).toHaveLength(1);
    expect(facts.after(frame(1000, [])).faces).toHaveLength(0);
  });

  it('lists by number, tells of the ones with facts only, and numbers a still by place', () => {
    const facts = new CalmFacts();
    const live = facts.after(frame(0, [face({}, 9), face(null, 4), face({}, 2)], [body({}, 3)]));
    expect(live.faces.map(({ number }) => number)).toEqual([2, 9]);
    expect(live.bodies.map(({ number }) => number)).toEqual([3]);
    const still = facts.after(frame(0, [face({}, null), face(null, null), face({ smile: 1 }, null)]));
    expect(still.faces.map(({ number }) => number)).toEqual([1, 3]);
    expect(still.bodies).toEqual([]);
  });

  it('begins anew where the source changed', () => {
    const facts = new CalmFacts();
    facts.after(frame(5000, [face({}, 1)]));
    expect(facts.after(null).faces).toEqual([]);
    expect(facts.after(frame(10, [face({}, 2)])).faces.map(({ number }) => number)).toEqual([2]);
  });
});
