import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../src/base/index.ts';
import type { AnchorClusters, Shape } from '../../../src/yolo/index.ts';
import { clusterAnchors, shapeIou } from '../../../src/yolo/index.ts';

const side = fc.double({ min: 1e-3, max: 1, noNaN: true });
const shape = fc.tuple(side, side);

function clusters(shapes: readonly Shape[], count: number, seed = 1): AnchorClusters {
  const found = clusterAnchors(shapes, { count, seed });
  if (!found.ok) throw new Error(found.failure.detail);
  return found.value;
}

/** Boxes scattered by up to a tenth around known anchors, as many around each. */
function scattered(anchors: readonly Shape[], perAnchor: number, seed: number): Shape[] {
  const random = seededRandom(seed);
  const jitter = (): number => 1 + (random() - 0.5) * 0.2;
  return anchors.flatMap(([w, h]) => Array.from({ length: perAnchor }, (): Shape => [w * jitter(), h * jitter()]));
}

describe('shapeIou', () => {
  it('gives the share of the example, and 0 for a shape without an area', () => {
    expect(shapeIou([2, 1], [1, 2])).toBeCloseTo(1 / 3, 12);
    for (const bad of [[0, 1], [-1, -1], [NaN, 1], [Infinity, 1]] as const) expect(shapeIou(bad, [1, 1])).toBe(0);
  });

  it('is symmetric, 1 for itself, within 0..1, and the same in any unit per side', () => {
    fc.assert(
      fc.property(shape, shape, side, side, (a, b, x, y) => {
        expect(shapeIou(a, b)).toBe(shapeIou(b, a));
        expect(shapeIou(a, a)).toBeCloseTo(1, 12);
        expect(shapeIou(a, b)).toBeGreaterThanOrEqual(0);
        expect(shapeIou(a, b)).toBeLessThanOrEqual(1 + 1e-12);
        expect(shapeIou([a[0] * x, a[1] * y], [b[0] * x, b[1] * y])).toBeCloseTo(shapeIou(a, b), 9);
      }),
      { numRuns: 300 },
    );
  });
});

