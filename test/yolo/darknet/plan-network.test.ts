import { describe, expect, it } from 'vitest';
import type { DarknetPlan } from '../../../src/yolo/darknet/plan.ts';
import { readDarknetPlan } from '../../../src/yolo/darknet/read-darknet-plan.ts';
import type { MadeLayer } from './made-darknet.ts';
import { makeDarknet } from './made-darknet.ts';

const conv = (filters: number, more: Partial<Extract<MadeLayer, { kind: 'convolutional' }>> = {}): MadeLayer => ({ kind: 'convolutional', filters, activation: 'linear', ...more });
const yolo: MadeLayer = { kind: 'yolo', anchors: [4, 5], num: 1, classes: 1 };

function planOf(layers: readonly MadeLayer[], side = 8): DarknetPlan {
  const plan = readDarknetPlan(makeDarknet(layers, { width: side, height: side }).cfg);
  if (!plan.ok) throw new Error(plan.failure.detail);
  return plan.value;
}

describe('the plan of a network', () => {
  it('counts weights, multiply-adds and the numbers alive at once', () => {
    const plan = planOf([conv(4, { size: 3, pad: 1, batch_normalize: 1 }), conv(6), yolo]);
    expect(plan.weightCount).toBe(4 * 4 + 4 * 3 * 9 + 6 + 6 * 4);
    expect(plan.multiplyAdds).toBe(64 * 4 * 3 * 9 + 64 * 6 * 4);
    expect(plan.peakActivations).toBe(64 * (3 + 4 + 6));
  });

  it('lets a value go after its last reader, and never the grid of a head', () => {
    const plan = planOf([conv(4), conv(4), { kind: 'shortcut', from: [-2] }, conv(6), yolo, { kind: 'route', layers: [3] }, conv(6), yolo]);
    expect(plan.steps.map(({ output, releases }) => [output, releases])).toEqual([
      [1, []],
      [2, []],
      [3, [1, 2]],
      [4, [3]],
      [5, []],
    ]);
    expect(plan.heads.map(({ value }) => value)).toEqual([4, 5]);
  });

  it('lets a value that nobody reads go at once', () => {
    const plan = planOf([conv(4), conv(4), { kind: 'route', layers: [0] }, conv(6), yolo]);
    expect(plan.steps.map(({ releases }) => releases)).toEqual([[], [2], [1]]);
  });

  it('computes nothing for layers that only rename', () => {
    const plan = planOf([conv(6), { kind: 'dropout', probability: 0.5 }, { kind: 'route', layers: [-1] }, { kind: 'maxpool', size: 1 }, yolo]);
    expect(plan.steps).toHaveLength(1);
    expect(plan.heads).toMatchObject([{ value: 1, layer: 4 }]);
  });

  it('counts a reference from the layer that makes it, or from the first', () => {
    const plan = planOf([conv(4), conv(5), { kind: 'route', layers: [0, -1] }, conv(6), yolo]);
    expect(plan.steps[2]).toMatchObject({ inputs: [1, 2], shape: { channels: 9 } });
  });

  it('takes the mask of a [yolo], or its first anchors when it has none', () => {
    const anchors = [1, 2, 3, 4, 5, 6];
    expect(planOf([conv(12), { ...yolo, anchors, num: 3, mask: [2, 0] }]).heads[0]?.anchors).toEqual([[5, 6], [1, 2]]);
    expect(planOf([conv(12), { ...yolo, anchors, num: 2 }]).heads[0]?.anchors).toEqual([[1, 2], [3, 4]]);
  });
});

