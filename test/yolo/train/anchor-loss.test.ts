import type { Rank, Tensor, Tensor4D, Variable } from '@tensorflow/tfjs-core';
import { grads, randomUniform, tensor4d, tidy, train, variable } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { seededRandom } from '../../../src/base/index.ts';
import type { AnchorLevel, AnchorTargets, RawOutput, Truth, V2Head, V3Head, V5Head } from '../../../src/yolo/index.ts';
import { anchorLevels, decodeHead, encodeBestAnchor, encodeNearAnchors, v5Nearness } from '../../../src/yolo/index.ts';
import type { AnchorLoss, AnchorRecipe } from '../../../src/yolo/tf.ts';
import { anchorLoss, gridBoxes, v2Recipe, v3Recipe, v5Recipe } from '../../../src/yolo/tf.ts';
import { expectNoLeak } from '../../support/expect-no-leak.ts';
import { rowsOf } from '../candidate-rows.ts';
import { expectOwnGradient } from './check-gradient.ts';
import { truthAt } from './made-truths.ts';
import { boxInPx, perfectOutputs } from './perfect-outputs.ts';
import { useTraining } from './use-training.ts';

const classes = 3;
const input = { width: 64, height: 64 };
const v2: V2Head = { family: 'v2', stride: 16, outputLayer: 'a', anchors: [[1, 1], [2.5, 2]] };
const v3: V3Head = {
  family: 'v3',
  layout: 'hwc',
  classes,
  scales: [
    { output: 'a', stride: 16, anchors: [[10, 12], [20, 14]], scaleXY: 1.1 },
    { output: 'b', stride: 32, anchors: [[40, 36]], scaleXY: 1 },
  ],
};
const v5: Extract<V5Head, { form: 'grid' }> = {
  family: 'v5',
  form: 'grid',
  layout: 'hwc',
  logistic: 'needed',
  classes,
  scales: v3.scales.map(({ output, stride, anchors }) => ({ output, stride, anchors })),
};
const ownRecipe: AnchorRecipe = { box: 'ciou', objectness: 'one', classes: 'logistic', smoothing: 0.05, focal: { gamma: 1.5, alpha: 0.25 }, mean: 'objects', balance: [], weights: { box: 2, objectness: 1, background: 0.7, classes: 0.5 } };

/** Two images, one of them with two objects; centres away from the middle and the border of their cells. */
const images: readonly (readonly Truth[])[] = [[truthAt(0.3, 0.55, 0.2, 0.25, 1), truthAt(0.57, 0.45, 0.6, 0.55, 2)], [truthAt(0.8, 0.2, 0.3, 0.2, 0)]];

interface Case {
  readonly name: string;
  readonly head: V2Head | V3Head | typeof v5;
  readonly recipe: AnchorRecipe;
  readonly encode: (levels: readonly AnchorLevel[], truths: readonly Truth[]) => AnchorTargets;
}

const best = (levels: readonly AnchorLevel[], truths: readonly Truth[]): AnchorTargets => encodeBestAnchor(levels, truths, { ignoreIou: 0.5 });
const near = (levels: readonly AnchorLevel[], truths: readonly Truth[]): AnchorTargets => encodeNearAnchors(levels, truths, v5Nearness);
const cases: readonly Case[] = [
  // Objectness is taught to be 1 here: its own target, the IoU, moves with the box that the differences move.
  { name: 'v2', head: v2, recipe: { ...v2Recipe, objectness: 'one' }, encode: best },
  { name: 'v3', head: v3, recipe: v3Recipe, encode: best },
  { name: 'v4, generalised IoU', head: v3, recipe: { ...v3Recipe, box: 'giou' }, encode: best },
  { name: 'v5, distance IoU, focal, smoothed', head: v5, recipe: { ...ownRecipe, box: 'diou' }, encode: near },
  // Nor is the aspect ratio's trade-off factor of the complete IoU, which its gradient holds constant, in the differences.
  { name: 'v5', head: v5, recipe: { ...v5Recipe, box: 'diou', objectness: 'one' }, encode: near },
];

const shapeOf = ({ rows, columns, anchors }: AnchorLevel, count: number): [number, number, number, number] => [count, rows, columns, anchors.length * (5 + classes)];
const someNumbers = (count: number, seed = 11): number[] => {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () => random() * 2 - 1);
};
const sizeOf = (shape: readonly number[]): number => shape.reduce((product, side) => product * side, 1);
const readParts = async (loss: AnchorLoss): Promise<Record<keyof AnchorLoss, number>> => {
  const entries = await Promise.all(Object.entries(loss).map(async ([name, value]: [string, Tensor]) => [name, (await value.data<'float32'>())[0]!] as const));
  for (const value of Object.values(loss) as Tensor[]) value.dispose();
  return Object.fromEntries(entries) as Record<keyof AnchorLoss, number>;
};

