import type { Scalar, Tensor, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import { memory, reshape, slice, tensor1d, tensor2d, tidy } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { LabelledDescriptor } from '../../src/faces/index.ts';
import { compareBy, lowerGainBound, pairAuc, personFolds, semiHardTriplets } from '../../src/faces/index.ts';
import { chooseComparer, learnLogistic, learnProjection, pairLoss, tripletLoss } from '../../src/faces/tf.ts';
import { seededRandom } from '../../src/base/index.ts';
import { expectGradient } from '../yolo/train/check-gradient.ts';
import { useTraining } from '../yolo/train/use-training.ts';
import { normalNumbers, ruleOf } from './made-faces.ts';

const length = 8;

/** People told apart by the first numbers only; `loud` numbers after them tell nothing. */
function shotsOf(people: number, perPerson: number, loud: number, seed = 1): readonly LabelledDescriptor[] {
  const normal = normalNumbers(seed);
  return Array.from({ length: people }, (_, person) => {
    const middle = Array.from({ length }, (_unused, i) => (i < 4 ? normal() : 0));
    return Array.from({ length: perPerson }, () => ({ personId: `p${person}`, values: Float32Array.from(middle, (value, i) => value + (i < 4 ? 0.35 : loud) * normal()) }));
  }).flat();
}

describe('mining', () => {
  const at = [0, 1, 1.2, 1.6, 5];
  const square = (a: number, b: number): number => ((at[a] ?? 0) - (at[b] ?? 0)) ** 2;

  it('takes the nearest stranger beyond the positive and within the margin', () => {
    expect(semiHardTriplets(['a', 'a', 'b', 'c', 'd'], square, 1)[0]).toEqual({ anchor: 0, positive: 1, negative: 2 });
  });

  it('leaves out what is learnt already, and takes the farthest of strangers that are all too near', () => {
    expect(semiHardTriplets(['a', 'a', 'd'], (a, b) => (a + b === 1 ? 1 : 100), 0.5)).toEqual([]);
    expect(semiHardTriplets(['a', 'b', 'b', 'b', 'a'], square, 0.1)[0]).toEqual({ anchor: 0, positive: 4, negative: 3 });
    expect(semiHardTriplets(['a', 'b', 'c'], square, 1)).toEqual([]);
  });
});

describe('what is learnt is judged', () => {
  it('by the area under the curve', () => {
    expect(pairAuc([1, 2], [3, 4])).toBe(1);
    expect(pairAuc([3, 4], [1, 2])).toBe(0);
    expect(pairAuc([1, 3], [2, 4])).toBe(0.75);
    expect(pairAuc([1, 1], [1, 1])).toBe(0.5);
    expect(pairAuc([], [1])).toBeNaN();
  });

  it('by a gain that is sure', () => {
    // mean 0.1, deviation 0.0158, t 2.132, sqrt(1/5 + 1/4) = 0.6708
    expect(lowerGainBound([0.08, 0.09, 0.1, 0.11, 0.12])).toBeCloseTo(0.1 - 2.132 * 0.015811 * 0.67082, 5);
    expect(lowerGainBound([-0.1, 0.2, 0, 0.1, -0.05])).toBeLessThan(0);
    expect([lowerGainBound([1]), lowerGainBound([1, NaN])]).toEqual([-Infinity, -Infinity]);
  });

  it('on people who are in one part only', () => {
    const shots = shotsOf(13, 3, 1);
    const parts = personFolds(shots, 5, seededRandom(4));
    expect(parts.flat()).toHaveLength(shots.length);
    const homes = parts.map((part) => new Set(part.map(({ personId }) => personId)));
    expect(homes.reduce((sum, home) => sum + home.size, 0)).toBe(13);
  });
});

describe('learning on frozen descriptors', () => {
  beforeAll(() => useTraining('cpu'));

  it('has the triplet loss and its gradient', async () => {
    const normal = normalNumbers(8);
    // Two triplets that cost something and one that does not: the ways to the own shots, then those to the others.
    const x = Array.from({ length: 18 }, (_, i) => normal() + (i >= 15 ? 4 : 0));
    const square = (list: readonly number[], row: number): number => [0, 1, 2].reduce((sum, i) => sum + (list[3 * row + i] ?? 0) ** 2, 0);
    await expectGradient(
      (at: Tensor): Scalar => tripletLoss(slice(reshape(at, [6, 3]), [0, 0], [3, 3]) as Tensor2D, slice(reshape(at, [6, 3]), [3, 0], [3, 3]) as Tensor2D, 0.7),
      (list) => [0, 1, 2].reduce((sum, row) => sum + Math.max(0, square(list, row) - square(list, row + 3) + 0.7), 0) / 3,
      x,
      [6, 3],
    );
    const none = tidy(() => tripletLoss(tensor2d([], [0, 2]), tensor2d([], [0, 2]), 1));
    expect([...(await none.data())]).toEqual([0]);
    none.dispose();
  });

  it('has the logistic of the absolute difference and its gradient', async () => {
    const normal = normalNumbers(3);
    const rows = Array.from({ length: 6 }, () => [Math.abs(normal()), Math.abs(normal())]);
    const labels = [0, 1, 1, 0, 1, 0];
    const [differences, isOther] = [tensor2d(rows), tensor1d(labels)];
    await expectGradient(
      (at: Tensor): Scalar => pairLoss(at as Tensor1D, differences, isOther),
      (w) => rows.reduce((sum, row, i) => {
        const logit = (row[0] ?? 0) * (w[0] ?? 0) + (row[1] ?? 0) * (w[1] ?? 0) + (w[2] ?? 0);
        const p = 1 / (1 + Math.exp(-logit));
        return sum - Math.log(labels[i] === 1 ? p : 1 - p) / 6;
      }, 0),
      [0.7, -0.4, 0.2],
      [3],
    );
    differences.dispose();
    isOther.dispose();
  });

  it('wins where loud numbers tell nothing, and leaves no tensor', async () => {
    const shots = shotsOf(20, 3, 1.2);
    const before = memory().numTensors;
    const first = await chooseComparer(shots, ruleOf(length), 5);
    expect(memory().numTensors).toBe(before);
    if (!first.ok) throw new Error(first.failure.detail);
    const { comparer, scores } = first.value;
    expect(comparer.kind).not.toBe('plain');
    for (const score of scores.slice(1)) expect(score.auc).toBeGreaterThan((scores[0]?.auc ?? 1) + 0.02);
    // On people who nobody has seen.
    const others = shotsOf(40, 2, 1.2, 99);
    const aucOf = (by: typeof comparer): number => {
      const far = (a: number, b: number): number => compareBy(by, others[a]?.values ?? new Float32Array(0), others[b]?.values ?? new Float32Array(0));
      return pairAuc(Array.from({ length: 40 }, (_, i) => far(2 * i, 2 * i + 1)), Array.from({ length: 39 }, (_, i) => far(2 * i, 2 * i + 2)));
    };
    expect(aucOf(comparer)).toBeGreaterThan(aucOf({ kind: 'plain' }));
  });

  it('stays with the plain distance where that is as good', async () => {
    const normal = normalNumbers(6);
    const shots = Array.from({ length: 15 }, (_, person) => {
      const middle = Array.from({ length }, () => normal());
      return Array.from({ length: 3 }, () => ({ personId: `p${person}`, values: Float32Array.from(middle, (value) => value + 0.5 * normal()) }));
    }).flat();
    const choice = await chooseComparer(shots, ruleOf(length), 1);
    expect(choice.ok && choice.value.comparer).toEqual({ kind: 'plain' });
  });

  it('learns the same for the same seed', async () => {
    const shots = shotsOf(12, 3, 1);
    for (const learn of [learnProjection, learnLogistic]) {
      const recipe = { steps: 5, rate: 0.05, batch: 16, decay: 0.01 };
      const first = await learn(shots, seededRandom(3), recipe);
      expect(await learn(shots, seededRandom(3), recipe)).toEqual(first);
      expect(await learn(shots, seededRandom(4), recipe)).not.toEqual(first);
    }
  });

  it('starts as the plain distance', async () => {
    const shots = shotsOf(4, 2, 1);
    const [a, b] = [shots[0]?.values ?? new Float32Array(0), shots[5]?.values ?? new Float32Array(0)];
    const start = await learnProjection(shots, seededRandom(1), { steps: 0, rate: 0.1, batch: 8, decay: 0 });
    expect(compareBy(start, a, b)).toBeCloseTo(compareBy({ kind: 'plain' }, a, b), 6);
    expect(compareBy(start, a, b.subarray(1))).toBeNaN();
    expect(compareBy({ kind: 'logistic', weights: new Float32Array(3), bias: 0 }, a, b)).toBeNaN();
  });

  it('fails on few people and broken numbers', async () => {
    const codeOf = async (shots: readonly LabelledDescriptor[]): Promise<string> => {
      const choice = await chooseComparer(shots, ruleOf(length), 1);
      return choice.ok ? 'ok' : choice.failure.code;
    };
    expect(await codeOf([])).toBe('too-few-people');
    expect(await codeOf(shotsOf(20, 1, 1))).toBe('too-few-people');
    expect(await codeOf([...shotsOf(20, 2, 1), { personId: 'x', values: new Float32Array(length).fill(NaN) }])).toBe('not-finite');
    expect(await codeOf([...shotsOf(20, 2, 1), { personId: 'x', values: new Float32Array(3).fill(1) }])).toBe('wrong-length');
  });
});