const refusals: readonly (readonly [name: string, layers: readonly MadeLayer[], code: string, detail: RegExp])[] = [
  ['no head', [conv(6)], 'layer-mismatch', /no \[yolo\]/],
  ['a head with other channels', [conv(7), yolo], 'layer-mismatch', /need 6 channels, the layer before gives 7/],
  ['a reference to a layer that comes later', [conv(6), { kind: 'route', layers: [5] }, yolo], 'layer-mismatch', /5 names no layer/],
  ['a reference to itself', [conv(6), { kind: 'route', layers: [1] }, yolo], 'layer-mismatch', /1 names no layer/],
  ['a reference before the first layer', [conv(6), { kind: 'shortcut', from: [-2] }, yolo], 'layer-mismatch', /-2 names no layer/],
  ['a reference to a head', [conv(6), yolo, { kind: 'route', layers: [1] }, yolo], 'layer-mismatch', /gives a map/],
  ['a layer right after a head', [conv(6), yolo, conv(6), yolo], 'layer-unsupported', /reads the boxes/],
  ['a route that joins two sizes', [conv(6), conv(6, { stride: 2 }), { kind: 'route', layers: [0, 1] }, yolo], 'layer-mismatch', /8x8 and 4x4/],
  ['a shortcut between two depths', [conv(4), conv(6), { kind: 'shortcut', from: [0] }, yolo], 'layer-mismatch', /8x8x6 and 8x8x4/],
  ['groups that do not divide', [conv(6, { groups: 2 }), yolo], 'layer-mismatch', /2 groups do not divide 3/],
  ['a route to a group that is not there', [conv(6), { kind: 'route', layers: [0], groups: 2, group_id: 2 }, yolo], 'option-invalid', /group_id=2/],
  ['a route that splits unevenly', [conv(5), { kind: 'route', layers: [0], groups: 2 }, yolo], 'layer-mismatch', /2 groups do not divide 5/],
  ['a kernel larger than the map', [conv(6, { size: 9 }), yolo], 'layer-mismatch', /9 does not fit on 8x8/],
  ['a pool of nothing but padding', [conv(6), { kind: 'maxpool', size: 2, stride: 2, padding: 2 }, yolo], 'option-unsupported', /padding of 2/],
  ['a grid that does not divide the input', [conv(6, { size: 2 }), yolo], 'layer-mismatch', /7x7 does not divide/],
  ['a mask beyond the anchors', [conv(6), { ...yolo, mask: [1] }], 'option-invalid', /mask 1/],
  ['a [region] beside a [yolo]', [conv(6), yolo, { kind: 'route', layers: [0] }, { kind: 'region', anchors: [1, 1], num: 1, classes: 1, softmax: 1 }], 'layer-mismatch', /beside/],
  ['heads with different classes', [conv(7), { ...yolo, classes: 2 }, { kind: 'route', layers: [0] }, conv(6), yolo], 'layer-mismatch', /1 classes beside/],
];

describe('layers that do not fit together are refused', () => {
  it.each(refusals)('%s', (_, layers, code, detail) => {
    const plan = readDarknetPlan(makeDarknet(layers).cfg);
    expect(plan).toMatchObject({ ok: false, failure: { code } });
    expect(plan.ok ? '' : plan.failure.detail).toMatch(detail);
  });

  const large: readonly (readonly [name: string, text: string])[] = [
    ['too many weights', '[convolutional]\nfilters=16384\n[convolutional]\nfilters=16384\nsize=31\npad=1\n'],
    ['too much work', '[convolutional]\nfilters=512\nsize=31\npad=1\n[convolutional]\nfilters=512\nsize=3\npad=1\n'.repeat(3)],
    ['too large a map', '[convolutional]\nfilters=16384\n'],
    ['a map that grows and grows', '[upsample]\nstride=32\n'.repeat(200)],
  ];

  it.each(large)('%s', (_, text) => {
    const plan = readDarknetPlan(new TextEncoder().encode(`[net]\nwidth=512\nheight=512\n${text}`));
    expect(plan).toMatchObject({ ok: false, failure: { code: 'network-too-large' } });
    expect(plan.ok ? '' : plan.failure.detail).toMatch(/^line \d+ \[/);
  });
});
