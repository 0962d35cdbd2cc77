import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DescriptorRule, NearestPeople } from '../../src/faces/index.ts';
import { compare, FaceIndex } from '../../src/faces/index.ts';
import { madeDescriptor, madeTemplates, modelId, normalNumbers, ruleOf } from './made-faces.ts';

function built(templates: { readonly values: Float32Array; readonly personOf: Uint32Array }, rule: DescriptorRule, plain = false): FaceIndex {
  const index = FaceIndex.build(templates, rule, { plain });
  if (!index.ok) throw new Error(index.failure.detail);
  return index.value;
}

/** Every distance by itself, in order. */
function byHand({ values, personOf }: { readonly values: Float32Array; readonly personOf: Uint32Array }, probe: Float32Array, rule: DescriptorRule, within: number): NearestPeople {
  const all = Array.from(personOf, (person, row) => {
    const far = compare({ modelId, values: values.slice(row * rule.length, (row + 1) * rule.length) }, { modelId, values: probe }, rule);
    return { row, person, distance: far.ok ? far.value : NaN };
  }).filter(({ distance }) => distance <= within);
  const sorted = all.sort((a, b) => a.distance - b.distance || a.row - b.row);
  const best = sorted[0] ?? null;
  return { best, second: sorted.find(({ person }) => person !== best?.person) ?? null };
}

describe('the search', () => {
  it.each([
    ['euclidean', 128],
    ['euclidean', 20],
    ['cosine', 128],
    ['cosine', 1024],
  ] as const)('finds whom the plain loop finds: %s, %i numbers', (metric, length) => {
    const templates = madeTemplates({ seed: length, people: 50, perPerson: 3, length, spread: 0.4 });
    const rule = ruleOf(length, metric);
    const [quick, plain] = [built(templates, rule), built(templates, rule, true)];
    // The engines of Node and Chromium both have the instructions: the quick way must have been taken.
    expect(quick.bytes).toBeGreaterThan(plain.bytes);
    const normal = normalNumbers(9);
    for (let i = 0; i < 24; i++) {
      const start = ((i * 37) % 150) * length;
      const noise = [0, 0.2, 1, 4][i % 4] as number;
      const probe = templates.values.slice(start, start + length).map((value) => value + noise * normal());
      for (const within of [Infinity, metric === 'cosine' ? 0.3 : 0.7 * Math.sqrt(length)]) {
        const wanted = byHand(templates, probe, rule, within);
        for (const index of [quick, plain]) {
          const found = index.nearest({ modelId, values: probe }, within);
          if (!found.ok) throw new Error(found.failure.detail);
          expect([found.value.best?.row, found.value.second?.row]).toEqual([wanted.best?.row, wanted.second?.row]);
          expect(found.value.best?.distance ?? 0).toBeCloseTo(wanted.best?.distance ?? 0, 6);
          expect(found.value.second?.distance ?? 0).toBeCloseTo(wanted.second?.distance ?? 0, 6);
        }
      }
    }
  });

  it('stays exact for numbers of any size', () => {
    const row = fc.array(fc.oneof(fc.float({ min: -1, max: 1, noNaN: true }), fc.float({ min: -1000, max: 1000, noNaN: true })), { minLength: 6, maxLength: 6 }).filter((list) => list.some((value) => Math.abs(value) > 0.01));
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 30 }), row, fc.constantFrom('euclidean' as const, 'cosine' as const), (rows, probe, metric) => {
        const templates = { values: Float32Array.from(rows.flat()), personOf: Uint32Array.from(rows, (_, i) => i >> 1) };
        const found = built(templates, ruleOf(6, metric)).nearest(madeDescriptor(probe));
        expect(found).toEqual(built(templates, ruleOf(6, metric), true).nearest(madeDescriptor(probe)));
      }),
      { numRuns: 200 },
    );
  });

  it('takes the first of equal ones, and somebody else as the second', () => {
    const templates = { values: Float32Array.of(5, 5, 1, 1, 1, 1, 2, 2, 1, 1), personOf: Uint32Array.of(0, 1, 1, 1, 2) };
    for (const plain of [false, true]) {
      const found = built(templates, ruleOf(2), plain).nearest(madeDescriptor([1, 1]));
      expect(found.ok && [found.value.best, found.value.second]).toEqual([{ row: 1, person: 1, distance: 0 }, { row: 4, person: 2, distance: 0 }]);
    }
  });

  it('says who is exactly at the limit, and nobody behind it', () => {
    const templates = { values: Float32Array.of(3, 0.1, 0, 7), personOf: Uint32Array.of(0, 1) };
    const index = built(templates, ruleOf(2));
    const exact = index.nearest(madeDescriptor([0, 0.1]));
    if (!exact.ok || !exact.value.best) throw new Error('nobody');
    const at = index.nearest(madeDescriptor([0, 0.1]), exact.value.best.distance);
    expect(at.ok && [at.value.best?.person, at.value.second]).toEqual([0, null]);
    for (const within of [2.9, 0, -1]) expect(index.nearest(madeDescriptor([0, 0.1]), within)).toEqual({ ok: true, value: { best: null, second: null } });
  });

  it('finds nobody in an empty gallery', () => {
    expect(built({ values: new Float32Array(0), personOf: new Uint32Array(0) }, ruleOf(2)).nearest(madeDescriptor([1, 1]))).toEqual({ ok: true, value: { best: null, second: null } });
  });

  it('takes at most 1.2 times the bytes of the floats', () => {
    const templates = madeTemplates({ seed: 5, people: 4000, perPerson: 2, length: 128, spread: 0.2 });
    expect(built(templates, ruleOf(128)).bytes / templates.values.byteLength).toBeLessThanOrEqual(1.2);
  });

  it.each([
    ['gallery-invalid', Float32Array.of(1, 2, 3), Uint32Array.of(0)],
    ['not-finite', Float32Array.of(1, NaN), Uint32Array.of(0)],
    ['zero-norm', Float32Array.of(1, 1, 0, 0), Uint32Array.of(0, 1)],
  ])('takes no gallery with broken templates: %s', (code, values, personOf) => {
    const index = FaceIndex.build({ values, personOf }, ruleOf(2));
    expect(index.ok ? 'an index' : index.failure.code).toBe(code);
  });

  it('takes no broken probe', () => {
    const index = built({ values: Float32Array.of(1, 1), personOf: Uint32Array.of(0) }, ruleOf(2));
    const codes = [madeDescriptor([NaN, 1]), madeDescriptor([0, 0]), madeDescriptor([1]), { modelId: 'another', values: Float32Array.of(1, 1) }].map((probe) => {
      const found = index.nearest(probe);
      return found.ok ? 'found' : found.failure.code;
    });
    expect(codes).toEqual(['not-finite', 'zero-norm', 'wrong-length', 'other-model']);
  });
});
