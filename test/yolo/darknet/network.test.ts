import type { Tensor4D } from '@tensorflow/tfjs-core';
import { tensor4d } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { DarknetPlan } from '../../../src/yolo/darknet/plan.ts';
import { readDarknetPlan } from '../../../src/yolo/darknet/read-darknet-plan.ts';
import { DarknetNetwork } from '../../../src/yolo/tensor/darknet/darknet-network.ts';
import { applyPlainOp } from '../../../src/yolo/tensor/darknet/plain-ops.ts';
import { expectNoLeak } from '../../support/expect-no-leak.ts';
import { useBackend } from '../../support/node-backend.ts';
import { rowsOf } from '../candidate-rows.ts';
import type { MadeDarknet, MadeLayer, MadeOptions } from './made-darknet.ts';
import { makeDarknet, madePicture } from './made-darknet.ts';

/** A head on whatever comes before it: one anchor, one class, six channels. */
const head: readonly MadeLayer[] = [
  { kind: 'convolutional', filters: 6, activation: 'linear' },
  { kind: 'yolo', anchors: [4, 5], num: 1, classes: 1 },
];
const first: MadeLayer = { kind: 'convolutional', filters: 8, size: 3, pad: 1, batch_normalize: 1, activation: 'leaky' };

interface Case {
  readonly name: string;
  readonly layers: readonly MadeLayer[];
  readonly options?: MadeOptions;
}

const activations = ['linear', 'leaky', 'relu', 'relu6', 'mish', 'swish', 'logistic'];

const cases: readonly Case[] = [
  ...activations.map((activation): Case => ({ name: `a convolution with ${activation}`, layers: [{ ...first, activation }, ...head] })),
  ...activations.map(
    (activation): Case => ({
      name: `a depthwise convolution with ${activation}`,
      layers: [first, { kind: 'convolutional', filters: 8, groups: 8, size: 3, pad: 1, batch_normalize: 1, activation }, ...head],
    }),
  ),
  { name: 'a convolution without batch norm, with darknet\'s own defaults', layers: [{ kind: 'convolutional', filters: 5 }, ...head] },
  { name: 'a convolution with a stride and an odd side', layers: [{ ...first, stride: 2 }, ...head], options: { width: 10, height: 6 } },
  { name: 'a kernel of 5 with a padding of 1', layers: [{ ...first, size: 5, pad: 0, padding: 1, stride: 3 }, ...head], options: { width: 9, height: 9 } },
  { name: 'an even kernel with pad', layers: [{ ...first, size: 2, stride: 2, pad: 0 }, ...head] },
  { name: 'two groups', layers: [first, { kind: 'convolutional', filters: 6, groups: 2, size: 3, pad: 1, activation: 'leaky' }, ...head] },
  { name: 'four groups with mish', layers: [first, { kind: 'convolutional', filters: 4, groups: 4, size: 1, batch_normalize: 1, activation: 'mish' }, ...head] },
  { name: 'depthwise with two filters a channel', layers: [first, { kind: 'convolutional', filters: 16, groups: 8, size: 3, stride: 2, pad: 1, activation: 'relu6' }, ...head] },
  { name: 'maxpool 2 by 2', layers: [first, { kind: 'maxpool', size: 2, stride: 2 }, ...head] },
  { name: 'maxpool 2 without stride, which reaches over the edge', layers: [first, { kind: 'maxpool', size: 2, stride: 1 }, ...head] },
  { name: 'maxpool 3 with stride 2', layers: [first, { kind: 'maxpool', size: 3, stride: 2 }, ...head] },
  { name: 'maxpool 5 of a pyramid', layers: [first, { kind: 'maxpool', size: 5, stride: 1 }, ...head] },
  { name: 'maxpool without padding', layers: [first, { kind: 'maxpool', size: 2, stride: 2, padding: 0 }, ...head] },
  { name: 'maxpool of the size of its stride', layers: [first, { kind: 'maxpool', stride: 2 }, ...head] },
  { name: 'maxpool on values below zero', layers: [{ ...first, activation: 'linear' }, { kind: 'maxpool', size: 3, stride: 1 }, ...head], options: { seed: 9 } },
  { name: 'avgpool', layers: [first, { kind: 'avgpool' }, ...head] },
  { name: 'upsample 2', layers: [{ ...first, stride: 2 }, { kind: 'upsample' }, ...head] },
  { name: 'upsample 3', layers: [{ ...first, stride: 3 }, { kind: 'upsample', stride: 3 }, ...head], options: { width: 9, height: 9 } },
  { name: 'upsample 1', layers: [first, { kind: 'upsample', stride: 1 }, ...head] },
  { name: 'a route to one layer', layers: [first, { ...first, filters: 4 }, { kind: 'route', layers: [0] }, ...head] },
  { name: 'a route that joins', layers: [first, { ...first, filters: 4 }, { kind: 'route', layers: [-1, 0] }, ...head] },
  { name: 'a route to half of a layer', layers: [first, { kind: 'route', layers: [-1], groups: 2, group_id: 1 }, ...head] },
  { name: 'a route to parts of two layers', layers: [first, { ...first, filters: 4 }, { kind: 'route', layers: [-1, -2], groups: 4, group_id: 2 }, ...head] },
  { name: 'a shortcut', layers: [first, { ...first, size: 1 }, { kind: 'shortcut', from: [-2] }, ...head] },
  { name: 'a shortcut from two layers with an activation', layers: [first, first, first, { kind: 'shortcut', from: [-2, 0], activation: 'leaky' }, ...head] },
  { name: 'reorg', layers: [first, { kind: 'reorg', stride: 2 }, ...head], options: { width: 12, height: 8 } },
  { name: 'reorg by 3, beside a coarser map', layers: [{ ...first, filters: 9 }, { kind: 'reorg', stride: 3 }, { kind: 'route', layers: [0] }, { ...first, stride: 3 }, { kind: 'route', layers: [-1, 1] }, ...head], options: { width: 9, height: 9 } },
  { name: 'reorg 1, which does nothing', layers: [first, { kind: 'reorg', stride: 1 }, ...head] },
  { name: 'dropout, which does nothing', layers: [first, { kind: 'dropout', probability: 0.5 }, ...head] },
  { name: 'a head whose grid is read further', layers: [first, ...head, { kind: 'route', layers: [1] }, { ...first, stride: 2 }, ...head] },
  {
    name: 'the old header with 32 bits of pictures seen',
    layers: [first, ...head],
    options: { version: [0, 1] },
  },
];

