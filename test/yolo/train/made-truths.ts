import fc from 'fast-check';
import type { BoxXyxy } from '../../../src/geometry/index.ts';
import type { Truth } from '../../../src/yolo/index.ts';

export const classes = 4;

/** An object anywhere with its centre in the input, its sides as far apart as labels are. */
export const truth: fc.Arbitrary<Truth> = fc
  .record({
    classId: fc.nat(classes - 1),
    cx: fc.double({ min: 0, max: 1, noNaN: true }),
    cy: fc.double({ min: 0, max: 1, noNaN: true }),
    w: fc.double({ min: 0.01, max: 1, noNaN: true }),
    h: fc.double({ min: 0.01, max: 1, noNaN: true }),
  })
  .map(({ classId, cx, cy, w, h }) => ({ classId, box: { x1: cx - w / 2, y1: cy - h / 2, x2: cx + w / 2, y2: cy + h / 2 } }));

export const truths: fc.Arbitrary<readonly Truth[]> = fc.array(truth, { maxLength: 12 });

/** A truth by its centre and size in 0..1. */
export function truthAt(cx: number, cy: number, w: number, h: number, classId = 0): Truth {
  return { classId, box: { x1: cx - w / 2, y1: cy - h / 2, x2: cx + w / 2, y2: cy + h / 2 } };
}

/** Truths that no cell can be responsible for. */
export const hopeless: readonly Truth[] = [
  truthAt(0.5, 0.5, 0, 0.2),
  truthAt(0.5, 0.5, -0.1, 0.2),
  truthAt(1.2, 0.5, 0.9, 0.2),
  truthAt(0.5, -0.01, 0.2, 0.9),
  truthAt(NaN, 0.5, 0.2, 0.2),
  { classId: 0, box: { x1: -Infinity, y1: 0, x2: Infinity, y2: 1 } satisfies BoxXyxy },
];
