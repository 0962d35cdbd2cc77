import { describe, expect, it } from 'vitest';
import type { Limit, RecogniseOptions } from '../../src/faces/index.ts';
import { cohortScore, FaceIndex, recognise, verify } from '../../src/faces/index.ts';
import { madeDescriptor, madeTemplates, modelId, ruleOf } from './made-faces.ts';

const rule = ruleOf(2);
const limit: Limit = { modelId, distance: 1, comparisons: 4 };
const codeOf = (answer: { readonly ok: true } | { readonly ok: false; readonly failure: { readonly code: string } }): string => (answer.ok ? 'ok' : answer.failure.code);

describe('a claimed name', () => {
  const ana = [madeDescriptor([5, 5]), madeDescriptor([6, 5])];

  it('is accepted within the threshold of the nearest template', () => {
    expect(verify(madeDescriptor([6, 6]), ana, limit, rule)).toEqual({ ok: true, value: { accepted: true, distance: 1, isKnownOther: false } });
    expect(verify(madeDescriptor([6, 6.5]), ana, limit, rule)).toEqual({ ok: true, value: { accepted: false, distance: 1.5, isKnownOther: false } });
  });

  it('is refused when a negative example is as near', () => {
    const answer = verify(madeDescriptor([6, 6]), ana, limit, rule, [madeDescriptor([6, 6.5])]);
    expect(answer).toEqual({ ok: true, value: { accepted: false, distance: 1, isKnownOther: true } });
    expect(verify(madeDescriptor([6, 5.1]), ana, limit, rule, [madeDescriptor([6, 6.5])]).ok).toBe(true);
  });

  it('fails on what cannot be compared, and on a threshold that is not for this', () => {
    expect(codeOf(verify(madeDescriptor([6, 6]), [], limit, rule))).toBe('no-templates');
    expect(codeOf(verify(madeDescriptor([NaN, 6]), ana, limit, rule))).toBe('not-finite');
    expect(codeOf(verify(madeDescriptor([6, 6]), [...ana, madeDescriptor([0, 0])], limit, rule))).toBe('zero-norm');
    expect(codeOf(verify(madeDescriptor([6, 6]), ana, { ...limit, distance: NaN }, rule))).toBe('threshold-invalid');
    expect(codeOf(verify(madeDescriptor([6, 6]), ana, { ...limit, comparisons: 1 }, rule))).toBe('threshold-invalid');
    expect(codeOf(verify(madeDescriptor([6, 6]), ana, { ...limit, modelId: 'another' }, rule))).toBe('other-model');
    expect(codeOf(verify(madeDescriptor([6, 6]), ana, limit, rule, [{ modelId: 'another', values: Float32Array.of(1, 1) }]))).toBe('other-model');
  });
});

describe('recognition', () => {
  const values = Float32Array.of(5, 5, 6, 5, 9, 5, 20, 20);
  const built = FaceIndex.build({ values, personOf: Uint32Array.of(0, 0, 1, 2) }, rule);
  if (!built.ok) throw new Error(built.failure.detail);
  const index = built.value;
  const at = (row: number): ReturnType<typeof madeDescriptor> => madeDescriptor(values.subarray(2 * row, 2 * row + 2));
  const ask = (probe: readonly number[], options: Partial<RecogniseOptions> = {}): ReturnType<typeof recognise> => recognise(madeDescriptor(probe), index, at, { limit, margin: 0.5, ...options });

  it('names the nearest person, with the way to the second where that one is near', () => {
    expect(ask([6, 5.5])).toEqual({ ok: true, value: { kind: 'recognised', best: { row: 1, person: 0, distance: 0.5 }, margin: null, score: null } });
    const wide = ask([7, 5], { margin: 0.5, limit: { ...limit, distance: 2 } });
    expect(wide).toMatchObject({ ok: true, value: { kind: 'recognised', margin: 1 } });
  });

  it('honestly names nobody', () => {
    expect(ask([12, 12])).toEqual({ ok: true, value: { kind: 'not-recognised', reason: 'too-far' } });
    expect(ask([7.5, 5], { limit: { ...limit, distance: 2 } })).toMatchObject({ ok: true, value: { kind: 'not-recognised', reason: 'ambiguous', margin: 0 } });
    expect(ask([6, 5.5], { negatives: new Map([[0, [madeDescriptor([6, 5.6])]]]) })).toMatchObject({ ok: true, value: { kind: 'not-recognised', reason: 'known-other' } });
    // Only for the person who the example was given for.
    expect(ask([6, 5.5], { negatives: new Map([[1, [madeDescriptor([6, 5.6])]]]) })).toMatchObject({ ok: true, value: { kind: 'recognised' } });
  });

  it('turns away who is no nearer than strangers are', () => {
    const crowd = Array.from({ length: 12 }, (_, i) => madeDescriptor([6 + 0.5 * Math.cos(i), 5.3 + (0.3 + 0.04 * i) * Math.sin(i)]));
    const afar = Array.from({ length: 12 }, (_, i) => madeDescriptor([30 + i, 40 - i]));
    expect(ask([6, 5.5], { cohort: { faces: crowd, nearest: 10, leastScore: 2 } })).toMatchObject({ ok: true, value: { kind: 'not-recognised', reason: 'like-strangers' } });
    expect(ask([6, 5.5], { cohort: { faces: afar, nearest: 10, leastScore: 2 } })).toMatchObject({ ok: true, value: { kind: 'recognised' } });
  });

  it('fails rather than guesses', () => {
    expect(codeOf(ask([NaN, 1]))).toBe('not-finite');
    expect(codeOf(ask([0, 0]))).toBe('zero-norm');
    expect(codeOf(ask([5, 5], { margin: NaN }))).toBe('margin-invalid');
    expect(codeOf(ask([5, 5], { limit: { ...limit, comparisons: 3 } }))).toBe('threshold-invalid');
    expect(codeOf(ask([5, 5], { cohort: { faces: [], nearest: 10, leastScore: 2 } }))).toBe('cohort-small');
  });
});

describe('the score against a cohort', () => {
  const length = 32;
  const templates = madeTemplates({ seed: 3, people: 60, perPerson: 2, length, spread: 0.3 });
  const shots = Array.from(templates.personOf, (_, row) => madeDescriptor(templates.values.subarray(row * length, (row + 1) * length)));
  const cohort = shots.slice(60);
  const score = (a: number, b: number): number => {
    const [x, y] = [shots[a], shots[b]];
    const answer = x && y ? cohortScore(x, y, cohort, ruleOf(length), 20) : null;
    return answer?.ok ? answer.value : NaN;
  };

  it('puts pairs of one person above pairs of strangers', () => {
    const same = Array.from({ length: 30 }, (_, i) => score(2 * i, 2 * i + 1));
    const other = Array.from({ length: 29 }, (_, i) => score(2 * i, 2 * i + 2));
    expect(Math.min(...same)).toBeGreaterThan(Math.max(...other));
    expect(score(0, 1)).toBe(score(1, 0));
  });

  it('does not change with the unit of the distance', () => {
    const scaled = (by: number): readonly ReturnType<typeof madeDescriptor>[] => shots.map(({ values }) => madeDescriptor(values.map((value) => value * by)));
    const [a, b] = scaled(4);
    const answer = a && b ? cohortScore(a, b, scaled(4).slice(60), ruleOf(length), 20) : null;
    expect(answer?.ok ? answer.value : NaN).toBeCloseTo(score(0, 1), 4);
  });
});
