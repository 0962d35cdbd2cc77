import { memory } from '@tensorflow/tfjs-core';
import { strToU8 } from 'fflate';
import { describe, expect, it } from 'vitest';
import { err } from '../../../src/base/index.ts';
import type { NamedBytes } from '../../../src/runtime/index.ts';
import { examineModel, probeOutputs } from '../../../src/yolo/tf.ts';
import type { LayerJson } from '../../support/made-layers.ts';
import { gridJson, inputJson, madeLayersFiles, zipped } from '../../support/made-layers.ts';
import { madeOnnx } from '../../support/made-onnx.ts';
import { madeTfjsFiles } from '../../support/made-tfjs.ts';
import { madeTflite } from '../../support/made-tflite.ts';
import { mutated, mutatedJson, seededNumbers } from '../../support/mutate.ts';
import { useBackend } from '../../support/node-backend.ts';
import type { Cost } from '../../support/watch-cost.ts';
import { watchCost } from '../../support/watch-cost.ts';

const damagesEach = 10_000;
const longestMs = 5000;
const mostBytes = 512 * 2 ** 20;
const weights = new Float32Array(6 * 3 * 8 * 8).map((_, i) => (i % 17) / 17);
const bias = [0, 1, 2, 3, 4, 5];
const metadata: NamedBytes = { name: 'made/metadata.yaml', bytes: new Uint8Array(strToU8('names:\n  0: dart\n  1: "board"\nstride: 32\nimgsz: [32, 32]\n')) };
const graph = [...madeTfjsFiles(weights, bias), metadata];

const after = (name: string, class_name: string, config: Readonly<Record<string, unknown>>, ...given: readonly string[]): LayerJson => ({
  ...{ class_name, name, config: { name, ...config } },
  inbound_nodes: [given.map((each) => [each, 0, 0, {}])],
});
const layers = madeLayersFiles(
  [
    ...[inputJson, gridJson(), after('norm', 'BatchNormalization', { axis: [3], epsilon: 0.001 }, 'grid'), after('leak', 'LeakyReLU', { alpha: 0.1 }, 'norm')],
    ...[after('up', 'UpSampling2D', { size: [2, 2] }, 'leak'), after('pool', 'MaxPooling2D', { pool_size: [2, 2] }, 'up'), after('sum', 'Add', {}, 'pool', 'grid')],
    after('flat', 'Reshape', { target_shape: [16, 6] }, 'sum'),
  ],
  [
    { name: 'grid/kernel', shape: [8, 8, 3, 6], values: weights },
    { name: 'grid/bias', shape: [6], values: bias },
    ...['gamma', 'beta', 'moving_mean', 'moving_variance'].map((name) => ({ name: `norm/${name}`, shape: [6], values: [1, 1, 1, 1, 1, 1] })),
  ],
);

const formats: Readonly<Record<string, readonly NamedBytes[]>> = {
  onnx: [{ name: 'a.onnx', bytes: madeOnnx({ input: [1, 3, 32, 32], output: [1, 6, 4, 4], bias, weights: weights.slice(0, 1152), metadata: { names: "{0: 'dart'}", imgsz: '[32, 32]' } }) }],
  tflite: [{ name: 'a.tflite', bytes: madeTflite({ shape: [1, 32, 32, 3] }) }],
  'TensorFlow.js graph': graph,
  'TensorFlow.js layers': layers,
  zip: [zipped(graph, 'a.zip')],
};

/** Half of the damage to JSON is to what it says, which seldom survives damage to its letters. */
function damaged(file: NamedBytes, next: (below: number) => number): NamedBytes {
  const isJson = file.name.endsWith('.json');
  return { ...file, bytes: isJson && next(2) === 0 ? mutatedJson(file.bytes, next) : mutated(file.bytes, next) };
}

function expectCheap({ slowestMs, grownBytes, requests }: Cost): void {
  expect(slowestMs).toBeLessThan(longestMs);
  expect(grownBytes).toBeLessThan(mostBytes);
  expect(requests).toBe(0);
}

/** What a file needs in memory and time is in its bytes; a run of the network is not a part of this. */
describe.each(Object.entries(formats))('%s files, damaged', (_, files) => {
  it(`${damagesEach} times, are read or refused with a code, each in time, within the memory, asking nobody`, async () => {
    const next = seededNumbers(20_240_611);
    const codes = new Map<string, number>();
    const watch = watchCost();
    for (let i = 0; i < damagesEach; i++) {
      const victim = next(files.length);
      const given = files.map((file, at) => (at === victim ? damaged(file, next) : file));
      const examined = await watch.timed(() => examineModel(given, () => Promise.resolve(err('head-unknown', 'not run'))));
      const code = examined.ok ? 'read' : examined.failure.code;
      codes.set(code, (codes.get(code) ?? 0) + 1);
    }
    expectCheap(watch.end());
    // A harness that damages nothing, or whose original is refused already, proves nothing.
    expect(codes.size).toBeGreaterThan(1);
  }, 300_000);
});

describe.each([['graph', graph], ['layers', layers]] as const)('TensorFlow.js %s that are still read after damage', (_, files) => {
  it('are built and run, or refused with a code, and leave no tensor', async () => {
    await useBackend('wasm');
    const next = seededNumbers(7);
    const codes = new Map<string, number>();
    const tensors = memory().numTensors;
    const watch = watchCost();
    let ran = 0;
    for (let i = 0; i < 5000 && ran < 400; i++) {
      const given = files.map((file) => (file.name.endsWith('.json') ? { ...file, bytes: mutatedJson(file.bytes, next) } : file));
      const examined = await watch.timed(() =>
        examineModel(given, (model, size) => {
          ran++;
          return probeOutputs(model, size.width * size.height > 2 ** 16 ? { width: 32, height: 32 } : size);
        }),
      );
      const code = examined.ok ? 'read' : examined.failure.code;
      codes.set(code, (codes.get(code) ?? 0) + 1);
    }
    expectCheap(watch.end());
    expect(memory().numTensors).toBe(tensors);
    expect(codes.get('graph-invalid')).toBeGreaterThan(0);
    if (files === layers) expect(ran).toBe(400);
  }, 300_000);
});
