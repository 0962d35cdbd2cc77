import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CueResult, DoorObservation, DoorPolicy } from '../../src/faces/index.ts';
import { decide } from '../../src/faces/index.ts';
import { modelId } from './made-faces.ts';

const blink: CueResult = { cue: 'blink', outcome: 'passed', value: 1, because: 'seen' };

const policy: DoorPolicy = {
  nowMs: 10_000,
  modelId,
  threshold: 0.5,
  margin: 0.1,
  claimedId: null,
  minFrames: 3,
  minSpanMs: 400,
  maxAgeMs: 3000,
  maxSilenceMs: 500,
  minQuality: 0.4,
  maxAgainst: 0.2,
  requiredCues: ['blink'],
};

function frame(tMs: number, ana: number, changes: Partial<DoorObservation> = {}): DoorObservation {
  return { tMs, trackId: 1, modelId, distances: [{ personId: 'ana', distance: ana }, { personId: 'ben', distance: 0.9 }], quality: 0.8, cues: [blink], faces: 1, ...changes };
}

const good = [9000, 9250, 9500, 9750].map((tMs) => frame(tMs, 0.3));

function changed(changes: Partial<DoorObservation>): DoorObservation[] {
  return good.map((one) => ({ ...one, ...changes }));
}

describe('a door', () => {
  it('opens for enough good frames of one person', () => {
    expect(decide(good, policy)).toEqual({ state: 'granted', personId: 'ana', frames: 4, reasons: [] });
    expect(decide([...good].reverse(), policy).state).toBe('granted');
    expect(decide(good, { ...policy, claimedId: 'ana' }).state).toBe('granted');
  });

  it.each<[string, string, readonly DoorObservation[], Partial<DoorPolicy>]>([
    ['unsure', 'no-frames', [], {}],
    ['unsure', 'stale', good.map((one) => ({ ...one, tMs: one.tMs - 900 })), {}],
    ['unsure', 'stale', good, { nowMs: 5000 }],
    ['unsure', 'stale', [...[8000, 8250, 8500, 8750].map((tMs) => frame(tMs, 0.3)), frame(9900, 0.7, { quality: 0.5 })], {}],
    ['unsure', 'too-few-frames', good.slice(2), {}],
    ['unsure', 'too-short', good, { minSpanMs: 2000 }],
    ['unsure', 'poor-shots', changed({ quality: 0.2 }), {}],
    ['unsure', 'other-model', [...good, frame(9800, 0.3, { modelId: 'another' })], {}],
    ['unsure', 'other-model', good, { modelId: 'another' }],
    ['unsure', 'several-faces', [...good, frame(9800, 0.3, { faces: 2 })], {}],
    ['unsure', 'several-faces', [...good, frame(9800, 0.3, { faces: 0 })], {}],
    ['unsure', 'another-face', [...good, frame(9800, 0.3, { trackId: 2 })], {}],
    ['unsure', 'liveness-open', changed({ cues: [] }), {}],
    ['unsure', 'liveness-open', changed({ cues: [{ ...blink, outcome: 'not-sure' }] }), {}],
    ['unsure', 'liveness-open', good, { requiredCues: ['blink', 'nod'] }],
    ['refused', 'liveness-failed', [...good, frame(9800, 0.3, { cues: [{ cue: 'flatness', outcome: 'failed', value: 0, because: 'as-a-picture' }] })], {}],
    ['refused', 'not-recognised', good.map(({ tMs }) => frame(tMs, 0.7)), {}],
    ['refused', 'not-recognised', changed({ distances: [] }), {}],
    ['refused', 'ambiguous', changed({ distances: [{ personId: 'ana', distance: 0.3 }, { personId: 'ben', distance: 0.35 }] }), {}],
    ['refused', 'ambiguous', changed({ distances: [{ personId: 'ana', distance: 0.3 }, { personId: 'ben', distance: 0.3 }] }), { margin: 0 }],
    ['refused', 'not-claimed', good, { claimedId: 'ben' }],
    ['refused', 'contradicted', [...good, frame(9800, 0.6), frame(9900, 0.6)], {}],
    ['refused', 'contradicted', [...good, frame(9800, 0.9, { distances: [{ personId: 'ben', distance: 0.2 }] }), frame(9850, 0.9, { distances: [{ personId: 'ben', distance: 0.2 }] })], {}],
    ['unsure', 'not-recognised', [frame(9800, 0.7)], {}],
    ['unsure', 'not-finite', [...good, frame(9800, NaN)], {}],
    ['unsure', 'not-finite', [...good, frame(9800, 0.3, { quality: Infinity })], {}],
    ['unsure', 'not-finite', [...good, frame(NaN, 0.3)], {}],
    ['unsure', 'not-finite', [...good, frame(9800, -1)], {}],
    ['unsure', 'policy-invalid', good, { threshold: NaN }],
    ['unsure', 'policy-invalid', good, { minFrames: 0 }],
    ['unsure', 'policy-invalid', good, { maxAgainst: 0.5 }],
    ['unsure', 'policy-invalid', good, { nowMs: NaN }],
    ['unsure', 'policy-invalid', good, { minQuality: 0 }],
  ])('stays shut, %s: %s', (state, reason, frames, changes) => {
    const decision = decide(frames, { ...policy, ...changes });
    expect(decision.state).toBe(state);
    expect(decision.reasons).toContain(reason);
  });

  it('counts frames of one time once', () => {
    expect(decide([frame(9700, 0.3), frame(9700, 0.3), frame(9200, 0.3)], policy).reasons).toContain('too-few-frames');
    expect(decide([...good, frame(9750, 0.8)], policy).state).not.toBe('granted');
  });

  const anyFrame = fc.record({
    tMs: fc.integer({ min: 6500, max: 10_000 }),
    trackId: fc.constantFrom(1, 1, 1, 1, 2),
    modelId: fc.constant(modelId),
    distances: fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true })).map(([ana, ben]) => [
      { personId: 'ana', distance: ana / 1.5 },
      { personId: 'ben', distance: 0.3 + 0.7 * ben },
    ]),
    quality: fc.double({ min: 0.3, max: 1, noNaN: true }),
    cues: fc.constantFrom<readonly CueResult[]>([], [blink], [blink]),
    faces: fc.constantFrom(1, 1, 1, 1, 1, 1, 2),
  });
  // Mostly good ones, so that doors do open in this test.
  const anaOnly = fc.array(
    anyFrame.map((one): DoorObservation => ({ ...one, trackId: 1, faces: 1, distances: [{ personId: 'ana', distance: (one.distances[0]?.distance ?? 1) / 1.2 }], cues: [blink] })),
    { minLength: 2, maxLength: 12 },
  );
  const frames = fc.oneof(fc.array(anyFrame, { maxLength: 12 }), anaOnly);
  const stranger = anyFrame.map((one): DoorObservation => ({ ...one, distances: one.distances.map(({ personId, distance }) => ({ personId, distance: 0.51 + distance })), cues: [] }));

  it('never opens by more of a stranger, however many, whenever', () => {
    let opened = 0;
    fc.assert(
      fc.property(frames, fc.array(stranger, { minLength: 1, maxLength: 4 }), (seen, more) => {
        const before = decide(seen, policy);
        if (before.state === 'granted') opened++;
        else expect(decide([...seen, ...more], policy).state).not.toBe('granted');
      }),
      { numRuns: 3000 },
    );
    expect(opened).toBeGreaterThan(20);
  });

  it('never opens by the person being farther away, nor by a stricter policy', () => {
    const stricter = fc.constantFrom<Partial<DoorPolicy>>({ threshold: 0.3 }, { minFrames: 5 }, { minSpanMs: 900 }, { requiredCues: ['blink', 'nod'] }, { maxSilenceMs: 100 }, { maxAgainst: 0 });
    fc.assert(
      fc.property(anaOnly, fc.nat(11), fc.double({ min: 0, max: 0.6, noNaN: true }), stricter, (seen, which, by, changes) => {
        if (decide(seen, policy).state === 'granted') return;
        const farther = seen.map((one, i) => (i === which ? { ...one, distances: one.distances.map(({ personId, distance }) => ({ personId, distance: distance + by })) } : one));
        expect(decide(farther, policy).state).not.toBe('granted');
        expect(decide(seen, { ...policy, ...changes }).state).not.toBe('granted');
      }),
      { numRuns: 2000 },
    );
  });

  it('never opens by anything broken', () => {
    const broken = fc.constantFrom<Partial<DoorObservation>>({ tMs: NaN }, { quality: NaN }, { faces: NaN }, { distances: [{ personId: 'ana', distance: NaN }] }, { distances: [{ personId: 'ana', distance: -Infinity }] }, { modelId: 'another' });
    fc.assert(fc.property(frames, broken, (seen, changes) => {
      expect(decide([...seen, frame(9900, 0.1, changes)], policy).state).not.toBe('granted');
    }));
  });
});
