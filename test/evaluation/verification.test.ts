import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ComparedPair, VerificationSummary } from '../../src/evaluation/index.ts';
import { binomialBounds, evaluateVerification, readPairs } from '../../src/evaluation/index.ts';

const same = (distance: number | null, fold: number | null = null): ComparedPair => ({ isSame: true, distance, fold });
const other = (distance: number | null, fold: number | null = null): ComparedPair => ({ isSame: false, distance, fold });

function evaluated(pairs: readonly ComparedPair[]): VerificationSummary {
  const summary = evaluateVerification(pairs);
  if (!summary.ok) throw new Error(summary.failure.detail);
  return summary.value;
}

/** By their targets. */
function accepted({ acceptRates }: VerificationSummary): readonly number[] {
  return acceptRates.map(({ trueAcceptRate }) => trueAcceptRate.value);
}

/** So many pairs of both kinds, a hundred apart: `same` at 1, 2, ..., `other` above. */
const apart = (count: number): readonly ComparedPair[] => Array.from({ length: count }, (_, i) => [same(i + 1), other(i + 101)]).flat();

describe('evaluateVerification', () => {
  it('finds no fault with kinds that do not overlap', () => {
    const summary = evaluated(apart(20));
    expect(summary).toMatchObject({ pairs: 40, genuine: 20, impostors: 20, notCompared: 0, areaUnderCurve: 1, equalErrorRate: 0, folds: 10, standardError: 0 });
    expect(summary.accuracy.value).toBe(1);
    expect(summary.threshold).toBe((20 + 101) / 2);
    expect(accepted(summary)).toEqual([1, 1, 1]);
  });

  it('counts by hand where they overlap', () => {
    // In order: S S O S O O; with ten impostors' places taken by three, one false accept is a third.
    const summary = evaluated([same(1), same(2), other(3), same(4), other(5), other(6)]);
    expect(summary.areaUnderCurve).toBeCloseTo(8 / 9, 12);
    expect(summary.equalErrorRate).toBeCloseTo(1 / 3, 12);
    expect(accepted(summary).map((rate) => rate * 3)).toEqual([2, 2, 2]);
    expect(summary.acceptRates[0]).toMatchObject({ falseAccepts: 0, threshold: 2 });
  });

  it('lets as many strangers pass as the target allows, and not one more', () => {
    const strangers = Array.from({ length: 100 }, (_, i) => other(i + 1));
    const rates = evaluated([...strangers, same(0.5), same(1.5), same(9.5), same(10.5), same(11.5)]).acceptRates;
    expect(rates.map(({ falseAccepts }) => falseAccepts)).toEqual([10, 1, 0]);
    expect(rates.map(({ trueAcceptRate }) => trueAcceptRate.value)).toEqual([0.8, 0.4, 0.2]);
    expect(rates.map(({ threshold }) => threshold)).toEqual([10.5, 1.5, 0.5]);
  });

  it('lets equal distances pass together', () => {
    const summary = evaluated([same(1), other(1), same(2), other(3)]);
    expect(summary.areaUnderCurve).toBeCloseTo(0.625, 12);
    expect(accepted(summary)).toEqual([0, 0, 0]);
    expect(summary.acceptRates[0]?.threshold).toBeNull();
  });

  it('takes a face that was not found for an error everywhere', () => {
    const [sameMissed, otherMissed] = [evaluated([...apart(9), same(null), other(200)]), evaluated([...apart(9), same(0.5), other(null)])];
    for (const summary of [sameMissed, otherMissed]) {
      expect(summary).toMatchObject({ notCompared: 1, pairs: 20 });
      expect(summary.accuracy.value).toBe(0.95);
      expect(summary.areaUnderCurve).toBeCloseTo(0.9, 12);
    }
    expect(accepted(sameMissed)).toEqual([0.9, 0.9, 0.9]);
    // One of ten strangers passes whatever is done.
    expect(accepted(otherMissed)).toEqual([1, 0, 0]);
  });

  it('chooses the threshold of a fold on the others', () => {
    const pairs = [same(1, 1), other(2, 1), same(11, 2), other(12, 2)];
    // Fold 1 would need a threshold from 1 to 2, fold 2 one from 11 to 12: each learns the other's.
    const summary = evaluated(pairs);
    expect(summary).toMatchObject({ folds: 2, how: '2 folds of the file; threshold of each chosen on the others' });
    expect(summary.accuracy.value).toBe(0.5);
    expect(summary.standardError).toBe(0);
  });

  it('makes ten folds where the file has none, and says how', () => {
    const summary = evaluated(apart(25));
    expect(summary.folds).toBe(10);
    expect(summary.how).toContain('runs of equal length');
    // Fewer pairs than folds still give every fold somebody to learn from.
    expect(evaluated([same(1), other(2)])).toMatchObject({ folds: 1, accuracy: { value: 1 } });
  });

  it('needs pairs of both kinds', () => {
    expect(evaluateVerification([same(1), same(2)])).toMatchObject({ ok: false, failure: { code: 'one-sided-pairs' } });
    expect(evaluateVerification([])).toMatchObject({ ok: false });
  });
});

