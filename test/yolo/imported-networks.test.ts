import { tensor4d } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { importedSource } from '../../src/runtime/index.ts';
import { openPlainNetwork } from '../../src/runtime/tf.ts';
import type { Corrections, HeadSpec, ModelReport } from '../../src/yolo/index.ts';
import { examineModel, probeOutputs } from '../../src/yolo/tf.ts';
import { GraphNetwork } from '../../src/yolo/tensor/graph-network.ts';
import type { GridNetwork } from '../../src/yolo/tensor/grid-network.ts';
import { openRunner } from '../../src/yolo/tensor/open-runner.ts';
import { RuntimeNetwork } from '../../src/yolo/tensor/runtime-network.ts';
import { expectNoLeak } from '../support/expect-no-leak.ts';
import type { LayerJson } from '../support/made-layers.ts';
import { gridJson, inputJson, madeLayersFiles, madeLayersGrid } from '../support/made-layers.ts';
import { madeOnnx } from '../support/made-onnx.ts';
import { madeGraph, madeTfjsFiles } from '../support/made-tfjs.ts';
import { madeTfliteGrid } from '../support/made-tflite.ts';
import { useBackend } from '../support/node-backend.ts';
import { readNodeRuntime } from '../support/node-runtimes.ts';

/** Fields x, y, w, h, objectness and one class: a box of exp(ln 2) cells in the middle of its cell, sure of its class. */
const bias = [0.5, 0.5, Math.LN2, Math.LN2, 0, 1];
/** Objectness is the third colour of the upper left pixel of the cell: it shows that layout and order are right. */
const objectnessAt = 4;
const blue = 2;

function headOf(layout: 'chw' | 'hwc'): HeadSpec {
  return { family: 'yolox', places: { kind: 'grids', layout, scales: [{ output: 'grid', stride: 8 }] }, logistic: 'applied', classes: 1 };
}

/** A blue pixel at the upper left of the cell in row 1, column 2. */
function picture(): Float32Array {
  const pixels = new Float32Array(32 * 32 * 3);
  pixels[(8 * 32 + 16) * 3 + blue] = 0.75;
  return pixels;
}

async function examined(files: Parameters<typeof examineModel>[0], corrections: Corrections): Promise<ModelReport> {
  const report = await examineModel(files, probeOutputs, corrections);
  if (!report.ok) throw new Error(report.failure.detail);
  return report.value;
}

/** The one box that the picture holds: 16 pixels wide about (20, 12), which is the middle of the cell. */
async function expectTheBox(network: GridNetwork): Promise<void> {
  const grids = await expectNoLeak(() => network.predict(tensor4d(picture(), [1, 32, 32, 3]), 0.5));
  expect(grids.digest.finite).toBe(true);
  const { count, boxes, scores } = grids.decode(0.5);
  expect(count).toBe(1);
  expect([...boxes.subarray(0, 4)].map(Math.round)).toEqual([12, 4, 28, 20]);
  expect(scores[0]).toBeCloseTo(0.75, 5);
}

beforeAll(async () => {
  await useBackend('cpu');
});

describe('one network, in four files', () => {
  it('finds the box as ONNX, in planes', async () => {
    const weights = new Float32Array(6 * 3 * 64);
    weights[(objectnessAt * 3 + blue) * 64] = 1;
    const bytes = madeOnnx({ input: [1, 3, 32, 32], output: [1, 6, 4, 4], bias, weights });
    const { model } = await examined([{ name: 'made.onnx', bytes }], { head: headOf('chw') });
    const network = await openPlainNetwork('onnx', model.files[0]!.bytes, readNodeRuntime);
    if (!network.ok) throw new Error(network.failure.detail);
    const running = new RuntimeNetwork(network.value, headOf('chw'), model.card.input.layout);
    await expectTheBox(running);
    running.dispose();
  });

  it('finds the box as .tflite, in pixels', async () => {
    const weights = new Float32Array(6 * 8 * 8 * 3);
    weights[objectnessAt * 64 * 3 + blue] = 1;
    const { model } = await examined([{ name: 'made.tflite', bytes: madeTfliteGrid(32, weights, bias) }], { head: headOf('hwc') });
    const network = await openPlainNetwork('tflite', model.files[0]!.bytes, readNodeRuntime);
    if (!network.ok) throw new Error(network.failure.detail);
    const running = new RuntimeNetwork(network.value, headOf('hwc'), model.card.input.layout);
    await expectTheBox(running);
    running.dispose();
  });

  const weights = new Float32Array(8 * 8 * 3 * 6);
  weights[blue * 6 + objectnessAt] = 1;

  it('finds the box as a TensorFlow.js graph, in pixels, and leaves no tensor behind', async () => {
    await expectNoLeak(async () => {
      const { model } = await examined(madeTfjsFiles(weights, bias), { head: headOf('hwc') });
      const runner = await openRunner(importedSource(model), 'tfjs-graph');
      if (!runner.ok) throw new Error(runner.failure.detail);
      const running = new GraphNetwork(runner.value, headOf('hwc'));
      await expectTheBox(running);
      running.dispose();
    });
  });

  it('finds the box as TensorFlow.js layers, in pixels, and leaves no tensor behind', async () => {
    await expectNoLeak(async () => {
      const { model, outputs } = await examined(madeLayersGrid(weights, bias), { head: headOf('hwc') });
      expect([model.card.format, outputs]).toEqual(['tfjs-layers', [{ name: 'grid', shape: [1, 4, 4, 6] }]]);
      const runner = await openRunner(importedSource(model), 'tfjs-layers');
      if (!runner.ok) throw new Error(runner.failure.detail);
      const running = new GraphNetwork(runner.value, headOf('hwc'));
      await expectTheBox(running);
      running.dispose();
    });
  });

  it('finds a box whose sides and classes come in outputs of their own', async () => {
    const conv = (name: string, filters: number): LayerJson => ({ ...gridJson({ name, filters }), name });
    const kernel = new Float32Array(8 * 8 * 3 * 2);
    kernel[blue * 2 + 1] = 1;
    const files = madeLayersFiles(
      [inputJson, conv('sides', 4), conv('shares', 2)],
      [
        { name: 'sides/kernel', shape: [8, 8, 3, 4], values: new Float32Array(8 * 8 * 3 * 4) },
        { name: 'sides/bias', shape: [4], values: [1, 1, 1, 1] },
        { name: 'shares/kernel', shape: [8, 8, 3, 2], values: kernel },
        { name: 'shares/bias', shape: [2], values: [0, 0] },
      ],
      ['sides', 'shares'],
    );
    const head: HeadSpec = {
      ...{ family: 'v8', form: 'grid', places: { kind: 'grids', layout: 'hwc', scales: [{ output: 'sides', stride: 8 }] }, scoresOutputs: ['shares'] },
      ...{ order: 'boxes-first', bins: 1, pointInCell: 0.5, logistic: 'applied', classes: 2 },
    };
    await expectNoLeak(async () => {
      const { model } = await examined(files, { head });
      const runner = await openRunner(importedSource(model), 'tfjs-layers');
      if (!runner.ok) throw new Error(runner.failure.detail);
      const running = new GraphNetwork(runner.value, head);
      await expectTheBox(running);
      running.dispose();
    });
  });

  it('learns the shapes that a graph does not state by running it, and leaves no tensor behind', async () => {
    const { outputs } = await expectNoLeak(() => examined(madeTfjsFiles(weights, bias, madeGraph({ signature: {} })), { head: headOf('hwc') }));
    expect(outputs).toEqual([{ name: 'grid', shape: [1, 4, 4, 6] }]);
  });
});
