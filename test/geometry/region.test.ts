import { describe, expect, it } from 'vitest';
import { affineFromPoints, applyToPoint, fitOfRegion, regionAround, similarityFromPoints } from '../../src/geometry/index.ts';

const turned = { centrePx: { x: 200, y: 100 }, sizePx: { width: 100, height: 50 }, angleRad: Math.PI / 2 };

describe('fitOfRegion', () => {
  it('stands a region that is turned by a quarter upright', () => {
    const { frameToInput } = fitOfRegion(turned, { width: 100, height: 50 });
    for (const [from, to] of [
      [{ x: 200, y: 100 }, { x: 50, y: 25 }],
      [{ x: 200, y: 50 }, { x: 0, y: 25 }],
      [{ x: 200, y: 150 }, { x: 100, y: 25 }],
      [{ x: 225, y: 100 }, { x: 50, y: 0 }],
    ] as const) {
      const at = applyToPoint(frameToInput, from);
      expect(at.x).toBeCloseTo(to.x, 9);
      expect(at.y).toBeCloseTo(to.y, 9);
    }
  });

  it('shows it mirrored left to right', () => {
    const plain = fitOfRegion(turned, { width: 64, height: 32 }).frameToInput;
    const mirrored = fitOfRegion(turned, { width: 64, height: 32 }, true).frameToInput;
    const point = { x: 213, y: 77 };
    expect(applyToPoint(mirrored, point).x).toBeCloseTo(64 - applyToPoint(plain, point).x, 9);
    expect(applyToPoint(mirrored, point).y).toBeCloseTo(applyToPoint(plain, point).y, 9);
  });
});

describe('regionAround', () => {
  it('holds the points at any turn, and touches them', () => {
    const xy = [3, 8, 40, 12, 25, 60, 7, 33];
    for (const angleRad of [-2, -0.4, 0, 0.7, 3]) {
      const { frameToInput } = fitOfRegion(regionAround(xy, angleRad), { width: 1, height: 1 });
      const seen = [0, 2, 4, 6].map((i) => applyToPoint(frameToInput, { x: xy[i]!, y: xy[i + 1]! }));
      for (const axis of ['x', 'y'] as const) {
        expect(Math.min(...seen.map((point) => point[axis]))).toBeCloseTo(0, 9);
        expect(Math.max(...seen.map((point) => point[axis]))).toBeCloseTo(1, 9);
      }
    }
  });

  it('is a line for two points at their own turn', () => {
    const region = regionAround([0, 0, 3, 4], Math.atan2(4, 3));
    expect([region.centrePx.x, region.centrePx.y, region.sizePx.width, region.sizePx.height].map((value) => Math.round(value * 1e9) / 1e9)).toEqual([1.5, 2, 5, 0]);
  });

  it('throws without a point', () => {
    expect(() => regionAround([], 0)).toThrow(RangeError);
  });
});

const shape = [0, 0, 10, 1, 4, 9, -3, 5];

describe('fits of points', () => {
  it('find the similarity that was applied', () => {
    const applied = { a: 1.2, b: 0.7, c: -0.7, d: 1.2, e: 30, f: -8 };
    const moved = mapped(shape, applied);
    const found = similarityFromPoints(shape, moved);
    for (const key of ['a', 'b', 'c', 'd', 'e', 'f'] as const) expect(found?.[key]).toBeCloseTo(applied[key], 9);
  });

  it('find the affine map that was applied', () => {
    const applied = { a: 1.2, b: -0.3, c: 0.5, d: 0.8, e: 30, f: -8 };
    const found = affineFromPoints(shape, mapped(shape, applied));
    for (const key of ['a', 'b', 'c', 'd', 'e', 'f'] as const) expect(found?.[key]).toBeCloseTo(applied[key], 9);
  });

  it('do not mirror: the closest similarity to a mirrored shape still turns the same way', () => {
    const found = similarityFromPoints(shape, mapped(shape, { a: -1, b: 0, c: 0, d: 1, e: 0, f: 0 }));
    expect(found && found.a * found.d - found.b * found.c).toBeGreaterThan(0);
  });

  it.each([
    ['one point over and over', [2, 2, 2, 2, 2, 2], [1, 1, 2, 2, 3, 3]],
    ['NaN', [0, 0, NaN, 1, 4, 9], [0, 0, 1, 1, 2, 2]],
    ['nothing', [], []],
  ])('have no answer for %s', (_, from, to) => {
    expect(similarityFromPoints(from, to)).toBeNull();
    expect(affineFromPoints(from, to)).toBeNull();
  });

  it('have no affine map for points on a line', () => {
    expect(affineFromPoints([0, 0, 1, 1, 2, 2], [0, 0, 1, 0, 2, 5])).toBeNull();
  });
});

function mapped(xy: readonly number[], map: Parameters<typeof applyToPoint>[0]): number[] {
  return xy.flatMap((x, i) => {
    if (i % 2 === 1) return [];
    const point = applyToPoint(map, { x, y: xy[i + 1]! });
    return [point.x, point.y];
  });
}
