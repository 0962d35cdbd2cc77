import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { iou } from '../../../src/geometry/index.ts';
import type { CentreHead, CentreLevel } from '../../../src/yolo/index.ts';
import { decodeHead, encodeCentre, gaussianRadius } from '../../../src/yolo/index.ts';
import { rowsOf } from '../candidate-rows.ts';
import { classes, hopeless, truthAt, truths } from './made-truths.ts';
import { boxInPx, perfectCentre } from './perfect-outputs.ts';

const side = fc.double({ min: 0.1, max: 500, noNaN: true });
const overlap = fc.double({ min: 0.05, max: 0.95, noNaN: true });
/** 0.7, as CenterNet sets it. */
const options = { minIou: 0.7 };

describe('gaussianRadius', () => {
  it('gives the number of the example', () => {
    expect(gaussianRadius(10, 10, 0.7)).toBeCloseTo(0.8167, 4);
  });

  it('keeps the IoU in all three cases, and meets it exactly in the worst', () => {
    fc.assert(
      fc.property(side, side, overlap, (w, h, minIou) => {
        const r = gaussianRadius(w, h, minIou);
        const truth = { x1: 0, y1: 0, x2: w, y2: h };
        const ious = [
          iou(truth, { x1: r, y1: r, x2: w + r, y2: h + r }),
          iou(truth, { x1: r, y1: r, x2: w - r, y2: h - r }),
          iou(truth, { x1: -r, y1: -r, x2: w + r, y2: h + r }),
        ];
        expect(Math.min(...ious)).toBeCloseTo(minIou, 6);
      }),
      { numRuns: 500 },
    );
  });

  it('grows with the box and shrinks with the IoU', () => {
    expect(gaussianRadius(20, 20, 0.7)).toBeCloseTo(2 * gaussianRadius(10, 10, 0.7), 9);
    expect(gaussianRadius(10, 10, 0.9)).toBeLessThan(gaussianRadius(10, 10, 0.5));
  });
});

describe('encodeCentre', () => {
  const level: CentreLevel = { rows: 24, columns: 32, classes, stridePx: 8 };
  const input = { width: 256, height: 192 };
  const head: CentreHead = { family: 'centre', stride: 8, inputNode: 'in', scoresNode: 'heat', sizesNode: 'sides', upsampleNodes: [] };

  it('gives the truths back through the decoder: every one that is not lost', () => {
    fc.assert(
      fc.property(truths, (made) => {
        const targets = encodeCentre(level, made, options);
        const found = rowsOf(decodeHead(head, perfectCentre(level, targets, ['heat', 'sides']), 0.999, input));
        for (const [index, { box, classId }] of made.entries()) {
          if (targets.lost.includes(index)) continue;
          const expected = boxInPx(box, input);
          expect(found.some((row) => row.classId === classId && row.box.every((value, i) => Math.abs(value - expected[i]!) < 1e-3))).toBe(true);
        }
        if (targets.lost.length === 0) expect(found).toHaveLength(made.length);
      }),
      { numRuns: 200 },
    );
  });

  it('draws a bell that is 1 at the centre cell, falls on every side and stays in its radius', () => {
    const { heat, cells, sidesPx } = encodeCentre(level, [truthAt(0.5, 0.5, 0.5, 0.6, 2)], options);
    const at = (row: number, column: number): number => heat[(row * 32 + column) * classes + 2]!;
    expect([...cells]).toEqual([12 * 32 + 16]);
    // The box is 64..192 x 38.4..153.6 px, the cell's corner stands at (128, 96).
    expect([...sidesPx]).toEqual([64, 57.6, 64, 57.6].map((px) => expect.closeTo(px, 3) as number));
    expect(at(12, 16)).toBe(1);
    const radius = Math.floor(gaussianRadius(16, 14.4, 0.7));
    expect(radius).toBe(1);
    expect(at(12, 17)).toBeCloseTo(Math.exp(-1 / (2 * 0.5 ** 2)), 6);
    expect(at(13, 17)).toBeCloseTo(Math.exp(-2 / (2 * 0.5 ** 2)), 6);
    expect(at(12, 18)).toBe(0);
    expect(heat.filter((value) => value > 0)).toHaveLength(9);
  });

  it('takes the higher where bells of one class meet, keeps classes apart, and adds nothing up', () => {
    fc.assert(
      fc.property(truths, (made) => {
        const all = encodeCentre(level, made, options).heat;
        const alone = made.map((one) => encodeCentre(level, [one], options).heat);
        const highest = all.map((_, i) => Math.max(0, ...alone.map((heat) => heat[i]!)));
        expect(all).toEqual(highest);
      }),
      { numRuns: 30 },
    );
  });

  it('tells the smallest of several sizes in one cell and still shows the class of the others', () => {
    const big = truthAt(0.51, 0.51, 0.4, 0.4, 1);
    const small = truthAt(0.51, 0.51, 0.1, 0.1, 2);
    for (const made of [[big, small], [small, big]]) {
      const { heat, cells, sidesPx, lost } = encodeCentre(level, made, options);
      expect(lost).toEqual([made.indexOf(big)]);
      expect(cells).toHaveLength(1);
      expect(sidesPx[0]! + sidesPx[2]!).toBeCloseTo(25.6, 3);
      expect([heat[cells[0]! * classes + 1], heat[cells[0]! * classes + 2]]).toEqual([1, 1]);
    }
  });

  it('loses what no cell can be responsible for, and refuses a class that the head does not have', () => {
    const targets = encodeCentre(level, hopeless, options);
    expect(targets.lost).toEqual([...hopeless.keys()]);
    expect(targets.heat.every((value) => value === 0)).toBe(true);
    expect(() => encodeCentre(level, [truthAt(0.5, 0.5, 0.1, 0.1, classes)], options)).toThrow(RangeError);
  });

  it('keeps a bell at the border inside the grid', () => {
    const { heat } = encodeCentre(level, [truthAt(1, 1, 0.9, 0.9, 0), truthAt(0, 0, 0.9, 0.9, 0)], options);
    expect(heat).toHaveLength(24 * 32 * classes);
    expect([heat[0], heat[(24 * 32 - 1) * classes]]).toEqual([1, 1]);
  });
});
