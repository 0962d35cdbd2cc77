import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { area, clipToUnit, isFiniteBox, toCxcywh, toXyxy, unitToPx } from '../../src/geometry/index.ts';
import { anyBox, solidBox } from './arbitraries.ts';

const sides = ['x1', 'y1', 'x2', 'y2'] as const;

describe('toXyxy and toCxcywh', () => {
  it('[cx 0.5, cy 0.5, w 0.2, h 0.4] is [0.4, 0.3, 0.6, 0.7]', () => {
    const box = toXyxy({ cx: 0.5, cy: 0.5, w: 0.2, h: 0.4 });
    expect(sides.map((side) => +box[side].toFixed(12))).toEqual([0.4, 0.3, 0.6, 0.7]);
  });

  it('undo each other', () => {
    fc.assert(
      fc.property(solidBox, (box) => {
        const back = toXyxy(toCxcywh(box));
        for (const side of sides) expect(back[side]).toBeCloseTo(box[side], 9);
      }),
    );
  });
});

describe('area', () => {
  it('of a 3 by 2 box is 6', () => {
    expect(area({ x1: 1, y1: 1, x2: 4, y2: 3 })).toBe(6);
  });

  it('is a finite number that is not negative, whatever the corners', () => {
    fc.assert(fc.property(anyBox, (box) => {
      expect(Number.isFinite(area(box)) && area(box) >= 0).toBe(true);
    }));
  });

  it('is 0 for crossed, NaN and infinite corners', () => {
    expect(area({ x1: 4, y1: 4, x2: 1, y2: 1 })).toBe(0);
    expect(area({ x1: NaN, y1: 0, x2: 1, y2: 1 })).toBe(0);
    expect(area({ x1: 0, y1: 0, x2: Infinity, y2: 1 })).toBe(0);
  });
});

describe('clipToUnit', () => {
  it('[-0.2, 0.1, 0.5, 1.3] becomes [0, 0.1, 0.5, 1]', () => {
    expect(clipToUnit({ x1: -0.2, y1: 0.1, x2: 0.5, y2: 1.3 })).toEqual({ x1: 0, y1: 0.1, x2: 0.5, y2: 1 });
  });

  it('stays within 0..1 and changes nothing the second time', () => {
    fc.assert(
      fc.property(solidBox, (box) => {
        const clipped = clipToUnit(box);
        for (const side of sides) expect(clipped[side] >= 0 && clipped[side] <= 1).toBe(true);
        expect(clipToUnit(clipped)).toEqual(clipped);
      }),
    );
  });
});

describe('unitToPx', () => {
  it('[0.5, 0.5, 1, 1] of 640x480 is [320, 240, 640, 480]', () => {
    expect(unitToPx({ x1: 0.5, y1: 0.5, x2: 1, y2: 1 }, { width: 640, height: 480 })).toEqual({ x1: 320, y1: 240, x2: 640, y2: 480 });
  });
});

describe('isFiniteBox', () => {
  it.each(sides)('sees a number that is not finite in %s', (side) => {
    const box = { x1: 0, y1: 0, x2: 1, y2: 1 };
    expect(isFiniteBox(box)).toBe(true);
    for (const bad of [NaN, Infinity, -Infinity]) expect(isFiniteBox({ ...box, [side]: bad })).toBe(false);
  });
});
