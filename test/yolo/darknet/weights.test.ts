import { describe, expect, it } from 'vitest';
import type { DarknetPlan } from '../../../src/yolo/darknet/plan.ts';
import { readConvWeights } from '../../../src/yolo/darknet/read-conv-weights.ts';
import { readDarknetPlan } from '../../../src/yolo/darknet/read-darknet-plan.ts';
import { layOutWeights } from '../../../src/yolo/darknet/weights-layout.ts';
import type { MadeLayer } from './made-darknet.ts';
import { makeDarknet } from './made-darknet.ts';

const layers: readonly MadeLayer[] = [
  { kind: 'convolutional', filters: 4, size: 3, pad: 1, batch_normalize: 1, activation: 'leaky' },
  { kind: 'maxpool', size: 2, stride: 2 },
  { kind: 'convolutional', filters: 6, activation: 'linear' },
  { kind: 'yolo', anchors: [4, 5], num: 1, classes: 1 },
];
const made = makeDarknet(layers);
const firstBytes = (4 * 4 + 4 * 3 * 9) * 4;
const lastBytes = (6 + 6 * 4) * 4;

function plan(): DarknetPlan {
  const read = readDarknetPlan(made.cfg);
  if (!read.ok) throw new Error(read.failure.detail);
  return read.value;
}

describe('the bytes of a .weights', () => {
  it('are all accounted for', () => {
    expect(made.weights.byteLength).toBe(20 + firstBytes + lastBytes);
    const layout = layOutWeights(plan(), made.weights);
    expect(layout.ok && layout.value.map(({ step, offsetBytes }) => [step.layer, offsetBytes])).toEqual([
      [0, 20],
      [2, 20 + firstBytes],
    ]);
  });

  it('begin after a shorter header in old files', () => {
    const layout = layOutWeights(plan(), makeDarknet(layers, { version: [0, 1] }).weights);
    expect(layout.ok && layout.value[0]?.offsetBytes).toBe(16);
  });

  it.each([1, 4, lastBytes])('are refused when %i are missing, with the layer and where it begins', (missing) => {
    const cut = made.weights.subarray(0, made.weights.byteLength - missing);
    expect(layOutWeights(plan(), cut)).toMatchObject({
      ok: false,
      failure: {
        code: 'weights-short',
        detail: `layer 2 (line 18 of the .cfg) begins at byte ${20 + firstBytes} and takes ${lastBytes} bytes; the file ends after ${cut.byteLength}`,
      },
    });
  });

  it.each([1, 4, 400])('are refused when %i are left over, with their number', (more) => {
    const long = new Uint8Array(made.weights.byteLength + more);
    long.set(made.weights);
    expect(layOutWeights(plan(), long)).toMatchObject({ ok: false, failure: { code: 'weights-left-over', detail: expect.stringContaining(`${more} bytes after the last layer`) as string } });
  });

  it('are refused when there is no whole header', () => {
    for (const length of [0, 1, 15]) expect(layOutWeights(plan(), made.weights.subarray(0, length))).toMatchObject({ failure: { code: 'weights-short' } });
    expect(layOutWeights(plan(), made.weights.subarray(0, 19))).toMatchObject({ failure: { code: 'weights-short' } });
  });

  it.each([-1, 1000, 0x4b50])('are refused when the version is %i', (major) => {
    const other = made.weights.slice();
    new DataView(other.buffer).setInt32(0, major, true);
    expect(layOutWeights(plan(), other)).toMatchObject({ failure: { code: 'weights-header' } });
  });
});

describe('the weights of a convolution', () => {
  const batchNorm = (variance: number): Uint8Array => {
    const bytes = made.weights.slice();
    const view = new DataView(bytes.buffer);
    const [bias, scale, mean, filter] = [0.25, 3, 2, 0.5];
    for (let i = 0; i < 4; i++) {
      for (const [row, value] of [bias, scale, mean, variance].entries()) view.setFloat32(20 + (row * 4 + i) * 4, value, true);
    }
    for (let i = 0; i < 4 * 27; i++) view.setFloat32(20 + (16 + i) * 4, filter, true);
    return bytes;
  };
  const read = (bytes: Uint8Array): ReturnType<typeof readConvWeights> => {
    const layout = layOutWeights(plan(), bytes);
    if (!layout.ok) throw new Error(layout.failure.detail);
    return readConvWeights(layout.value[0]!, bytes);
  };

  it('have their batch norm folded in', () => {
    const folded = read(batchNorm(4 - 0.00001));
    expect(folded.ok && folded.value.bias[1]).toBeCloseTo(0.25 - (3 * 2) / 2, 6);
    expect(folded.ok && folded.value.filters[50]).toBeCloseTo((0.5 * 3) / 2, 6);
  });

  it('keep the epsilon of darknet under the root', () => {
    const folded = read(batchNorm(0));
    expect(folded.ok && folded.value.filters[0]).toBeCloseTo((0.5 * 3) / Math.sqrt(0.00001), 3);
  });

  it.each([-1, NaN, Infinity])('are refused when a variance is %d and what comes of it is no number', (variance) => {
    const folded = read(batchNorm(variance));
    // An infinite variance silences the channel, which is a number.
    if (variance === Infinity) expect(folded.ok).toBe(true);
    else expect(folded).toMatchObject({ ok: false, failure: { code: 'weights-not-finite', detail: expect.stringMatching(/^layer 0 \(line 7 of the \.cfg\)/) as string } });
  });

  it('lie with the filter as the last dimension', () => {
    const folded = layOutWeights(plan(), made.weights);
    const last = folded.ok ? readConvWeights(folded.value[1]!, made.weights) : folded;
    const view = new DataView(made.weights.buffer);
    const at = (filter: number, channel: number): number => view.getFloat32(20 + firstBytes + (6 + filter * 4 + channel) * 4, true);
    expect(last.ok && 'filters' in last.value && last.value.filters[2 * 6 + 5]).toBe(at(5, 2));
  });
});
