import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ImpostorDistances } from '../../src/faces/index.ts';
import { falseMatchRate, galleryRate, impostorDistances, lowerRateBound, perComparisonRate, thresholdFor, upperRateBound } from '../../src/faces/index.ts';
import { modelId, normalNumbers } from './made-faces.ts';

/** Distances between strangers as networks give them: normal about 0.85. */
function strangers(count: number, seed = 1): Float64Array {
  const normal = normalNumbers(seed);
  return Float64Array.from({ length: count }, () => Math.max(0.01, 0.85 + 0.09 * normal()));
}

function measured(count: number): ImpostorDistances {
  const made = impostorDistances(strangers(count), { modelId, measuredOn: 'made numbers' });
  if (!made.ok) throw new Error(made.failure.detail);
  return made.value;
}

const impostors = measured(20_000);

describe('bounds of a rate', () => {
  it('follow the rule of three when there was no hit', () => {
    expect(upperRateBound(0, 3000)).toBeCloseTo(0.000998, 6);
    expect(upperRateBound(0, 300)).toBeCloseTo(3 / 300, 3);
  });

  it('are those of Wilson otherwise', () => {
    // (0.1 + z^2/200 + z sqrt(0.1 * 0.9 / 100 + z^2/40000)) / (1 + z^2/100), z = 1.6449
    expect(upperRateBound(10, 100)).toBeCloseTo(0.16036, 5);
    expect(lowerRateBound(10, 100)).toBeCloseTo(0.06072, 5);
  });

  it('hold the rate between them, and know nothing without trials', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5000 }), fc.double({ min: 0, max: 1, noNaN: true }), (trials, share) => {
        const hits = Math.floor(share * trials);
        expect(upperRateBound(hits, trials)).toBeGreaterThanOrEqual(hits / trials - 1e-12);
        expect(lowerRateBound(hits, trials)).toBeLessThanOrEqual(hits / trials + 1e-12);
      }),
    );
    expect([upperRateBound(0, 0), lowerRateBound(0, 0), upperRateBound(NaN, 10)]).toEqual([1, 0, 1]);
  });
});

describe('a threshold', () => {
  it('leaves each comparison its part of the target', () => {
    expect(perComparisonRate(0.01, 100)).toBeCloseTo(0.0001005, 8);
    expect(galleryRate(perComparisonRate(0.01, 100), 100)).toBeCloseTo(0.01, 12);
  });

  it('keeps the target on other strangers than it was read from, also beyond what was measured', () => {
    const others = strangers(400_000, 77);
    const passing = (distance: number): number => others.filter((value) => value <= distance).length / others.length;
    for (const [target, people, basis] of [[0.01, 1, 'measured'], [0.05, 10, 'measured'], [0.001, 1, 'measured'], [0.01, 1000, 'extrapolated']] as const) {
      const threshold = thresholdFor(target, people, impostors);
      if (!threshold.ok) throw new Error(threshold.failure.detail);
      expect(threshold.value.basis).toBe(basis);
      expect(passing(threshold.value.distance)).toBeLessThanOrEqual(threshold.value.perComparison);
      // Not by turning everybody away.
      expect(threshold.value.distance).toBeGreaterThan(0.3);
    }
  });

  it('never grows with the gallery, nor with a stricter target, nor as less was measured', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5000 }), fc.integer({ min: 1, max: 5000 }), fc.double({ min: 1e-4, max: 0.5, noNaN: true }), (a, b, target) => {
        const distance = (people: number, rate: number, from = impostors): number => {
          const threshold = thresholdFor(rate, people, from);
          return threshold.ok ? threshold.value.distance : 0;
        };
        expect(distance(Math.max(a, b), target)).toBeLessThanOrEqual(distance(Math.min(a, b), target));
        expect(distance(a, target / 2)).toBeLessThanOrEqual(distance(a, target));
        expect(distance(a, target, { ...impostors, comparisons: 2000 })).toBeLessThanOrEqual(distance(a, target));
      }),
      { numRuns: 200 },
    );
  });

  it('says the rate of a distance so that a threshold keeps its own', () => {
    for (const people of [1, 10, 300]) {
      const threshold = thresholdFor(0.01, people, impostors);
      if (!threshold.ok) throw new Error(threshold.failure.detail);
      expect(falseMatchRate(threshold.value.distance, impostors).rate).toBeLessThanOrEqual(threshold.value.perComparison * 1.0001);
    }
    const rates = Array.from({ length: 300 }, (_, i) => falseMatchRate(i / 150, impostors).rate);
    expect(rates.every((rate, i) => rate >= (rates[i - 1] ?? 0))).toBe(true);
    expect([rates.at(-1), falseMatchRate(NaN, impostors).rate]).toEqual([1, 1]);
  });

  it.each([
    ['target-invalid', 0, 1],
    ['target-invalid', 1, 1],
    ['target-invalid', NaN, 1],
    ['target-invalid', 0.01, 0],
    ['target-invalid', 0.01, 1.5],
  ])('is refused for what is no target: %s %f %f', (code, target, people) => {
    const threshold = thresholdFor(target, people, impostors);
    expect(threshold.ok ? 'a threshold' : threshold.failure.code).toBe(code);
  });

  it('is refused where the numbers reach no further', () => {
    const few: ImpostorDistances = { modelId, comparisons: 20, quantiles: [{ rate: 0.05, distance: 0.1 }, { rate: 1, distance: 1 }], measuredOn: 'made numbers' };
    const threshold = thresholdFor(1e-9, 1000, few);
    expect(threshold.ok ? 'a threshold' : threshold.failure.code).toBe('target-out-of-reach');
  });

  it.each([
    [[]],
    [[{ rate: 0.5, distance: 1 }]],
    [[{ rate: 0.5, distance: 1 }, { rate: 0.4, distance: 2 }]],
    [[{ rate: 0.5, distance: 1 }, { rate: 0.6, distance: NaN }]],
    [[{ rate: 0.5, distance: 1 }, { rate: 1.1, distance: 2 }]],
  ])('is refused for quantiles that are none: %j', (quantiles) => {
    const threshold = thresholdFor(0.01, 1, { ...impostors, quantiles });
    expect(threshold.ok ? 'a threshold' : threshold.failure.code).toBe('impostors-invalid');
  });
});