describe('laws of verification', () => {
  // Few distances, so that ties happen.
  const distance = fc.option(fc.integer({ min: 0, max: 12 }), { freq: 6 });
  const pair = fc.record({ isSame: fc.boolean(), distance, fold: fc.constant(null) });
  const pairs = fc.array(pair, { maxLength: 40 }).map((some) => [same(3), other(9), ...some]);

  it('every figure is a rate within its bounds', () => {
    fc.assert(fc.property(pairs, (list) => {
      const summary = evaluated(list);
      for (const value of [summary.areaUnderCurve, summary.equalErrorRate]) expect(value >= 0 && value <= 1).toBe(true);
      for (const { value, atLeast, atMost } of [summary.accuracy, ...summary.acceptRates.map(({ trueAcceptRate }) => trueAcceptRate)]) {
        expect(0 <= atLeast && atLeast <= value && value <= atMost && atMost <= 1).toBe(true);
      }
      const [loose = 0, middle = 0, strict = 0] = accepted(summary);
      expect(loose >= middle && middle >= strict).toBe(true);
    }));
  });

  it('is the area by counting pairs of pairs', () => {
    fc.assert(fc.property(pairs, (list) => {
      const [genuine, impostors] = [list.filter(({ isSame }) => isSame), list.filter(({ isSame }) => !isSame)];
      let wins = 0;
      for (const { distance: own } of genuine) {
        for (const { distance: far } of impostors) {
          if (own !== null && far !== null) wins += own < far ? 1 : own === far ? 0.5 : 0;
        }
      }
      expect(evaluated(list).areaUnderCurve).toBeCloseTo(wins / genuine.length / impostors.length, 9);
    }));
  });

  it('only the order of the distances matters', () => {
    fc.assert(fc.property(pairs, (list) => {
      const bent = evaluated(list.map((each) => ({ ...each, distance: each.distance === null ? null : each.distance ** 3 })));
      const straight = evaluated(list);
      expect(bent.areaUnderCurve).toBe(straight.areaUnderCurve);
      expect(bent.equalErrorRate).toBe(straight.equalErrorRate);
      expect(accepted(bent)).toEqual(accepted(straight));
    }));
  });

  it('nothing is won by not finding a face', () => {
    fc.assert(fc.property(pairs, fc.nat(), (list, at) => {
      const lost = evaluated(list.map((each, i) => (i === at % list.length ? { ...each, distance: null } : each)));
      const before = evaluated(list);
      expect(lost.areaUnderCurve).toBeLessThanOrEqual(before.areaUnderCurve + 1e-12);
      expect(lost.equalErrorRate).toBeGreaterThanOrEqual(before.equalErrorRate - 1e-12);
      for (const [i, rate] of accepted(lost).entries()) expect(rate).toBeLessThanOrEqual(accepted(before)[i] ?? 0);
    }));
  });
});

describe('binomialBounds', () => {
  // From tables of the exact interval.
  it.each([
    [0, 10, 0, 0.3085],
    [10, 10, 0.6915, 1],
    [5, 10, 0.1871, 0.8129],
    [990, 1000, 0.9817, 0.9952],
  ])('%i of %i', (hits, trials, atLeast, atMost) => {
    const bounds = binomialBounds(hits, trials);
    expect(bounds.atLeast).toBeCloseTo(atLeast, 4);
    expect(bounds.atMost).toBeCloseTo(atMost, 4);
  });

  it('mirrors misses, holds for many trials, and refuses what is no count', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 300 }), fc.nat(), (trials, some) => {
      const hits = some % (trials + 1);
      const [bounds, mirrored] = [binomialBounds(hits, trials), binomialBounds(trials - hits, trials)];
      expect(bounds.atLeast).toBeCloseTo(1 - mirrored.atMost, 9);
      expect(bounds.atLeast <= hits / trials && hits / trials <= bounds.atMost).toBe(true);
    }));
    const many = binomialBounds(19_800, 20_000);
    expect(many.atMost - many.atLeast).toBeCloseTo(2 * 1.96 * Math.sqrt((0.99 * 0.01) / 20_000), 3);
    expect(binomialBounds(0, 0)).toEqual({ atLeast: 0, atMost: 1 });
    expect(() => binomialBounds(3, 2)).toThrow(RangeError);
    expect(() => binomialBounds(NaN, 2)).toThrow(RangeError);
  });
});

describe('readPairs', () => {
  it('reads names, kinds and folds', () => {
    expect(readPairs('\uFEFFa,b,same,fold\r\nx/a.jpg, b.jpg ,1,3\r\n\r\n"c, d.jpg","say ""e"".jpg",0,10\r\n')).toEqual({
      ok: true,
      value: [
        { a: 'x/a.jpg', b: 'b.jpg', isSame: true, fold: 3 },
        { a: 'c, d.jpg', b: 'say "e".jpg', isSame: false, fold: 10 },
      ],
    });
    expect(readPairs('a,b,same\np,q,0')).toEqual({ ok: true, value: [{ a: 'p', b: 'q', isSame: false, fold: null }] });
  });

  it.each([
    ['', 'line 1'],
    ['p,q,1\nr,s,0', 'line 1'],
    ['a,b,same\n', 'no pairs'],
    ['a,b,same\np,q', 'line 2: 2 fields, not 3'],
    ['a,b,same\np,q,1\np,q,yes', 'line 3: same must be 1 or 0'],
    ['a,b,same\n,q,1', 'a name is empty'],
    ['a,b,same\n"p,q,1', 'not closed'],
    ['a,b,same,fold\np,q,1,-1', 'fold must be'],
    ['a,b,same,extra\np,q,1,1', 'line 1'],
  ])('refuses %j', (text, reason) => {
    const read = readPairs(text);
    expect(read.ok ? '' : read.failure.detail).toContain(reason);
  });
});