function planOf(made: MadeDarknet): DarknetPlan {
  const plan = readDarknetPlan(made.cfg);
  if (!plan.ok) throw new Error(plan.failure.detail);
  return plan.value;
}

function build(made: MadeDarknet): DarknetNetwork {
  const network = DarknetNetwork.build(planOf(made), made.weights);
  if (!network.ok) throw new Error(network.failure.detail);
  return network.value;
}

/** Relative to values above 1. */
async function largestDifference(made: MadeDarknet, height: number, width: number): Promise<number> {
  const network = build(made);
  const picture = madePicture(height, width);
  const outputs = await network.readOutputs(tensor4d(picture, [1, height, width, 3]));
  network.dispose();
  const expected = made.run(picture, height, width);
  expect(outputs.map(({ shape }) => shape)).toEqual(expected.map((map) => [1, map.height, map.width, map.channels]));
  let largest = 0;
  for (const [i, { channels, height: rows, width: columns, data }] of expected.entries()) {
    const area = rows * columns;
    for (let c = 0; c < channels; c++) {
      for (let p = 0; p < area; p++) {
        const value = data[c * area + p]!;
        largest = Math.max(largest, Math.abs(value - outputs[i]!.data[p * channels + c]!) / Math.max(1, Math.abs(value)));
      }
    }
  }
  return largest;
}

