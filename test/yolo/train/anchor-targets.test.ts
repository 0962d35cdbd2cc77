import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AnchorLevel, AnchorTargets, Truth, V2Head, V3Head, V5Head } from '../../../src/yolo/index.ts';
import { anchorLevels, decodeHead, encodeBestAnchor, encodeNearAnchors, shapeIou } from '../../../src/yolo/index.ts';
import { rowsOf } from '../candidate-rows.ts';
import { classes, hopeless, truthAt, truths } from './made-truths.ts';
import { boxInPx, perfectOutputs } from './perfect-outputs.ts';

type V5GridHead = Extract<V5Head, { form: 'grid' }>;

const input = { width: 256, height: 192 };
const v2: V2Head = { family: 'v2', stride: 32, outputLayer: 'a', anchors: [[0.5, 0.6], [2, 1.5], [6, 5]] };
const v3: V3Head = {
  family: 'v3',
  layout: 'hwc',
  classes,
  scales: [
    { output: 'a', stride: 16, anchors: [[10, 14], [23, 27]], scaleXY: 1 },
    { output: 'b', stride: 32, anchors: [[81, 82], [135, 169]], scaleXY: 1 },
  ],
};
const v4: V3Head = { ...v3, scales: v3.scales.map((scale) => ({ ...scale, scaleXY: 1.2 })) };
const v5: V5GridHead = {
  family: 'v5',
  form: 'grid',
  layout: 'hwc',
  logistic: 'needed',
  classes,
  scales: v3.scales.map(({ output, stride, anchors }) => ({ output, stride, anchors })),
};

const ignoreNothing = { ignoreIou: 1 };
/** 4 times, as YOLOv5 sets it. A shape further off is out of the head's reach. */
const near = { maxRatio: 4 };
type Encode = (levels: readonly AnchorLevel[], truths: readonly Truth[]) => AnchorTargets;
const byBest: Encode = (levels, made) => encodeBestAnchor(levels, made, ignoreNothing);
const byNear: Encode = (levels, made) => encodeNearAnchors(levels, made, near);

const tally = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