/** What a network gives for a batch that has learnt its images fully. */
function perfectBatch(head: Case['head'], levels: readonly AnchorLevel[], targets: readonly AnchorTargets[]): Tensor4D[] {
  const names = head.family === 'v2' ? ['a'] : ['a', 'b'];
  const each = targets.map((image) => perfectOutputs(levels, image, names, classes));
  return levels.map((level, i) => tensor4d(each.flatMap((outputs) => [...outputs[i]!.data]), shapeOf(level, targets.length)));
}

describe.each(['cpu', 'wasm'] as const)('anchorLoss on %s', (backend) => {
  beforeAll(() => useTraining(backend), 60_000);

  it.each(cases)('has the gradient of its own differences, in slots that hold an object and in others: $name', async ({ head, recipe, encode }) => {
    const levels = anchorLevels(head, input);
    const targets = images.map((truths) => encode(levels, truths));
    const starts = levels.map((level) => someNumbers(sizeOf(shapeOf(level, images.length))));
    for (const [i, level] of levels.entries()) {
      const shape = shapeOf(level, images.length);
      const others = levels.map((other, k) => tensor4d(starts[k]!, shapeOf(other, images.length)));
      const loss = (x: Tensor) => tidy(() => anchorLoss(others.map((other, k) => (k === i ? (x as Tensor4D) : other)), levels, targets, recipe).total);
      const fields = 5 + classes;
      const perImage = sizeOf(shape) / images.length;
      const taught = targets.flatMap((image, n) => [...image.levels[i]!.slots].flatMap((slot) => Array.from({ length: fields }, (_, field) => n * perImage + slot * fields + field)));
      await expectOwnGradient(loss, starts[i]!, shape, [...taught, 4, 12, 20, perImage + 4]);
      for (const other of others) other.dispose();
    }
  });

  it.each(cases)('is near 0 for a network that says the targets, and far from it for one that knows nothing: $name', async ({ head, recipe, encode }) => {
    const levels = anchorLevels(head, input);
    const targets = images.map((truths) => encode(levels, truths));
    const sure = perfectBatch(head, levels, targets);
    const plain = { ...recipe, smoothing: 0 };
    const learnt = await readParts(anchorLoss(sure, levels, targets, plain));
    for (const part of Object.values(learnt)) expect(Math.abs(part)).toBeLessThan(1e-3);
    const blank = sure.map((output) => randomUniform<Rank.R4>(output.shape, -0.1, 0.1, 'float32', 3));
    const lost = await readParts(anchorLoss(blank, levels, targets, plain));
    for (const part of ['box', 'objectness', 'background', 'classes', 'total'] as const) expect(lost[part], part).toBeGreaterThan(0.01);
    for (const one of [...sure, ...blank]) one.dispose();
  });

  it('weighs its parts as the recipe says', async () => {
    const levels = anchorLevels(v3, input);
    const targets = images.map((truths) => best(levels, truths));
    const outputs = levels.map((level) => tensor4d(someNumbers(sizeOf(shapeOf(level, 2))), shapeOf(level, 2)));
    const { total, box, objectness, background, classes: ofClasses } = await readParts(anchorLoss(outputs, levels, targets, ownRecipe));
    expect(total).toBeCloseTo(2 * box + objectness + 0.7 * background + 0.5 * ofClasses, 4);
    for (const output of outputs) output.dispose();
  });

  it('is for v5 what its rules give by hand: means of each grid, balanced, with the complete IoU', async () => {
    const scales = [{ output: 'a', stride: 16, anchors: [[16, 16]] as [number, number][] }, { output: 'b', stride: 32, anchors: [[128, 128]] as [number, number][] }];
    const levels = anchorLevels({ ...v5, scales }, input);
    // The first anchor at the middle of cell (1, 1); the other one is 8 times as large, so its grid holds no object.
    const targets = [near(levels, [truthAt(0.375, 0.375, 0.25, 0.25, 1)])];
    expect(targets[0]!.levels.map(({ slots }) => [...slots])).toEqual([[5], []]);
    const raw = new Float32Array(16 * 8);
    // Twice the width: (2 s)^2 = 2. IoU is 1/2, to which objectness 0 says a cross entropy of ln 2.
    raw[5 * 8 + 2] = Math.log(Math.SQRT1_2 / (1 - Math.SQRT1_2));
    const outputs = [tensor4d(raw, [1, 4, 4, 8]), tensor4d(new Float32Array(4 * 8), [1, 2, 2, 8])];
    const parts = await readParts(anchorLoss(outputs, levels, targets, v5Recipe));
    const v = (4 / Math.PI ** 2) * (Math.atan(1) - Math.atan(2)) ** 2;
    const box = 0.5 + (v * v) / (0.5 + v);
    expect(parts.box).toBeCloseTo(box, 5);
    expect(parts.objectness).toBeCloseTo((4 * Math.LN2) / 16, 5);
    expect(parts.background).toBeCloseTo((4 * 15 * Math.LN2) / 16 + Math.LN2, 5);
    expect(parts.classes).toBeCloseTo(Math.LN2, 5);
    expect(parts.total).toBeCloseTo(0.05 * box + 5 * Math.LN2 + 0.5 * Math.LN2, 5);
    for (const output of outputs) output.dispose();
  });

  it('teaches objectness the IoU of what the slot says, as a constant', async () => {
    const levels = anchorLevels(v2, input);
    const targets = [best(levels, [truthAt(0.375, 0.375, 0.25, 0.25, 0)])];
    // The anchor 1x1 at the middle of cell (1, 1) is the truth; ln 2 of width makes the IoU one half.
    const raw = new Float32Array(4 * 4 * 2 * 8);
    const at = (1 * 4 + 1) * 2 * 8;
    raw[at + 2] = Math.LN2;
    const output = tensor4d(raw, [1, 4, 4, 16]);
    const only = { ...v2Recipe, weights: { box: 0, objectness: 1, background: 0, classes: 0 } };
    const atHalf = await readParts(anchorLoss([output], levels, targets, only));
    expect(atHalf.objectness).toBeCloseTo(Math.LN2, 5);
    const [slope] = grads((...x) => anchorLoss(x as Tensor4D[], levels, targets, only).total)([output]);
    const gradient = await slope!.data<'float32'>();
    expect([...gradient].every((value) => Math.abs(value) < 1e-6), 'one half is what logit 0 says already').toBe(true);
    raw[at + 4] = 1;
    const surer = tensor4d(raw, [1, 4, 4, 16]);
    const [pull] = grads((...x) => anchorLoss(x as Tensor4D[], levels, targets, only).total)([surer]);
    const pulled = await pull!.data<'float32'>();
    expect(pulled[at + 4]).toBeCloseTo(1 / (1 + Math.exp(-1)) - 0.5, 5);
    expect([...pulled.subarray(at, at + 4)]).toEqual([0, 0, 0, 0]);
    for (const one of [output, slope!, surer, pull!]) one.dispose();
  });

  it('does not teach slots that are not asked', async () => {
    const levels = anchorLevels(v2, input);
    const targets = [encodeBestAnchor(levels, [truthAt(0.375, 0.375, 0.25, 0.25, 0)], { ignoreIou: 0 })];
    const output = tensor4d(new Float32Array(4 * 4 * 2 * 8), [1, 4, 4, 16]);
    const [slope] = grads((...x) => anchorLoss(x as Tensor4D[], levels, targets, v2Recipe).total)([output]);
    const gradient = await slope!.data<'float32'>();
    const { background, slots } = targets[0]!.levels[0]!;
    const ignored = [...background.keys()].filter((slot) => background[slot] === 0 && !slots.includes(slot));
    expect(ignored.length).toBeGreaterThan(0);
    for (const slot of ignored) expect([...gradient.subarray(slot * 8, slot * 8 + 8)]).toEqual(new Array(8).fill(0));
    expect(gradient[4], 'a far slot is taught that it holds nothing').toBeGreaterThan(0);
    output.dispose();
    slope!.dispose();
  });

  it('teaches a batch without objects that there is nothing, and a head without a class field', async () => {
    const levels = anchorLevels(v2, input);
    const outputs = [tensor4d(someNumbers(2 * 4 * 4 * 16), [2, 4, 4, 16])];
    const empty = await readParts(anchorLoss(outputs, levels, [best(levels, []), best(levels, [])], v2Recipe));
    expect(empty).toMatchObject({ box: 0, objectness: 0, classes: 0 });
    expect(empty.background).toBeGreaterThan(0);
    const single = [tensor4d(someNumbers(4 * 4 * 10), [1, 4, 4, 10])];
    const parts = await readParts(anchorLoss(single, levels, [best(levels, [truthAt(0.5, 0.5, 0.3, 0.3, 0)])], v2Recipe));
    expect(parts.classes).toBe(0);
    expect(parts.box).toBeGreaterThan(0);
    for (const output of [...outputs, ...single]) output.dispose();
  });

  it('refuses outputs, grids and targets that do not belong together, and leaves nothing behind', async () => {
    const levels = anchorLevels(v2, input);
    const made = (...shape: [number, number, number, number]): Tensor4D => tensor4d(new Float32Array(sizeOf(shape)), shape);
    const one = [best(levels, [truthAt(0.5, 0.5, 0.3, 0.3, 2)])];
    const wrong: readonly (readonly [Tensor4D[], readonly AnchorTargets[]])[] = [
      [[made(2, 4, 4, 16)], one],
      [[made(1, 4, 5, 16)], one],
      [[made(1, 4, 4, 15)], one],
      [[made(1, 4, 4, 8)], one],
      [[made(1, 4, 4, 14)], one],
      [[made(1, 4, 4, 16), made(1, 4, 4, 16)], one],
      [[made(1, 4, 4, 16)], [best(anchorLevels(v2, { width: 128, height: 64 }), [])]],
    ];
    for (const [outputs, targets] of wrong) {
      await expectNoLeak(() => expect(() => anchorLoss(outputs, levels, targets, v2Recipe)).toThrow(RangeError));
      for (const output of outputs) output.dispose();
    }
  });

  it('leaves no tensor behind but its parts, with and without gradients', async () => {
    const levels = anchorLevels(v3, input);
    const targets = images.map((truths) => best(levels, truths));
    const outputs = levels.map((level) => tensor4d(someNumbers(sizeOf(shapeOf(level, 2))), shapeOf(level, 2)));
    for (const recipe of [v2Recipe, v3Recipe, ownRecipe, v5Recipe]) {
      await expectNoLeak(() => {
        for (const part of Object.values(anchorLoss(outputs, levels, targets, recipe)) as Tensor[]) part.dispose();
      });
      await expectNoLeak(() => {
        for (const slope of grads((...x) => anchorLoss(x as Tensor4D[], levels, targets, recipe).total)(outputs)) slope.dispose();
      });
    }
    for (const output of outputs) output.dispose();
  });

  it('makes boxes that the targets can be compared with: the same as the decoder gives', async () => {
    for (const head of [v2, v3, v5]) {
      const levels = anchorLevels(head, input);
      for (const [i, level] of levels.entries()) {
        const output = tensor4d(someNumbers(sizeOf(shapeOf(level, 1))), shapeOf(level, 1));
        const boxes = gridBoxes(output, level);
        const [data, found] = await Promise.all([output.data<'float32'>(), boxes.data<'float32'>()]);
        const name = ['a', 'b'][i]!;
        const raws: RawOutput[] = levels.map((other, k) => (k === i ? { name, shape: output.shape, data } : { name: ['a', 'b'][k]!, shape: shapeOf(other, 1), data: new Float32Array(sizeOf(shapeOf(other, 1))).fill(-1e4) }));
        // A v3 place may speak for several classes, always with the same box.
        const labels = head.family === 'v3' ? head.classes : 1;
        const rows = rowsOf(decodeHead(head, raws, 1e-12, input)).filter((_, k) => k % labels === 0);
        expect(rows).toHaveLength(found.length / 4);
        const stride = input.width / level.columns;
        for (const [k, { box }] of rows.entries()) {
          const [cx, cy, w, h] = [...found.subarray(k * 4, k * 4 + 4)].map((side) => side * stride) as [number, number, number, number];
          for (const [side, px] of [cx - w / 2, cy - h / 2, cx + w / 2, cy + h / 2].entries()) expect(px).toBeCloseTo(box[side]!, 3);
        }
        output.dispose();
        boxes.dispose();
      }
    }
  });

  it.each(cases)('teaches: numbers that start at random end as the truths, each said once or by its neighbours too: $name', async ({ head, recipe, encode }) => {
    const levels = anchorLevels(head, input);
    const targets = images.map((truths) => encode(levels, truths));
    const outputs = levels.map((level) => variable(tensor4d(someNumbers(sizeOf(shapeOf(level, 2))), shapeOf(level, 2)))) as (Variable & Tensor4D)[];
    const adam = train.adam(0.3);
    for (let step = 0; step < 80; step++) {
      adam.minimize(() => anchorLoss(outputs, levels, targets, { ...recipe, smoothing: 0 }).total, false, outputs);
    }
    adam.dispose();
    const data = await Promise.all(outputs.map((output) => output.data<'float32'>()));
    for (const [n, truths] of images.entries()) {
      const raws = levels.map((level, i): RawOutput => {
        const length = sizeOf(shapeOf(level, 1));
        return { name: ['a', 'b'][i]!, shape: shapeOf(level, 1), data: data[i]!.slice(n * length, (n + 1) * length) };
      });
      const found = rowsOf(decodeHead(head, raws, 0.5, input));
      for (const { box, classId } of truths) {
        const wanted = boxInPx(box, input);
        const near = found.filter((row) => row.classId === classId && row.box.every((side, k) => Math.abs(side - wanted[k]!) < 1.5));
        expect(near.length, `class ${classId}`).toBeGreaterThan(0);
      }
      expect(found.every((row) => truths.some(({ classId }) => classId === row.classId))).toBe(true);
    }
    for (const output of outputs) output.dispose();
  });
});
