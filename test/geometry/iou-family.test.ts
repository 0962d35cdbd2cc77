import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BoxXyxy } from '../../src/geometry/index.ts';
import { ciou, diou, giou, iou } from '../../src/geometry/index.ts';
import { anyBox, solidBox } from './arbitraries.ts';

const family = [
  { name: 'giou', of: giou, least: -1 },
  { name: 'diou', of: diou, least: -1 },
  { name: 'ciou', of: ciou, least: -1.5 },
] as const;

const shifted = ({ x1, y1, x2, y2 }: BoxXyxy, by: number): BoxXyxy => ({ x1: x1 + by, y1, x2: x2 + by, y2 });
const unit: BoxXyxy = { x1: 0, y1: 0, x2: 1, y2: 1 };

describe.each(family)('$name', ({ of, least }) => {
  it('is symmetric, finite and within its bounds, whatever the numbers', () => {
    const boxes = fc.oneof(solidBox, anyBox);
    fc.assert(
      fc.property(boxes, boxes, (a, b) => {
        const value = of(a, b);
        expect(value).toBeCloseTo(of(b, a), 12);
        expect(value >= least && value <= 1).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it('is never above IoU for solid boxes, and 1 for a box with itself', () => {
    fc.assert(
      fc.property(solidBox, solidBox, (a, b) => {
        expect(of(a, b)).toBeLessThanOrEqual(iou(a, b) + 1e-12);
        expect(of(a, a)).toBeCloseTo(1, 9);
      }),
    );
  });

  it('does not change with the unit or the place', () => {
    fc.assert(
      fc.property(solidBox, solidBox, (a, b) => {
        const moved = ({ x1, y1, x2, y2 }: BoxXyxy): BoxXyxy => ({ x1: 3 * x1 + 40, y1: 3 * y1 - 7, x2: 3 * x2 + 40, y2: 3 * y2 - 7 });
        expect(of(moved(a), moved(b))).toBeCloseTo(of(a, b), 6);
      }),
    );
  });

  it('tells boxes that do not touch apart by how far they are, which IoU cannot', () => {
    const values = [1.5, 2, 5, 50].map((by) => of(unit, shifted(unit, by)));
    expect(values).toEqual([...values].sort((a, b) => b - a));
    expect(values[3]).toBeLessThan(values[0]! - 0.2);
    expect(iou(unit, shifted(unit, 1.5))).toBe(0);
  });

  it.each([
    ['no width', { x1: 1, y1: 0, x2: 1, y2: 4 }],
    ['crossed corners', { x1: 3, y1: 3, x2: 1, y2: 1 }],
    ['NaN', { x1: 0, y1: 0, x2: NaN, y2: 4 }],
    ['an infinite side', { x1: 0, y1: 0, x2: Infinity, y2: 1 }],
    ['all of the plane', { x1: -Infinity, y1: -Infinity, x2: Infinity, y2: Infinity }],
  ])('of a box with %s is the least with any other', (_, broken) => {
    for (const other of [broken, unit, { x1: 0, y1: 0, x2: 4, y2: 4 }]) expect([of(broken, other), of(other, broken)]).toEqual([least, least]);
  });
});

describe('worked examples', () => {
  const [a, b] = [{ x1: 0, y1: 0, x2: 2, y2: 2 }, { x1: 1, y1: 1, x2: 3, y2: 3 }];

  it('giou: 1/7 less the 2/9 of the hull that stay empty', () => {
    expect(giou(a, b)).toBeCloseTo(1 / 7 - 2 / 9, 12);
  });

  it('diou: 1/7 less 2/18, the squares of centre distance and diagonal', () => {
    expect(diou(a, b)).toBeCloseTo(1 / 7 - 2 / 18, 12);
  });

  it('ciou: 1/3 less the penalty for the aspect ratios 2 and 1/2', () => {
    const v = (4 / Math.PI ** 2) * (Math.atan(2) - Math.atan(0.5)) ** 2;
    const value = ciou({ x1: 0, y1: 0, x2: 4, y2: 2 }, { x1: 1, y1: -1, x2: 3, y2: 3 });
    expect(value).toBeCloseTo(1 / 3 - (v * v) / (1 - 1 / 3 + v), 12);
    expect(value).toBeCloseTo(0.29958, 4);
  });

  it('ciou is diou where the aspect ratios agree', () => {
    expect(ciou(a, b)).toBe(diou(a, b));
  });
});