describe.each<[string, V2Head | V3Head | V5GridHead, Encode]>([
  ['v2', v2, byBest],
  ['v3', v3, byBest],
  ['v4 with scale_x_y', v4, byBest],
  ['v5', v5, byNear],
])('targets of %s', (_, head, encode) => {
  const levels = anchorLevels(head, input);

  it('give the truths back through the decoder: every one that is not lost, and nothing else', () => {
    fc.assert(
      fc.property(truths, (made) => {
        const targets = encode(levels, made);
        const found = rowsOf(decodeHead(head, perfectOutputs(levels, targets, ['a', 'b'], classes), 0.5, input));
        expect(found).toHaveLength(tally(targets.levels.map(({ slots }) => slots.length)));
        const told = [...made.keys()].filter((index) => !targets.lost.includes(index));
        const isTruth = (row: (typeof found)[number], index: number): boolean => {
          const box = boxInPx(made[index]!.box, input);
          return row.classId === made[index]!.classId && row.box.every((side, i) => Math.abs(side - box[i]!) < 0.01);
        };
        for (const index of told) expect(found.some((row) => isTruth(row, index))).toBe(true);
        for (const row of found) expect(told.some((index) => isTruth(row, index))).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('are whole: each slot once and in order, responsible slots are not background, sizes as the grid', () => {
    fc.assert(
      fc.property(truths, (made) => {
        const targets = encode(levels, made);
        for (const [i, { slots, boxes, classIds, background }] of targets.levels.entries()) {
          const { rows, columns, anchors } = levels[i]!;
          expect(background).toHaveLength(rows * columns * anchors.length);
          expect([boxes.length, classIds.length]).toEqual([slots.length * 4, slots.length]);
          expect([...slots]).toEqual([...new Set(slots)].sort((a, b) => a - b));
          for (const slot of slots) expect(background[slot]).toBe(0);
          expect(tally([...background])).toBe(background.length - slots.length);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('lose what no cell can be responsible for, and say which', () => {
    const { lost, levels: found } = encode(levels, [...hopeless, truthAt(0.5, 0.5, 0.2, 0.2), ...hopeless]);
    expect(lost).toEqual([0, 1, 2, 3, 4, 5, 7, 8, 9, 10, 11, 12]);
    expect(tally(found.map(({ slots }) => slots.length))).toBeGreaterThan(0);
  });

  it('are all background for an image without objects', () => {
    for (const { slots, background } of encode(levels, []).levels) {
      expect(slots).toHaveLength(0);
      expect(background.every((weight) => weight === 1)).toBe(true);
    }
  });

  it('put an object on the far border into the last cell', () => {
    const targets = encode(levels, [truthAt(1, 1, 0.2, 0.2)]);
    expect(targets.lost).toEqual([]);
    for (const [i, { slots }] of targets.levels.entries()) {
      const { rows, columns, anchors } = levels[i]!;
      for (const slot of slots) expect(Math.floor(slot / anchors.length)).toBe(rows * columns - 1);
    }
  });
});

describe('encodeBestAnchor', () => {
  const level: AnchorLevel = { rows: 4, columns: 4, anchors: [[1, 1], [2, 1], [1, 2]], scaleXY: 1, sides: 'exponential' };

  it('takes the cell of the centre and the anchor of the shape, worked by hand', () => {
    // 2 x 1 cells around (2.6, 1.2): row 1, column 2, anchor 1.
    const [targets] = encodeBestAnchor([level], [truthAt(0.65, 0.3, 0.5, 0.25, 3)], ignoreNothing).levels;
    expect([...targets!.slots]).toEqual([(1 * 4 + 2) * 3 + 1]);
    expect([...targets!.boxes]).toEqual([2.6, 1.2, 2, 1].map((side) => expect.closeTo(side, 6) as number));
    expect([...targets!.classIds]).toEqual([3]);
  });

  it('compares anchors over all grids and uses exactly one', () => {
    fc.assert(
      fc.property(truths, (made) => {
        const levels = anchorLevels(v3, input);
        const alone = made.map((one) => encodeBestAnchor(levels, [one], ignoreNothing));
        for (const [index, { levels: found }] of alone.entries()) {
          expect(tally(found.map(({ slots }) => slots.length))).toBe(1);
          const { box } = made[index]!;
          const shape = [(box.x2 - box.x1) * input.width, (box.y2 - box.y1) * input.height] as const;
          const best = Math.max(...v3.scales.flatMap(({ anchors }) => anchors.map((anchor) => shapeIou(anchor, shape))));
          const used = found.flatMap(({ slots }, i) => [...slots].map((slot) => v3.scales[i]!.anchors[slot % 2]!));
          expect(shapeIou(used[0]!, shape)).toBeCloseTo(best, 12);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('gives a slot that two want to the better shape, and says who lost', () => {
    const round = truthAt(0.6, 0.6, 0.25, 0.25, 1);
    const rounder = truthAt(0.6, 0.6, 0.26, 0.25, 2);
    for (const made of [[round, rounder], [rounder, round]]) {
      const { levels, lost } = encodeBestAnchor([level], made, ignoreNothing);
      expect([...levels[0]!.classIds]).toEqual([1]);
      expect(lost).toEqual([made.indexOf(rounder)]);
    }
    expect(encodeBestAnchor([level], [round, round], ignoreNothing).lost).toEqual([1]);
  });

  it('keeps two objects of one cell when their anchors differ', () => {
    expect(encodeBestAnchor([level], [truthAt(0.6, 0.6, 0.5, 0.25), truthAt(0.6, 0.6, 0.25, 0.5)], ignoreNothing).lost).toEqual([]);
  });

  it('does not ask slots whose anchor overlaps a truth by more than the threshold', () => {
    // A 1x1 truth at the middle of cell (1, 1): of its own cell 2x1 and 1x2 overlap by exactly 1/2, of the next none by more than 1/3.
    const one = [truthAt(0.375, 0.375, 0.25, 0.25)];
    const asked = (ignoreIou: number): number[] => {
      const { background } = encodeBestAnchor([level], one, { ignoreIou }).levels[0]!;
      return [...background.keys()].filter((slot) => background[slot] === 0);
    };
    expect(asked(0.5)).toEqual([15]);
    expect(asked(0.49)).toEqual([15, 16, 17]);
  });

  it('compares what the network says, where it is given', () => {
    const made = [truthAt(0.375, 0.375, 0.25, 0.25)];
    const said = new Float32Array(4 * 4 * 3 * 4);
    said.set([1.5, 1.5, 1, 1], 40 * 4);
    said.set([1.8, 1.5, 1, 1], 41 * 4);
    said.set([NaN, 1.5, 1, 1], 42 * 4);
    const { background } = encodeBestAnchor([level], made, { ignoreIou: 0.6, said: [said] }).levels[0]!;
    expect([...background.keys()].filter((slot) => background[slot] === 0)).toEqual([15, 40]);
    expect(() => encodeBestAnchor([level], made, { ignoreIou: 0.6, said: [said.subarray(4)] })).toThrow(RangeError);
  });
});

describe('encodeNearAnchors', () => {
  const level: AnchorLevel = { rows: 4, columns: 4, anchors: [[1, 1]], scaleXY: 2, sides: 'squared' };
  const cellsOf = (made: Truth): number[] => [...encodeNearAnchors([level], [made], near).levels[0]!.slots];

  it('teaches the cells of the example', () => {
    expect(cellsOf(truthAt(1.3 / 4, 2.8 / 4, 0.25, 0.25))).toEqual([2 * 4, 2 * 4 + 1, 3 * 4 + 1]);
  });

  it('has no neighbours beyond the border or from the exact middle', () => {
    expect(cellsOf(truthAt(0.2 / 4, 3.9 / 4, 0.25, 0.25))).toEqual([12]);
    expect(cellsOf(truthAt(1.5 / 4, 1.5 / 4, 0.25, 0.25))).toEqual([5]);
  });

  it('takes anchors whose sides differ by less than the factor, and loses a truth that has none', () => {
    const two: AnchorLevel = { ...level, anchors: [[1, 1], [0.25, 1]] };
    const anchorsOf = (w: number): number[] => [...encodeNearAnchors([two], [truthAt(0.375, 0.375, w / 4, 0.25)], near).levels[0]!.slots].map((slot) => slot % 2);
    expect(anchorsOf(0.99)).toEqual([0, 1]);
    expect(anchorsOf(1)).toEqual([0]);
    expect(anchorsOf(0.25)).toEqual([1]);
    expect(encodeNearAnchors([level], [truthAt(0.5, 0.5, 1, 1)], near).lost).toEqual([0]);
  });

  it('prefers the own cell of one truth to the neighbour cell of another, however well that fits', () => {
    const own = truthAt(1.5 / 4, 1.5 / 4, 0.3, 0.3, 1);
    const visitor = truthAt(2.2 / 4, 1.5 / 4, 0.25, 0.25, 2);
    for (const made of [[own, visitor], [visitor, own]]) {
      const { slots, classIds } = encodeNearAnchors([level], made, near).levels[0]!;
      expect([...slots]).toEqual([5, 6]);
      expect([...classIds]).toEqual([1, 2]);
    }
  });

  it('keeps every centre within half a cell around the cell that is taught it', () => {
    fc.assert(
      fc.property(truths, (made) => {
        const levels = anchorLevels(v5, input);
        for (const [i, { slots, boxes }] of encodeNearAnchors(levels, made, near).levels.entries()) {
          const { columns, anchors } = levels[i]!;
          for (const [k, slot] of slots.entries()) {
            const cell = Math.floor(slot / anchors.length);
            for (const offset of [boxes[k * 4]! - (cell % columns), boxes[k * 4 + 1]! - Math.floor(cell / columns)]) {
              expect(offset).toBeGreaterThanOrEqual(-0.5 - 1e-5);
              expect(offset).toBeLessThanOrEqual(1.5 + 1e-5);
            }
          }
        }
      }),
      { numRuns: 100 },
    );
  });
});