describe.each(['cpu', 'wasm'] as const)('a darknet network on %s computes what plain loops compute', (backend) => {
  beforeAll(async () => {
    await useBackend(backend);
  });

  it.each(cases)('$name', async ({ layers, options = {} }) => {
    const made = makeDarknet(layers, options);
    const difference = await expectNoLeak(() => largestDifference(made, options.height ?? 8, options.width ?? 8));
    expect(difference).toBeLessThan(2e-5);
  });

  it('at sizes that the file does not name', async () => {
    const made = makeDarknet([{ ...first, stride: 2 }, { kind: 'maxpool', size: 2, stride: 2 }, { kind: 'upsample' }, { kind: 'route', layers: [-1, 0] }, ...head]);
    expect(planOf(made).multiplePx).toBe(2);
    for (const [height, width] of [[8, 8], [4, 16], [24, 12]] as const) expect(await largestDifference(made, height, width)).toBeLessThan(2e-5);
  });

  it('and gives back what it held when a run throws', async () => {
    const network = build(makeDarknet([first, ...head]));
    await expectNoLeak(async () => {
      await expect(network.predict(tensor4d(new Float32Array(8 * 8 * 4), [1, 8, 8, 4]))).rejects.toThrow();
    });
    network.dispose();
  });

  it('and gives back the layers built so far when the last holds NaN', async () => {
    const made = makeDarknet([first, ...head]);
    new DataView(made.weights.buffer).setFloat32(made.weights.byteLength - 4, NaN, true);
    const built = await expectNoLeak(() => DarknetNetwork.build(planOf(made), made.weights));
    expect(built).toMatchObject({ ok: false, failure: { code: 'weights-not-finite' } });
  });

  it('and reads the file as it is, from anywhere in a larger buffer', async () => {
    const made = makeDarknet([first, ...head]);
    const larger = new Uint8Array(made.weights.byteLength + 10);
    larger.set(made.weights, 3);
    const inside: MadeDarknet = { ...made, weights: larger.subarray(3, 3 + made.weights.byteLength) };
    expect(await largestDifference(inside, 8, 8)).toBeLessThan(2e-5);
  });
});

it('cuts a map for [reorg] in the order that was written down by hand', async () => {
  await useBackend('cpu');
  // 2x2 cells of 4 channels, numbered as darknet keeps them: channel by channel.
  const map = tensor4d(Float32Array.from({ length: 16 }, (_, i) => (i % 4) * 4 + Math.floor(i / 4)), [1, 2, 2, 4]);
  const cut = applyPlainOp({ kind: 'reorg', stride: 2 }, [map]);
  expect(cut.shape).toEqual([1, 1, 1, 16]);
  expect([...(await cut.data())]).toEqual([0, 2, 8, 10, 1, 3, 9, 11, 4, 6, 12, 14, 5, 7, 13, 15]);
  for (const each of [map, cut]) each.dispose();
});

