import { describe, expect, it } from 'vitest';
import type { Result } from '../../../src/base/index.ts';
import { DoorTrial } from '../../../src/ui/people/door-trial.ts';
import { FaceJudge, galleryOf } from '../../../src/ui/people/face-judge.ts';
import type { FaceLook } from '../../../src/ui/people/face-look.ts';
import { judgeShots } from '../../../src/ui/people/judged-shots.ts';
import { strangersText } from '../../../src/ui/people/rate-text.ts';
import { verdictText } from '../../../src/ui/people/verdict-texts.ts';
import { at, gallery, model, modelId } from './made-people.ts';

function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.failure.code}: ${result.failure.detail}`);
  return result.value;
}

const two = gallery({ Ana: { is: [at(0, 0, 0)] }, Bo: { is: [at(1, 0, 0)] } });

describe('what is said of a face', () => {
  const judge = valueOf(FaceJudge.build(two, model, 1e-3));

  it('names whoever is near enough, and nobody else', () => {
    expect(valueOf(judge.judge(at(0.05, 0, 0)))).toMatchObject({ kind: 'recognised', person: { name: 'Ana' } });
    expect(valueOf(judge.judge(at(0, 1, 0)))).toMatchObject({ kind: 'unknown', person: null, strangers: null, distances: [] });
  });

  it('cannot tell two apart who are nearly as near', () => {
    const near = valueOf(FaceJudge.build(gallery({ Ana: { is: [at(0, 0, 0)] }, Bo: { is: [at(0.1, 0, 0)] } }), model, 1e-3));
    expect(valueOf(near.judge(at(0.04, 0, 0)))).toMatchObject({ kind: 'ambiguous', person: { name: 'Ana' }, second: { name: 'Bo' } });
  });

  it('remembers who was not Ana', () => {
    const told = valueOf(FaceJudge.build(gallery({ Ana: { is: [at(0, 0, 0)], isNot: [at(0.15, 0, 0)] } }), model, 1e-3));
    expect(valueOf(told.judge(at(0.13, 0, 0)))).toMatchObject({ kind: 'known-other', person: { name: 'Ana' } });
    expect(valueOf(told.judge(at(0.01, 0, 0)))).toMatchObject({ kind: 'recognised' });
  });

  it('never claims fewer strangers than were measured', () => {
    const same = valueOf(judge.judge(at(0, 0, 0)));
    expect(same.strangers?.isLimit).toBe(true);
    expect(same.strangers?.rate).toBeGreaterThan(1e-4);
    expect(strangersText(same.strangers ?? { rate: 1, isLimit: false })).toMatch(/^Fewer than 1 in [45],\d00 other people come as near as this\. Nobody has measured further\.$/);
  });

  it('comes nearer with every template: the setting is for the whole gallery', () => {
    const many = valueOf(FaceJudge.build(gallery({ Ana: { is: Array.from({ length: 30 }, (_, i) => at(i / 1000, 0, 0)) } }), model, 1e-3));
    expect(many.limit.distance).toBeLessThan(judge.limit.distance);
  });

  it('is refused where nobody is enrolled, or the setting is out of reach', () => {
    expect(FaceJudge.build(galleryOf(two, () => false), model, 1e-3)).toMatchObject({ ok: false, failure: { code: 'nobody-enrolled' } });
    expect(FaceJudge.build(two, model, 1e-12)).toMatchObject({ ok: false, failure: { code: 'target-out-of-reach' } });
  });
});

describe('the trial of a door', () => {
  const look = (tMs: number, place: readonly [number, number, number], change: Partial<FaceLook> = {}): FaceLook => ({
    tMs,
    isStill: false,
    faces: 1,
    trackId: 1,
    verdict: { instruction: 'ok', quality: 0.9, measures: null },
    yawRad: 0,
    descriptor: at(...place),
    chip: null,
    ...change,
  });
  const trial = (target = 1e-3) => new DoorTrial(valueOf(FaceJudge.build(two, model, target)), modelId);
  const last = (looks: readonly FaceLook[], target?: number) => {
    const door = trial(target);
    const seen = looks.map((each) => door.see(each)).findLast((each) => each !== null);
    return verdictText(valueOf(seen ?? { ok: false, failure: { code: 'none', detail: 'nothing was said' } }));
  };

  it('wants more than one look before it says a name for good', () => {
    expect(last([look(0, [0, 0, 0])])).toMatchObject({ kind: 'doubt', title: 'Looks like Ana so far' });
    expect(last([0, 300, 600].map((tMs) => look(tMs, [0, 0, 0])))).toMatchObject({ kind: 'known', title: 'The door would take you for Ana' });
  });

  it('says in strangers how near a face is, never in per cent', () => {
    const { text } = last([0, 300, 600].map((tMs) => look(tMs, [0.3, 0, 0])), 1e-2);
    expect(text).toMatch(/^About 1 in [\d,]+ other people come as near as this\.$/);
    expect(text).not.toContain('%');
  });

  it('takes a photo for what it is: one look', () => {
    expect(last([look(0, [0, 0, 0], { isStill: true, trackId: null })])).toMatchObject({ kind: 'known' });
  });

  it('does not know a stranger', () => {
    expect(last([0, 300, 600].map((tMs) => look(tMs, [0, 1, 0])))).toMatchObject({ kind: 'unknown', title: 'The door would not recognise you' });
  });

  it('hears nothing new in a look that it was told before, and forgets on demand', () => {
    const door = trial();
    expect(door.see(look(0, [0, 0, 0]))).not.toBeNull();
    expect(door.see(look(0, [0, 0, 0]))).toBeNull();
    expect(door.see(look(100, [0, 0, 0], { descriptor: null }))).toBeNull();
    door.reset();
    expect(door.see(look(0, [0, 0, 0]))).not.toBeNull();
  });

  it('counts the looks of one face only', () => {
    expect(last([look(0, [0, 0, 0]), look(300, [0, 0, 0], { trackId: 2 }), look(600, [0, 0, 0], { trackId: 3 })])).toMatchObject({ kind: 'doubt' });
  });
});

describe('shots before they are saved', () => {
  const shot = (...place: readonly [number, number, number]) => ({ template: { ...at(...place), quality: 0.9, takenAtMs: 1 }, chip: null });
  const vault = { gallery: () => Promise.resolve({ ok: true as const, value: two }) };
  const judged = async (shots: readonly ReturnType<typeof shot>[], personId: string | null) => valueOf(await judgeShots(vault, () => model, shots, personId));

  it('are held against everyone else', async () => {
    expect(await judged([shot(0.02, 0, 0)], null)).toMatchObject({ double: { name: 'Ana' }, unlikeBefore: false });
    expect(await judged([shot(0, 1, 0)], null)).toEqual({ double: null, strangers: null, unlikeBefore: false });
  });

  it('of somebody who is enrolled again are held against their own', async () => {
    expect(await judged([shot(0.02, 0, 0)], 'ana')).toMatchObject({ double: null, unlikeBefore: false });
    expect(await judged([shot(0, 1, 0)], 'ana')).toMatchObject({ double: null, unlikeBefore: true });
    expect(await judged([shot(0.98, 0, 0)], 'ana')).toMatchObject({ double: { name: 'Bo' }, unlikeBefore: true });
  });
});