describe('clusterAnchors', () => {
  it('finds the known anchors of a made data set, each within two percent', () => {
    const known: readonly Shape[] = [[0.03, 0.05], [0.1, 0.06], [0.08, 0.2], [0.3, 0.2], [0.4, 0.7], [0.9, 0.85]];
    for (const seed of [1, 2, 3]) {
      const { anchors } = clusters(scattered(known, 200, seed), known.length, seed);
      const expected = [...known].sort((a, b) => a[0] * a[1] - b[0] * b[1]);
      for (const [i, [w, h]] of anchors.entries()) {
        expect(Math.abs(w / expected[i]![0] - 1)).toBeLessThan(0.02);
        expect(Math.abs(h / expected[i]![1] - 1)).toBeLessThan(0.02);
      }
    }
  });

  it('gives the anchors of the example, smallest first', () => {
    expect(clusters([[4, 2], [1, 1], [4, 2], [1, 1]], 2)).toEqual({ anchors: [[1, 1], [4, 2]], meanBestIou: 1, ignored: 0 });
  });

  it('lets small boxes count as much as large ones: two small shapes outnumber one large outlier', () => {
    const shapes: Shape[] = [...Array.from({ length: 50 }, (): Shape => [0.01, 0.02]), ...Array.from({ length: 50 }, (): Shape => [0.02, 0.01]), [0.9, 0.9], [0.8, 0.9]];
    const { anchors } = clusters(shapes, 3);
    expect(anchors.slice(0, 2).map(([w, h]) => [w, h])).toEqual(expect.arrayContaining([[expect.closeTo(0.01, 6), expect.closeTo(0.02, 6)], [expect.closeTo(0.02, 6), expect.closeTo(0.01, 6)]]));
  });

  it('gives the same anchors for the same seed, whatever the unit', () => {
    const shapes = scattered([[0.1, 0.1], [0.3, 0.5]], 100, 5);
    expect(clusters(shapes, 4, 9)).toEqual(clusters(shapes, 4, 9));
    const inPixels = clusters(shapes.map(([w, h]): Shape => [w * 512, h * 512]), 4, 9);
    expect(inPixels.anchors.map(([w, h]) => [w / 512, h / 512])).toEqual(clusters(shapes, 4, 9).anchors.map((anchor) => anchor.map((side_) => expect.closeTo(side_, 9) as number)));
  });

  it('takes one anchor as the mean of the shapes or better, and as many as there are different shapes exactly', () => {
    fc.assert(
      fc.property(fc.uniqueArray(shape, { minLength: 1, maxLength: 12, selector: ([w, h]) => `${w} ${h}` }), fc.integer(), (shapes, seed) => {
        const exact = clusters(shapes, shapes.length, seed);
        expect(exact.meanBestIou).toBeCloseTo(1, 9);
        expect(exact.anchors).toHaveLength(shapes.length);
        expect(clusters(shapes, 1, seed).meanBestIou).toBeGreaterThan(0);
      }),
      { numRuns: 200 },
    );
  });

  it('gives whole anchors for any shapes: positive, within those of the shapes, mean IoU as reported', () => {
    fc.assert(
      fc.property(fc.array(shape, { minLength: 3, maxLength: 40 }), fc.integer(), (shapes, seed) => {
        const found = clusterAnchors(shapes, { count: 3, seed });
        fc.pre(found.ok);
        const { anchors, meanBestIou } = found.value;
        const widths = shapes.map(([w]) => w);
        const heights = shapes.map(([, h]) => h);
        for (const [w, h] of anchors) {
          expect(w).toBeGreaterThanOrEqual(Math.min(...widths) * (1 - 1e-9));
          expect(w).toBeLessThanOrEqual(Math.max(...widths) * (1 + 1e-9));
          expect(h).toBeGreaterThanOrEqual(Math.min(...heights) * (1 - 1e-9));
          expect(h).toBeLessThanOrEqual(Math.max(...heights) * (1 + 1e-9));
        }
        const mean = shapes.reduce((sum, s) => sum + Math.max(...anchors.map((anchor) => shapeIou(s, anchor))), 0) / shapes.length;
        expect(meanBestIou).toBeCloseTo(mean, 9);
      }),
      { numRuns: 200 },
    );
  });

  it('leaves out shapes without an area and says how many', () => {
    expect(clusters([[0, 1], [1, 1], [NaN, 2], [Infinity, 1], [2, 2]], 2)).toEqual({ anchors: [[1, 1], [2, 2]], meanBestIou: 1, ignored: 3 });
  });

  it('refuses fewer different shapes than anchors', () => {
    expect(clusterAnchors([[1, 1], [1, 1], [2, 2]], { count: 3, seed: 1 })).toMatchObject({ ok: false, failure: { code: 'too-few-shapes' } });
    expect(clusterAnchors([], { count: 1, seed: 1 })).toMatchObject({ ok: false, failure: { code: 'too-few-shapes' } });
    expect(() => clusterAnchors([[1, 1]], { count: 0, seed: 1 })).toThrow(RangeError);
  });

  it('starts a cluster that lost its last shape again at the one that is worst served', () => {
    // Found by search: with this seed the means take every shape from one cluster.
    const shapes: Shape[] = [[0.25, 0.375], [0.875, 0.875], [0.75, 1], [0.75, 1], [0.625, 0.125], [0.25, 0.375], [0.375, 0.5], [0.25, 0.125], [0.5, 0.125]];
    const found = clusterAnchors(shapes, { count: 3, seed: 2963, starts: 1 });
    expect(found).toMatchObject({ ok: true, value: { meanBestIou: expect.closeTo(0.7821, 4) as number } });
  });

  it('ends on two heaps from any single start', () => {
    const heaps = scattered([[0.1, 0.1], [0.9, 0.9]], 50, 3);
    for (let seed = 0; seed < 20; seed++) {
      const found = clusterAnchors(heaps, { count: 2, seed, starts: 1 });
      expect(found.ok && found.value.meanBestIou).toBeGreaterThan(0.85);
    }
  });
});
