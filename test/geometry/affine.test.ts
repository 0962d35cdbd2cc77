import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Point } from '../../src/geometry/index.ts';
import { applyToBox, applyToPoint, compose, identityAffine, invert, scaleShift } from '../../src/geometry/index.ts';
import { affine, point, solidBox } from './arbitraries.ts';

function expectNear(actual: Point, expected: Point, digits = 6): void {
  expect(actual.x).toBeCloseTo(expected.x, digits);
  expect(actual.y).toBeCloseTo(expected.y, digits);
}

describe('affine maps', () => {
  it('are in the order of a canvas transform', () => {
    expect(applyToPoint({ a: 2, b: 3, c: 5, d: 7, e: 11, f: 13 }, { x: 1, y: 10 })).toEqual({ x: 2 + 50 + 11, y: 3 + 70 + 13 });
  });

  it('scale, then shift', () => {
    expect(applyToPoint(scaleShift(2, 3, 10, 20), { x: 1, y: 1 })).toEqual({ x: 12, y: 23 });
  });

  it('leave a point where it is after there and back', () => {
    fc.assert(
      fc.property(affine, point, (map, p) => {
        expectNear(applyToPoint(invert(map), applyToPoint(map, p)), p);
        expectNear(applyToPoint(map, applyToPoint(invert(map), p)), p);
      }),
    );
  });

  it('compose first, then second', () => {
    fc.assert(
      fc.property(affine, affine, point, (first, second, p) => {
        expectNear(applyToPoint(compose(first, second), p), applyToPoint(second, applyToPoint(first, p)), 4);
      }),
    );
    const scaledThenMoved = compose(scaleShift(2, 2, 0, 0), scaleShift(1, 1, 5, 0));
    expect(applyToPoint(scaledThenMoved, { x: 1, y: 1 })).toEqual({ x: 7, y: 2 });
  });

  it('change nothing with the identity', () => {
    fc.assert(
      fc.property(affine, point, (map, p) => {
        expectNear(applyToPoint(compose(map, identityAffine), p), applyToPoint(map, p), 9);
        expectNear(applyToPoint(compose(identityAffine, map), p), applyToPoint(map, p), 9);
      }),
    );
  });

  it.each([
    ['flattens the plane', { a: 1, b: 2, c: 2, d: 4, e: 0, f: 0 }],
    ['is nothing', { a: 0, b: 0, c: 0, d: 0, e: 0, f: 0 }],
    ['holds NaN', { a: NaN, b: 0, c: 0, d: 1, e: 0, f: 0 }],
  ])('have no inverse when the map %s', (_, map) => {
    expect(() => invert(map)).toThrow(RangeError);
  });
});

describe('applyToBox', () => {
  it('gives an upright box with its corners in order, also through a mirror', () => {
    expect(applyToBox(scaleShift(-1, 1, 10, 0), { x1: 1, y1: 2, x2: 4, y2: 3 })).toEqual({ x1: 6, y1: 2, x2: 9, y2: 3 });
  });

  it('of a quarter turn swaps the sides', () => {
    expect(applyToBox({ a: 0, b: 1, c: -1, d: 0, e: 0, f: 0 }, { x1: 0, y1: 0, x2: 4, y2: 2 })).toEqual({ x1: -2, y1: 0, x2: 0, y2: 4 });
  });

  it('holds every mapped point of the box', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(affine, solidBox, share, share, (map, box, s, t) => {
        const mapped = applyToBox(map, box);
        const p = applyToPoint(map, { x: box.x1 + s * (box.x2 - box.x1), y: box.y1 + t * (box.y2 - box.y1) });
        const slack = 1e-6;
        expect(p.x >= mapped.x1 - slack && p.x <= mapped.x2 + slack && p.y >= mapped.y1 - slack && p.y <= mapped.y2 + slack).toBe(true);
      }),
    );
  });
});