describe('the boxes of a darknet network', () => {
  beforeAll(async () => {
    await useBackend('cpu');
  });

  it('come from its [yolo] layers with their own anchors', async () => {
    const yolo = (mask: readonly number[]): MadeLayer => ({ kind: 'yolo', mask, anchors: [4, 5, 6, 7, 20, 30], num: 3, classes: 2, scale_x_y: 1.1 });
    const grid: MadeLayer = { kind: 'convolutional', filters: 7, activation: 'linear' };
    const made = makeDarknet([{ ...first, stride: 2 }, { ...first, stride: 2 }, grid, yolo([2]), { kind: 'route', layers: [0] }, { ...grid, filters: 14 }, yolo([0, 1])], { width: 16, height: 16 });
    const plan = planOf(made);
    expect(plan.head).toEqual({
      family: 'v3',
      layout: 'hwc',
      classes: 2,
      scales: [
        { output: 'layer-3', stride: 4, anchors: [[20, 30]], scaleXY: 1.1 },
        { output: 'layer-6', stride: 2, anchors: [[4, 5], [6, 7]], scaleXY: 1.1 },
      ],
    });
    const network = build(made);
    const picture = madePicture(16, 16);
    const grids = await network.predict(tensor4d(picture, [1, 16, 16, 3]));
    network.dispose();
    expect(grids.digest.finite).toBe(true);
    const boxes = grids.decode(0);
    expect(boxes.count).toBe((4 * 4 + 8 * 8 * 2) * 2);
    // The first anchor of the first cell, by hand. Ref: arXiv:1804.02767, section 2.1.
    const [coarse] = made.run(picture, 16, 16);
    const [tx, ty, tw, th, objectness, ...logits] = Array.from({ length: 7 }, (_, c) => coarse!.data[c * 16]!);
    const logistic = (t: number): number => 1 / (1 + Math.exp(-t));
    const centre = (t: number): number => (logistic(t) * 1.1 - 0.05) * 4;
    const [width, height] = [20 * Math.exp(tw!), 30 * Math.exp(th!)];
    const expected = [centre(tx!) - width / 2, centre(ty!) - height / 2, centre(tx!) + width / 2, centre(ty!) + height / 2];
    for (const [side, value] of expected.entries()) expect(boxes.boxes[side]).toBeCloseTo(value, 3);
    for (const [classId, logit] of logits.entries()) expect(boxes.scores[classId]).toBeCloseTo(logistic(objectness!) * logistic(logit), 5);
  });

  it('come from a [yolo] with new_coords in the form of YOLOv5, a label for every class', async () => {
    const grid: MadeLayer = { kind: 'convolutional', filters: 7, activation: 'logistic' };
    const made = makeDarknet([{ ...first, stride: 2 }, grid, { kind: 'yolo', anchors: [4, 5], num: 1, classes: 2, scale_x_y: 2, new_coords: 1 }]);
    expect(planOf(made).head).toEqual({ family: 'v5', form: 'grid', layout: 'hwc', logistic: 'applied', classes: 2, labels: 'every', scales: [{ output: 'layer-2', stride: 2, anchors: [[4, 5]] }] });
    const network = build(made);
    const picture = madePicture(8, 8);
    const boxes = (await network.predict(tensor4d(picture, [1, 8, 8, 3]))).decode(0);
    network.dispose();
    expect(boxes.count).toBe(4 * 4 * 2);
    // Cell (1, 0), by hand. Ref: arXiv:2011.08036 and github.com/AlexeyAB/darknet, `src/yolo_layer.c`, `get_yolo_box`.
    const [map] = made.run(picture, 8, 8);
    const [x, y, w, h, objectness, ...shares] = Array.from({ length: 7 }, (_, c) => map!.data[c * 16 + 4]!) as [number, number, number, number, number, number, number];
    const [cx, cy, width, height] = [(2 * x - 0.5) * 2, (2 * y - 0.5 + 1) * 2, 4 * (2 * w) ** 2, 5 * (2 * h) ** 2];
    for (const [side, value] of [cx - width / 2, cy - height / 2, cx + width / 2, cy + height / 2].entries()) expect(boxes.boxes[8 * 4 + side]).toBeCloseTo(value, 3);
    for (const [classId, share] of shares.entries()) expect(boxes.scores[8 + classId]).toBeCloseTo(objectness * share, 5);
  });

  it('come from a [region] with its anchors in cells', async () => {
    const made = makeDarknet([{ ...first, stride: 2 }, { kind: 'convolutional', filters: 16, activation: 'linear' }, { kind: 'region', anchors: [1, 2, 3.5, 4], num: 2, classes: 3, softmax: 1 }]);
    expect(planOf(made).head).toEqual({ family: 'v2', stride: 2, outputLayer: 'layer-2', anchors: [[1, 2], [3.5, 4]] });
    const network = build(made);
    const grids = await network.predict(tensor4d(madePicture(8, 8), [1, 8, 8, 3]));
    network.dispose();
    expect(grids.decode(0).count).toBe(4 * 4 * 2);
  });

  it('are the same when the lowest score is told before the run', async () => {
    await useBackend('wasm');
    const made = makeDarknet([first, ...head]);
    const network = build(made);
    const picture = madePicture(8, 8);
    const input = (): Tensor4D => tensor4d(picture, [1, 8, 8, 3]);
    const [late, early] = await expectNoLeak(async () => [await network.predict(input()), await network.predict(input(), 0.25)] as const);
    network.dispose();
    expect(early.decode(0.25).count).toBeGreaterThan(0);
    expect(rowsOf(early.decode(0.25))).toEqual(rowsOf(late.decode(0.25)));
  });
});
