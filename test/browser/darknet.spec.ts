import { expect, test } from '@playwright/test';
import type * as runtimeTensors from '../../src/runtime/tf.ts';
import type * as yoloRoom from '../../src/yolo/index.ts';
import type * as yoloTensors from '../../src/yolo/tf.ts';
import type * as tensorLibrary from '@tensorflow/tfjs-core';
import type { MadeLayer } from '../yolo/darknet/made-darknet.ts';
import { makeDarknet, madePicture } from '../yolo/darknet/made-darknet.ts';

declare global {
  /** In the page of this test. */
  var darknetBench: {
    readonly library: typeof tensorLibrary;
    readonly tensors: typeof runtimeTensors;
    readonly yolo: typeof yoloRoom;
    readonly yoloTensors: typeof yoloTensors;
  };
}

const activations = ['leaky', 'relu', 'relu6', 'mish', 'swish', 'logistic', 'linear'];
const head = (filters: number, mask: readonly number[]): MadeLayer[] => [
  { kind: 'convolutional', filters, activation: 'linear' },
  { kind: 'yolo', mask, anchors: [4, 5, 6, 7, 20, 30], num: 3, classes: 2, scale_x_y: 1.05 },
];

/** Every kind of layer, and every activation alone and after a depthwise convolution. */
const layers: readonly MadeLayer[] = [
  { kind: 'convolutional', filters: 8, size: 3, pad: 1, stride: 2, batch_normalize: 1, activation: 'leaky' },
  ...activations.flatMap((activation): MadeLayer[] => [
    { kind: 'convolutional', filters: 8, size: 1, batch_normalize: 1, activation },
    { kind: 'convolutional', filters: 8, groups: 8, size: 3, pad: 1, batch_normalize: 1, activation },
    { kind: 'shortcut', from: [-3], activation: 'linear' },
  ]),
  { kind: 'convolutional', filters: 8, groups: 2, size: 3, pad: 1, activation: 'mish' },
  { kind: 'dropout', probability: 0.5 },
  { kind: 'maxpool', size: 2, stride: 2 },
  { kind: 'maxpool', size: 5, stride: 1 },
  { kind: 'maxpool', size: 2, stride: 1 },
  ...head(14, [1, 2]),
  { kind: 'route', layers: [-3] },
  { kind: 'upsample', stride: 2 },
  { kind: 'route', layers: [-1, 0], groups: 2, group_id: 1 },
  ...head(7, [0]),
  { kind: 'route', layers: [0] },
  { kind: 'avgpool' },
  ...head(7, [2]),
];

for (const backend of ['webgl', 'wasm'] as const) {
  test(`a darknet network with every kind of layer computes on ${backend} what plain loops compute`, async ({ page }) => {
    const side = 32;
    const made = makeDarknet(layers, { width: side, height: side });
    const picture = madePicture(side, side);
    await page.route('**/blank.html', (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>blank</title>' }));
    await page.goto('/blank.html');
    await page.addScriptTag({
      type: 'module',
      content: `
        import * as library from '/@id/@tensorflow/tfjs-core';
        import * as tensors from '/src/runtime/tf.ts';
        import * as runtime from '/src/runtime/index.ts';
        import * as yolo from '/src/yolo/index.ts';
        import * as yoloTensors from '/src/yolo/tf.ts';
        const wasmPaths = Object.fromEntries(runtime.shippedWasm.map((file) => [file.name, file.url]));
        const started = await tensors.startBackend('${backend}', { wasmPaths, threads: 1, allowSoftwareWebgl: true });
        if (!started.ok) throw new Error(started.failure.detail);
        globalThis.darknetBench = { library, tensors, yolo, yoloTensors };
      `,
    });
    await page.waitForFunction(() => 'darknetBench' in globalThis);
    const seen = await page.evaluate(
      async ({ cfg, weights, input, side }) => {
        const { library, tensors, yolo, yoloTensors } = darknetBench;
        const plan = yolo.readDarknetPlan(Uint8Array.from(cfg));
        if (!plan.ok) throw new Error(plan.failure.detail);
        const before = tensors.tensorCounts().tensors;
        const network = yoloTensors.DarknetNetwork.build(plan.value, Uint8Array.from(weights));
        if (!network.ok) throw new Error(network.failure.detail);
        const outputs = await network.value.readOutputs(library.tensor4d(input, [1, side, side, 3]));
        network.value.dispose();
        return { outputs: outputs.map(({ shape, data }) => ({ shape, data: [...data] })), leaked: tensors.tensorCounts().tensors - before };
      },
      { cfg: [...made.cfg], weights: [...made.weights], input: [...picture], side },
    );
    const expected = made.run(picture, side, side);
    expect(seen.leaked).toBe(0);
    expect(seen.outputs.map(({ shape }) => shape)).toEqual(expected.map(({ height, width, channels }) => [1, height, width, channels]));
    for (const [i, { channels, data }] of expected.entries()) {
      const area = data.length / channels;
      const differences = Array.from(data, (value, at) => Math.abs(value - seen.outputs[i]!.data[(at % area) * channels + Math.floor(at / area)]!) / Math.max(1, Math.abs(value)));
      expect(Math.max(...differences)).toBeLessThan(1e-3);
    }
  });
}
