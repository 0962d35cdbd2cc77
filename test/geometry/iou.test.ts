import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { iou } from '../../src/geometry/index.ts';
import { anyBox, solidBox } from './arbitraries.ts';

describe('iou', () => {
  it('of [0,0,2,2] and [1,1,3,3] is 1/7', () => {
    expect(iou({ x1: 0, y1: 0, x2: 2, y2: 2 }, { x1: 1, y1: 1, x2: 3, y2: 3 })).toBeCloseTo(1 / 7, 12);
  });

  it('is 0 for boxes that only touch', () => {
    expect(iou({ x1: 0, y1: 0, x2: 1, y2: 1 }, { x1: 1, y1: 0, x2: 2, y2: 1 })).toBe(0);
  });

  it('of a box inside another is the share of its area', () => {
    expect(iou({ x1: 0, y1: 0, x2: 4, y2: 4 }, { x1: 1, y1: 1, x2: 3, y2: 2 })).toBeCloseTo(2 / 16, 12);
  });

  it('is symmetric and within 0..1, whatever the numbers', () => {
    const boxes = fc.oneof(solidBox, anyBox);
    fc.assert(
      fc.property(boxes, boxes, (a, b) => {
        const value = iou(a, b);
        expect(value).toBe(iou(b, a));
        expect(value >= 0 && value <= 1).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it('of a box with itself is 1', () => {
    fc.assert(fc.property(solidBox, (box) => {
      expect(iou(box, box)).toBeCloseTo(1, 9);
    }));
  });

  it.each([
    ['no width', { x1: 1, y1: 0, x2: 1, y2: 4 }],
    ['no height', { x1: 0, y1: 2, x2: 4, y2: 2 }],
    ['crossed corners', { x1: 3, y1: 3, x2: 1, y2: 1 }],
    ['one crossed side', { x1: 3, y1: 0, x2: 1, y2: 4 }],
    ['NaN', { x1: 0, y1: 0, x2: NaN, y2: 4 }],
    ['an infinite side', { x1: 0, y1: 0, x2: Infinity, y2: 1 }],
    ['all of the plane', { x1: -Infinity, y1: -Infinity, x2: Infinity, y2: Infinity }],
  ])('of a box with %s is 0 with any other', (_, broken) => {
    fc.assert(fc.property(solidBox, (box) => {
      expect(iou(broken, box)).toBe(0);
    }));
    for (const other of [broken, { x1: 0, y1: 0, x2: 4, y2: 4 }, { x1: 0, y1: 0, x2: 1, y2: 2 }]) expect(iou(broken, other)).toBe(0);
  });
});
