import type { Scalar, Tensor, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import { grad, mul, ones, sum, tensor1d, tensor2d } from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { ciou, diou, giou, iou, toXyxy } from '../../../src/geometry/index.ts';
import type { BinaryOptions, BoxLossKind } from '../../../src/yolo/tf.ts';
import { binaryCrossEntropy, boxIou, boxLoss, classCrossEntropy, gatherRows } from '../../../src/yolo/tf.ts';
import { expectNoLeak } from '../../support/expect-no-leak.ts';
import { expectGradient, valueAndGradient, valueOf } from './check-gradient.ts';
import { useTraining } from './use-training.ts';

const logistic = (x: number): number => 1 / (1 + Math.exp(-x));
const total = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);

describe.each(['cpu', 'wasm'] as const)('losses on %s', (backend) => {
  beforeAll(() => useTraining(backend), 60_000);

  describe('binaryCrossEntropy', () => {
    const logits = [-3.2, -0.7, 0, 0.4, 1.1, 2.9];
    const labels = [0, 1, 1, 0, 0.3, 1];
    const ofLabels = (options?: BinaryOptions) => (x: Tensor): Scalar => sum(binaryCrossEntropy(x, tensor1d(labels), options));
    const focal = { gamma: 2, alpha: 0.25 };

    it.each<[string, BinaryOptions, (z: number, p: number) => number]>([
      ['plain', {}, (z, p) => -z * Math.log(p) - (1 - z) * Math.log(1 - p)],
      ['smoothed', { smoothing: 0.1 }, (z, p) => -(0.9 * z + 0.05) * Math.log(p) - (0.95 - 0.9 * z) * Math.log(1 - p)],
      ['focal', { focal }, (z, p) => -z * 0.25 * (1 - p) ** 2 * Math.log(p) - (1 - z) * 0.75 * p ** 2 * Math.log(1 - p)],
    ])('is the formula, and so is its gradient: %s', async (_, options, formula) => {
      await expectGradient(ofLabels(options), (x) => total(x.map((logit, i) => formula(labels[i]!, logistic(logit)))), logits, [6]);
    });

    it('has the gradient p - z at logit 0 too, where the usual form with max and abs has a kink', async () => {
      const { value, gradient } = await valueAndGradient((x) => sum(binaryCrossEntropy(x, 1)), [0, 0], [2]);
      expect(value).toBeCloseTo(2 * Math.LN2, 6);
      expect(gradient).toEqual([expect.closeTo(-0.5, 6), expect.closeTo(-0.5, 6)]);
    });

    it('stays finite for any logit, with a gradient that still teaches where it is wrong', async () => {
      for (const options of [{}, { focal }]) {
        const wrong = await valueAndGradient((x) => sum(binaryCrossEntropy(x, 1, options)), [-200, -1000], [2]);
        expect(wrong.value).toBeCloseTo(1200 * (options.focal ? 0.25 : 1), 2);
        for (const slope of wrong.gradient) expect(slope).toBeCloseTo(options.focal ? -0.25 : -1, 4);
        const right = await valueAndGradient((x) => sum(binaryCrossEntropy(x, 1, options)), [200, 1000], [2]);
        expect(right).toEqual({ value: 0, gradient: [expect.closeTo(0, 12), expect.closeTo(0, 12)] });
      }
    });

    it('falls as the logit goes towards its label, and is lowest at the smoothed label', async () => {
      for (const options of [{}, { focal }]) {
        const at = await Promise.all([-2, -1, 0, 1, 2].map((x) => valueOf((t) => sum(binaryCrossEntropy(t, 1, options)), [x], [1])));
        expect(at).toEqual([...at].sort((a, b) => b - a));
      }
      const best = Math.log(0.95 / 0.05);
      const near = await Promise.all([best - 0.5, best, best + 0.5].map((x) => valueOf((t) => sum(binaryCrossEntropy(t, 1, { smoothing: 0.1 })), [x], [1])));
      expect(Math.min(...near)).toBe(near[1]);
    });

    it('makes a learnt case count less than a missed one when it is focal, worked by hand', async () => {
      // At p = 0.9 the factor is alpha * 0.01, at p = 0.1 it is alpha * 0.81.
      const at = (p: number): Promise<number> => valueOf((t) => sum(binaryCrossEntropy(t, 1, { focal })), [Math.log(p / (1 - p))], [1]);
      expect(await at(0.9)).toBeCloseTo(-0.25 * 0.01 * Math.log(0.9), 6);
      expect(await at(0.1)).toBeCloseTo(-0.25 * 0.81 * Math.log(0.1), 5);
    });
  });

  describe('classCrossEntropy', () => {
    const logits = [0.3, -1.2, 2, 0.1, 1.5, -0.4];
    const ids = Int32Array.of(2, 0);
    const plain = (smoothing: number) => (x: readonly number[]): number =>
      total([...ids].map((id, row) => {
        const e = x.slice(row * 3, row * 3 + 3).map(Math.exp);
        const q = (i: number): number => (i === id ? 1 - smoothing : 0) + smoothing / 3;
        return -total(e.map((value, i) => q(i) * Math.log(value / total(e))));
      }));

    it.each([0, 0.15])('is the formula, and so is its gradient, smoothed by %f', async (smoothing) => {
      await expectGradient((x) => sum(classCrossEntropy(x as Tensor2D, ids, smoothing)), plain(smoothing), logits, [2, 3]);
    });

    it('is 0 for a sure and true answer, and never overflows', async () => {
      const at = (x: readonly number[]): Promise<number> => valueOf((t) => sum(classCrossEntropy(t as Tensor2D, Int32Array.of(1), 0)), x, [1, 3]);
      expect(await at([0, 1000, 0])).toBe(0);
      expect(await at([1000, 0, 0])).toBe(1000);
      expect(await at([0, 0, 0])).toBeCloseTo(Math.log(3), 6);
    });

    it('refuses an id that is not a class', async () => {
      const logitsOfTwo = tensor2d([0, 0], [1, 2]);
      for (const id of [-1, 2]) await expectNoLeak(() => expect(() => classCrossEntropy(logitsOfTwo, Int32Array.of(id))).toThrow(RangeError));
      logitsOfTwo.dispose();
    });
  });

  describe('boxLoss', () => {
    type Row = readonly [number, number, number, number];
    /** Overlapping, apart, one inside the other, tall against wide, and a corner that touches nothing. */
    const predicted: readonly Row[] = [[1.5, 1.2, 2, 1], [4, 4, 1, 1.5], [2, 2, 0.8, 0.6], [1, 1.1, 0.5, 3], [6, 0.3, 1.1, 0.9]];
    const truths: readonly Row[] = [[1.9, 1.5, 1.4, 1.8], [1, 2, 1, 1], [2.1, 1.9, 2, 2.2], [1.2, 1, 2.5, 0.7], [3, 3, 2, 2]];
    const truthTensor = (): Tensor2D => tensor2d(truths.flat(), [5, 4]);
    const corners = ([cx, cy, w, h]: Row) => toXyxy({ cx, cy, w, h });
    const rowsOf = (x: readonly number[]): Row[] => Array.from({ length: x.length / 4 }, (_, i) => x.slice(i * 4, i * 4 + 4) as unknown as Row);
    const aspect = ([, , w, h]: Row, [, , tw, th]: Row): number => (4 / Math.PI ** 2) * (Math.atan(tw / th) - Math.atan(w / h)) ** 2;
    /** The trade-off of the aspect term at the boxes above: a constant of the gradient. */
    const tradeOffs = predicted.map((a, i) => aspect(a, truths[i]!) / (1 - iou(corners(a), corners(truths[i]!)) + aspect(a, truths[i]!)));

    const formulas: Record<BoxLossKind, (a: Row, b: Row, i: number) => number> = {
      squared: (a, b) => (a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2 + Math.log(a[2] / b[2]) ** 2 + Math.log(a[3] / b[3]) ** 2,
      iou: (a, b) => 1 - iou(corners(a), corners(b)),
      giou: (a, b) => 1 - giou(corners(a), corners(b)),
      diou: (a, b) => 1 - diou(corners(a), corners(b)),
      ciou: (a, b, i) => 1 - diou(corners(a), corners(b)) + tradeOffs[i]! * aspect(a, b),
    };
    const kinds = Object.keys(formulas) as BoxLossKind[];

    it.each(kinds)('is 1 - what geometry says of the boxes, and its gradient follows: %s', async (kind) => {
      const plain = (x: readonly number[]): number => total(rowsOf(x).map((row, i) => formulas[kind](row, truths[i]!, i)));
      await expectGradient((x) => sum(boxLoss(kind, x as Tensor2D, truthTensor())), plain, predicted.flat(), [5, 4]);
    });

    it('agrees with the whole of geometry\'s complete IoU', async () => {
      const loss = await valueOf((x) => sum(boxLoss('ciou', x as Tensor2D, truthTensor())), predicted.flat(), [5, 4]);
      expect(loss).toBeCloseTo(total(predicted.map((a, i) => 1 - ciou(corners(a), corners(truths[i]!)))), 4);
    });

    it.each(kinds)('is 0 for the same boxes, with finite gradients, and above 0 for any others: %s', async (kind) => {
      const { value, gradient } = await valueAndGradient((x) => sum(boxLoss(kind, x as Tensor2D, truthTensor())), truths.flat(), [5, 4]);
      expect(value).toBeCloseTo(0, 5);
      for (const slope of gradient) expect(Number.isFinite(slope)).toBe(true);
      for (const [i, row] of predicted.entries()) {
        expect(await valueOf((x) => sum(boxLoss(kind, x as Tensor2D, tensor2d([...truths[i]!], [1, 4]))), row, [1, 4])).toBeGreaterThan(0.01);
      }
    });

    it.each(['squared', 'giou', 'diou', 'ciou'] as const)('falls all the way as a box comes nearer, also before they touch: %s', async (kind) => {
      const at = await Promise.all([8, 6, 4, 2, 1, 0.5, 0].map((far) => valueOf((x) => sum(boxLoss(kind, x as Tensor2D, tensor2d([0, 0, 1, 1], [1, 4]))), [far, far / 2, 1, 1], [1, 4])));
      for (let i = 1; i < at.length; i++) expect(at[i]!).toBeLessThan(at[i - 1]!);
    });

    it('gives the same IoU as geometry for any boxes', async () => {
      const number = fc.double({ min: -5, max: 5, noNaN: true });
      const side = fc.double({ min: 0.1, max: 5, noNaN: true });
      await fc.assert(
        fc.asyncProperty(fc.array(fc.tuple(number, number, side, side, number, number, side, side), { minLength: 1, maxLength: 20 }), async (pairs) => {
          const [a, b] = [tensor2d(pairs.map((pair) => pair.slice(0, 4))), tensor2d(pairs.map((pair) => pair.slice(4)))];
          const found = boxIou(a, b);
          const ious = await found.data<'float32'>();
          for (const one of [a, b, found]) one.dispose();
          for (const [i, pair] of pairs.entries()) expect(ious[i]).toBeCloseTo(iou(corners(pair.slice(0, 4) as unknown as Row), corners(pair.slice(4) as unknown as Row)), 4);
        }),
        { numRuns: 50 },
      );
    });
  });

  describe('gatherRows', () => {
    it('takes rows and sends their gradient back, added up where a row was taken twice', async () => {
      const matrix = tensor2d([1, 2, 3, 4, 5, 6], [3, 2]);
      const weights = tensor2d([1, 10, 100, 1000, 1e4, 1e5], [3, 2]);
      const rows = gatherRows(matrix, Int32Array.of(2, 0, 2));
      expect([...(await rows.data<'float32'>())]).toEqual([5, 6, 1, 2, 5, 6]);
      const slope = grad((x) => sum(mul(gatherRows(x as Tensor2D, Int32Array.of(2, 0, 2)), weights)))(matrix);
      expect([...(await slope.data<'float32'>())]).toEqual([100, 1000, 0, 0, 10001, 100010]);
      for (const one of [matrix, weights, rows, slope]) one.dispose();
    });
  });

  it('leaves no tensor behind, with and without gradients', async () => {
    const boxes: Tensor2D = ones([3, 4]);
    const losses: ((x: Tensor2D) => Tensor1D | Tensor2D)[] = [
      (x) => binaryCrossEntropy(x, 1, { smoothing: 0.1, focal: { gamma: 2, alpha: 0.25 } }),
      (x) => classCrossEntropy(x, Int32Array.of(0, 1, 3)),
      (x) => boxLoss('squared', x, boxes),
      (x) => boxLoss('ciou', x, boxes),
      (x) => gatherRows(x, Int32Array.of(1)),
    ];
    for (const loss of losses) {
      await expectNoLeak(() => loss(boxes).dispose());
      await expectNoLeak(() => grad((x) => sum(loss(x as Tensor2D)))(boxes).dispose());
    }
    boxes.dispose();
  });
});
