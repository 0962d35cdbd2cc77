import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { mainFace } from '../../src/evaluation/index.ts';
import { comparedPairs, photosOf, scoreOfPairs } from '../../tools/evaluate/verify.ts';

const rule = { modelId: 'm', length: 2, metric: 'euclidean' } as const;
const found = (...values: readonly number[]) => ({ ok: true, value: { modelId: 'm', values: Float32Array.from(values) } }) as const;
const missed = { ok: false, failure: { code: 'no-face', detail: '' } } as const;
const pair = (a: string, b: string, isSame: boolean) => ({ a, b, isSame, fold: null });

describe('comparedPairs', () => {
  const embedded = new Map<string, ReturnType<typeof found> | typeof missed>([['one', found(3, 0)], ['two', found(0, 4)], ['near', found(3, 1)], ['none', missed], ['broken', found(NaN, 1)]]);
  const pairs = [pair('one', 'two', false), pair('one', 'near', true), pair('one', 'none', true), pair('one', 'broken', false), pair('one', 'absent', false)];

  it('compares by the rule, and does not compare what is missing or broken', () => {
    expect(comparedPairs(pairs, embedded, rule).map(({ distance }) => distance)).toEqual([5, 1, null, null, null]);
  });

  it('counts every pair that was not compared as an error', () => {
    const score = scoreOfPairs(comparedPairs(pairs, embedded, rule), embedded);
    expect(score).toMatchObject({ pairs: 5, genuine: 2, impostors: 3, images: 5, failuresToFindFace: 1, pairsNotCompared: 3 });
    expect(score.tarAtFar).toEqual({ '1e-1': 0, '1e-2': 0, '1e-3': 0 });
    expect(score.accuracy).toBeLessThanOrEqual(0.4);
  });
});

describe('photosOf', () => {
  it('names every picture once and refuses pairs of pictures that are not there', async () => {
    const root = await mkdtemp(join(tmpdir(), 'lintel-pairs-'));
    await Promise.all(['a', 'b'].map((name) => writeFile(join(root, name), '')));
    expect((await photosOf([pair('a', 'b', true), pair('b', 'a', true)], root)).map(({ name }) => name)).toEqual(['a', 'b']);
    await expect(photosOf([pair('a', 'c', true)], root)).rejects.toThrow('not there');
  });
});

describe('mainFace', () => {
  const box = (x1: number, side: number) => ({ x1, y1: 0.5 - side / 2, x2: x1 + side, y2: 0.5 + side / 2 });

  it('is the one in the middle of equal ones, the largest of others, and nobody where there is none', () => {
    expect(mainFace([box(0, 0.3), box(0.35, 0.3)])).toBe(1);
    expect(mainFace([box(0.3, 0.4), box(0.45, 0.1)])).toBe(0);
    expect(mainFace([])).toBeNull();
  });
});
