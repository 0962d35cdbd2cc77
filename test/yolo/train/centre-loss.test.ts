import type { Tensor, Tensor4D } from '@tensorflow/tfjs-core';
import { grads, tensor4d, tidy } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { seededRandom } from '../../../src/base/index.ts';
import type { CentreLevel } from '../../../src/yolo/index.ts';
import { encodeCentre } from '../../../src/yolo/index.ts';
import type { CentreLoss } from '../../../src/yolo/tf.ts';
import { centreLoss, centreRecipe } from '../../../src/yolo/tf.ts';
import { expectNoLeak } from '../../support/expect-no-leak.ts';
import { expectGradient, valueOf } from './check-gradient.ts';
import { truthAt } from './made-truths.ts';
import { useTraining } from './use-training.ts';

const level: CentreLevel = { rows: 6, columns: 8, classes: 2, stridePx: 4 };
const cells = level.rows * level.columns;
const encode = (...truths: Parameters<typeof encodeCentre>[1]) => encodeCentre(level, truths, { minIou: 0.3 });
const targets = [encode(truthAt(0.3, 0.4, 0.5, 0.6, 0), truthAt(0.7, 0.8, 0.3, 0.2, 1)), encode(truthAt(0.6, 0.5, 0.8, 0.7, 1))];
const heatShape: [number, number, number, number] = [2, 6, 8, 2];
const sidesShape: [number, number, number, number] = [2, 6, 8, 4];
const random = seededRandom(5);
const logits = Array.from({ length: 2 * cells * 2 }, () => random() * 4 - 2);
/** Far enough from every true side that its absolute error has no kink nearby. */
const sides = Array.from({ length: 2 * cells * 4 }, () => 20 + random() * 10);

/** Equation 1 of the paper in plain numbers. */
function plainHeat(x: readonly number[]): number {
  const heat = targets.flatMap((image) => [...image.heat]);
  const sum = x.reduce((all, logit, i) => {
    const p = 1 / (1 + Math.exp(-logit));
    return all - (heat[i] === 1 ? (1 - p) ** 2 * Math.log(p) : (1 - heat[i]!) ** 4 * p ** 2 * Math.log(1 - p));
  }, 0);
  return sum / 3;
}

function plainSizes(x: readonly number[]): number {
  let sum = 0;
  for (const [n, image] of targets.entries()) {
    for (const [i, cell] of image.cells.entries()) {
      for (let side = 0; side < 4; side++) sum += Math.abs(x[(n * cells + cell) * 4 + side]! - image.sidesPx[i * 4 + side]!);
    }
  }
  return sum / 3;
}

describe.each(['cpu', 'wasm'] as const)('centreLoss on %s', (backend) => {
  beforeAll(() => useTraining(backend), 60_000);

  const lossOf = (part: keyof CentreLoss, heatLogits: Tensor, sidesPx: Tensor) => tidy(() => centreLoss({ heatLogits: heatLogits as Tensor4D, sidesPx: sidesPx as Tensor4D }, level, targets, centreRecipe)[part]);
  const heatLoss = (x: Tensor) => tidy(() => lossOf('heat', x, tensor4d(sides, sidesShape)));
  const sizeLoss = (x: Tensor) => tidy(() => lossOf('sizes', tensor4d(logits, heatShape), x));

  it('is equation 1 on the heat, and so is its gradient', async () => {
    await expectGradient(heatLoss, plainHeat, logits, heatShape);
  });

  it('is the absolute error on the sizes, taught in the cells that tell one only', async () => {
    await expectGradient(sizeLoss, plainSizes, sides, sidesShape);
  });

  it('weighs sizes as the recipe says', async () => {
    const total = await valueOf((x) => tidy(() => lossOf('total', x, tensor4d(sides, sidesShape))), logits, heatShape);
    expect(total).toBeCloseTo(plainHeat(logits) + 0.1 * plainSizes(sides), 3);
  });

  it('is 0 for a network that says the targets, and falls on the way there', async () => {
    const sure = targets.flatMap((image) => [...image.heat].map((value) => (value === 1 ? 25 : -25)));
    const at = await Promise.all([0, 0.25, 0.5, 0.75, 1].map((t) => valueOf(heatLoss, logits.map((x, i) => x + t * (sure[i]! - x)), heatShape)));
    for (let i = 1; i < at.length; i++) expect(at[i]!).toBeLessThan(at[i - 1]!);
    expect(at.at(-1)).toBeCloseTo(0, 6);
    const true_ = new Array<number>(2 * cells * 4).fill(0);
    for (const [n, image] of targets.entries()) for (const [i, cell] of image.cells.entries()) true_.splice((n * cells + cell) * 4, 4, ...image.sidesPx.subarray(i * 4, i * 4 + 4));
    expect(await valueOf(sizeLoss, true_, sidesShape)).toBeCloseTo(0, 5);
  });

  it('punishes a false peak less the nearer it is to a centre', async () => {
    const one = [encodeCentre(level, [truthAt(0.32, 0.58, 0.9, 1.1, 0)], { minIou: 0.05 })];
    const [centre] = one[0]!.cells;
    const at = (distance: number): Promise<number> => {
      const quiet = new Array<number>(cells * 2).fill(-20);
      quiet[centre! * 2] = 20;
      quiet[(centre! + distance) * 2] = 3;
      return valueOf((x) => tidy(() => centreLoss({ heatLogits: x as Tensor4D, sidesPx: tensor4d(new Float32Array(cells * 4), [1, 6, 8, 4]) }, level, one, centreRecipe).heat), quiet, [1, 6, 8, 2]);
    };
    expect(await at(1)).toBeLessThan(await at(2));
    expect(await at(2)).toBeLessThan(await at(3));
  });

  it('teaches an image without objects that there is nothing', async () => {
    const loss = (x: Tensor) => tidy(() => centreLoss({ heatLogits: x as Tensor4D, sidesPx: tensor4d(new Float32Array(cells * 4), [1, 6, 8, 4]) }, level, [encode()], centreRecipe).total);
    const loud = await valueOf(loss, new Array<number>(cells * 2).fill(1), [1, 6, 8, 2]);
    expect(loud).toBeGreaterThan(await valueOf(loss, new Array<number>(cells * 2).fill(-1), [1, 6, 8, 2]));
    expect(await valueOf(loss, new Array<number>(cells * 2).fill(-25), [1, 6, 8, 2])).toBeCloseTo(0, 6);
  });

  it('refuses outputs that do not belong to the targets, and leaves no tensor behind', async () => {
    const heatLogits = tensor4d(logits, heatShape);
    const sidesPx = tensor4d(sides, sidesShape);
    await expectNoLeak(() => {
      expect(() => centreLoss({ heatLogits, sidesPx }, level, targets.slice(1), centreRecipe)).toThrow(RangeError);
      expect(() => centreLoss({ heatLogits: sidesPx, sidesPx }, level, targets, centreRecipe)).toThrow(RangeError);
      expect(() => centreLoss({ heatLogits, sidesPx: heatLogits }, level, targets, centreRecipe)).toThrow(RangeError);
    });
    await expectNoLeak(() => {
      for (const part of Object.values(centreLoss({ heatLogits, sidesPx }, level, targets, centreRecipe)) as Tensor[]) part.dispose();
    });
    await expectNoLeak(() => {
      for (const slope of grads((a, b) => lossOf('total', a, b))([heatLogits, sidesPx])) slope.dispose();
    });
    heatLogits.dispose();
    sidesPx.dispose();
  });
});
