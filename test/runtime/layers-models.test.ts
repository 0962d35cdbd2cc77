import type { Rank, Tensor } from '@tensorflow/tfjs-core';
import { io, memory, randomUniform, tensor4d } from '@tensorflow/tfjs-core';
import type { LayersModel as KerasModel, SymbolicTensor } from '@tensorflow/tfjs-layers';
import { input as inputOf, layers, model as modelOf, sequential } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import type { NamedBytes } from '../../src/runtime/index.ts';
import { importedSource, readImportedCard, sha256Hex } from '../../src/runtime/index.ts';
import { findNetwork, gatherFiles } from '../../src/runtime/files.ts';
import type { LayersModel } from '../../src/runtime/tf.ts';
import { loadLayers } from '../../src/runtime/tf.ts';
import { expectNoLeak } from '../support/expect-no-leak.ts';
import type { LayerJson, WeightJson } from '../support/made-layers.ts';
import { gridJson, inputJson, madeLayersFiles, madeLayersGrid, zipped } from '../support/made-layers.ts';
import { useBackend } from '../support/node-backend.ts';

beforeAll(async () => {
  await useBackend('wasm');
});

const kernel: WeightJson = { name: 'grid/kernel', shape: [8, 8, 3, 6], values: new Float32Array(8 * 8 * 3 * 6) };
const bias: WeightJson = { name: 'grid/bias', shape: [6], values: [0, 1, 2, 3, 4, 5] };

/** The way of a file from the drop to the network, without the guesses about its outputs. */
async function load(files: readonly NamedBytes[], side = 32): Promise<LayersModel> {
  const { parts } = findNetwork(gatherFiles(files));
  const card = readImportedCard({
    ...{ id: 'made', title: 'made', task: 'objects', format: 'tfjs-layers', licence: { spdx: '', note: '' }, source: { imported: true, origin: '' } },
    files: await Promise.all(parts.map(async ({ name, role, path, bytes }) => ({ name, role, path, bytes: bytes.byteLength, sha256: await sha256Hex(bytes) }))),
    input: { layout: 'NHWC', colour: 'rgb', mean: [0, 0, 0], scale: 1, multiplePx: 1, minPx: side, maxPx: side, defaultPx: side, fit: { kind: 'stretch' } },
    ...{ views: [{ mirrored: false, scale: 1 }], head: { family: 'unread' }, labels: ['a'], thresholds: { score: 0.5, iou: 0.5, measuredOn: '' } },
  });
  if (!card.ok) throw new Error(card.failure.detail);
  const loaded = await loadLayers(importedSource({ card: card.value, files: parts }));
  if (!loaded.ok) throw new Error(`${loaded.failure.code}: ${loaded.failure.detail}`);
  return loaded.value;
}

/** A model of the library itself as the files that it saves. */
async function savedFiles(model: KerasModel): Promise<readonly NamedBytes[]> {
  const saved: NamedBytes[] = [];
  await model.save(
    io.withSaveHandler(async ({ modelTopology, weightSpecs, weightData }) => {
      const json = { format: 'layers-model', modelTopology, weightsManifest: [{ paths: ['./weights.bin'], weights: weightSpecs }] };
      const bytes = new Uint8Array(io.CompositeArrayBuffer.join(weightData));
      saved.push({ name: 'model.json', bytes: new TextEncoder().encode(JSON.stringify(json).replace('./weights.bin', 'weights.bin')) }, { name: 'weights.bin', bytes });
      return Promise.resolve({ modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } });
    }),
  );
  return saved;
}

const numbersOf = async (tensor: Tensor): Promise<readonly number[]> => Array.from(await tensor.data());

/** The library's own answer is the truth for the layers that it saved. */
async function expectSameAs(truth: KerasModel, shape: [number, number, number, number]): Promise<void> {
  const picture = randomUniform<Rank.R4>(shape, -1, 1);
  const wanted = [truth.predict(picture)].flat();
  const ours = await load(await savedFiles(truth));
  const given = ours.execute(picture);
  expect(given.map((tensor) => tensor.shape)).toEqual(wanted.map((tensor) => tensor.shape));
  for (const [i, tensor] of wanted.entries()) {
    const [expected, found] = [await numbersOf(tensor), await numbersOf(given[i]!)];
    expect(Math.max(...expected.map((value, at) => Math.abs(value - (found[at] ?? NaN))))).toBeLessThan(1e-6);
  }
  for (const tensor of [picture, ...wanted, ...given]) tensor.dispose();
  ours.dispose();
}

describe('a TensorFlow.js layers model', () => {
  it('finds what its convolution was made to find, from a folder and from a zip', async () => {
    const weights = new Float32Array(8 * 8 * 3 * 6);
    weights[2 * 6 + 4] = 1;
    const files = madeLayersGrid(weights, [0, 1, 2, 3, 4, 5]);
    for (const given of [files, [zipped(files)]]) {
      await expectNoLeak(async () => {
        const network = await load(given);
        const pixels = new Float32Array(32 * 32 * 3);
        pixels[(8 * 32 + 16) * 3 + 2] = 0.75;
        const picture = tensor4d(pixels, [1, 32, 32, 3]);
        const [grid, ...others] = network.execute(picture);
        expect([network.outputNames, grid!.shape, others]).toEqual([['grid'], [1, 4, 4, 6], []]);
        expect((await numbersOf(grid!)).slice(36, 42)).toEqual([0, 1, 2, 3, 4.75, 5]);
        picture.dispose();
        grid!.dispose();
        network.dispose();
      });
    }
  });

  it('computes what the library computes, layer for layer', async () => {
    const image = inputOf({ shape: [32, 32, 3] });
    const follow = (layer: layers.Layer, ...given: SymbolicTensor[]): SymbolicTensor => layer.apply(given.length === 1 ? given[0]! : given) as SymbolicTensor;
    const random = { kernelInitializer: 'glorotUniform', biasInitializer: 'glorotUniform' } as const;
    let x = follow(layers.rescaling({ scale: 0.5, offset: 0.1 }), image);
    x = follow(layers.conv2d({ filters: 8, kernelSize: 3, strides: 2, padding: 'same', useBias: false }), x);
    x = follow(layers.batchNormalization({ epsilon: 0.01, betaInitializer: 'randomNormal', gammaInitializer: 'randomUniform', movingMeanInitializer: 'randomNormal', movingVarianceInitializer: 'ones' }), x);
    x = follow(layers.leakyReLU({ alpha: 0.1 }), x);
    const skip = x;
    x = follow(layers.depthwiseConv2d({ kernelSize: 3, padding: 'same', depthMultiplier: 1, activation: 'swish' }), x);
    x = follow(layers.reLU({ maxValue: 6 }), x);
    x = follow(layers.add(), x, skip);
    x = follow(layers.prelu({ sharedAxes: [1, 2], alphaInitializer: 'randomUniform' }), x);
    const fine = follow(layers.maxPooling2d({ poolSize: 2, strides: 2, padding: 'same' }), x);
    x = follow(layers.separableConv2d({ filters: 12, kernelSize: 3, padding: 'same', activation: 'mish' }), fine);
    x = follow(layers.averagePooling2d({ poolSize: 2 }), x);
    x = follow(layers.dropout({ rate: 0.5 }), x);
    const squeeze = follow(layers.reshape({ targetShape: [1, 1, 12] }), follow(layers.globalAveragePooling2d({ dataFormat: 'channelsLast' }), x));
    x = follow(layers.multiply(), x, follow(layers.conv2d({ filters: 12, kernelSize: 1, activation: 'sigmoid', ...random }), squeeze));
    const coarse = follow(layers.conv2d({ filters: 18, kernelSize: 1, ...random, name: 'coarse' }), x);
    x = follow(layers.upSampling2d({ size: [2, 2] }), x);
    x = follow(layers.concatenate(), x, fine);
    x = follow(layers.zeroPadding2d({ padding: [[1, 0], [1, 0]] }), x);
    x = follow(layers.conv2d({ filters: 10, kernelSize: 2, dilationRate: 1, activation: 'relu', ...random }), x);
    x = follow(layers.conv2dTranspose({ filters: 4, kernelSize: 2, strides: 2, padding: 'same', ...random }), x);
    x = follow(layers.cropping2D({ cropping: [[1, 1], [1, 1]] }), x);
    const list = follow(layers.reshape({ targetShape: [-1, 4] }), x);
    const turned = follow(layers.permute({ dims: [2, 1] }), list);
    const shared = layers.dense({ units: 3, activation: 'softmax' });
    const outputs = [coarse, turned, follow(shared, list), follow(shared, follow(layers.activation({ activation: 'tanh' }), list))];
    await expectSameAs(modelOf({ inputs: image, outputs }), [1, 32, 32, 3]);
  });

  it('is read as a chain too, with its shape in the first layer', async () => {
    const chain = sequential({ layers: [layers.conv2d({ inputShape: [16, 16, 3], filters: 4, kernelSize: 3, activation: 'elu' }), layers.flatten(), layers.dense({ units: 5 }), layers.softmax()] });
    await expectSameAs(chain, [1, 16, 16, 3]);
  });

  it('takes any size where the file leaves it free', async () => {
    const free: LayerJson = { ...inputJson, config: { name: 'image', batch_input_shape: [null, null, null, 3] } };
    const network = await load(madeLayersFiles([free, gridJson()], [kernel, bias]));
    for (const [height, width] of [[24, 40], [64, 32]] as const) {
      const picture = randomUniform<Rank.R4>([1, height, width, 3]);
      const [grid] = network.execute(picture);
      expect(grid!.shape).toEqual([1, height / 8, width / 8, 6]);
      picture.dispose();
      grid!.dispose();
    }
    network.dispose();
  });

  it('finds weights that carry the name of the model, or that of their layer twice', async () => {
    const named = (prefix: string): readonly WeightJson[] => [kernel, bias].map((weight) => ({ ...weight, name: prefix + weight.name }));
    for (const prefix of ['made/', 'grid/']) (await load(madeLayersFiles([inputJson, gridJson()], named(prefix)))).dispose();
  });

  it('leaves no tensor when it throws: while it is read, while it is built, and while it runs', async () => {
    const flat: LayerJson = { class_name: 'Reshape', config: { name: 'flat', target_shape: [7, 7, 7] }, inbound_nodes: [[['grid', 0, 0, {}]]] };
    await expectNoLeak(() => expect(load(madeLayersFiles([inputJson, gridJson(), flat], [kernel, bias]))).rejects.toThrow(/the layer flat/));
    await expectNoLeak(() => expect(load(madeLayersFiles([inputJson, gridJson()], [kernel, { ...bias, shape: [2, 3] }]))).rejects.toThrow(/grid\/bias is float32 \[2, 3\]/));
    const network = await load(madeLayersFiles([inputJson, gridJson()], [kernel, bias]));
    const wrong = randomUniform<Rank.R4>([1, 32, 32, 4]);
    await expectNoLeak(() => {
      expect(() => network.execute(wrong)).toThrow();
    });
    wrong.dispose();
    network.dispose();
  });

  it.each<[string, readonly LayerJson[], readonly WeightJson[], RegExp]>([
    ['a layer that holds a program', [inputJson, { ...gridJson(), class_name: 'Lambda' }], [], /^layer-unsupported: .*the layer grid is of the kind Lambda$/],
    ['a model inside of the model', [inputJson, { ...gridJson(), class_name: 'Functional' }], [], /^layer-unsupported: .*Functional/],
    ['an option that is not run', [inputJson, gridJson({ groups: 3 })], [kernel, bias], /^layer-unsupported: .*grid \(Conv2D\) has the option groups: 3$/],
    ['planes in place of pixels', [inputJson, gridJson({ data_format: 'channels_first' })], [kernel, bias], /^layer-unsupported: .*data_format/],
    ['an activation out of nowhere', [inputJson, gridJson({ activation: 'constructor' })], [kernel, bias], /^layer-unsupported: .*activation/],
    ['a layer that is a prototype', [inputJson, { ...gridJson(), class_name: '__proto__' }], [], /^layer-unsupported/],
    ['two layers of one name', [inputJson, gridJson(), gridJson()], [kernel, bias], /^graph-invalid: .*two layers have one name/],
    ['a circle', [inputJson, { ...gridJson(), inbound_nodes: [[['grid', 0, 0, {}]]] }], [kernel, bias], /^graph-invalid: .*circle/],
    ['a layer that is given what there is not', [inputJson, { ...gridJson(), inbound_nodes: [[['ghost', 0, 0, {}]]] }], [kernel, bias], /^graph-invalid: .*given ghost/],
    ['a call with arguments of its own', [inputJson, { ...gridJson(), inbound_nodes: [[['image', 0, 0, { training: true }]]] }], [kernel, bias], /^graph-invalid: .*what the layer grid is given/],
    ['a weight too few', [inputJson, gridJson()], [kernel], /no weight bias for the layer grid/],
    ['a weight too many', [inputJson, gridJson()], [kernel, bias, { ...bias, name: 'ghost/bias' }], /weights that no layer has: ghost\/bias/],
    ['a billion filters', [inputJson, gridJson({ filters: 1e9 })], [kernel, bias], /^layer-unsupported: .*filters: 1000000000/],
    ['more numbers than the file holds', [inputJson, gridJson({ filters: 60_000 })], [kernel, bias], /the layer calls for float32 \[8, 8, 3, 60000\]/],
    ['an output of 100 GB', [inputJson, gridJson(), ...[0, 1, 2].map((i): LayerJson => ({ class_name: 'UpSampling2D', config: { name: `up${i}`, size: [64, 64] }, inbound_nodes: [[[i === 0 ? 'grid' : `up${i - 1}`, 0, 0, {}]]] }))], [kernel, bias], /the layer up1 would give \[1, 16384, 16384, 6\]/],
  ])('refuses %s', async (_, made, weights, reason) => {
    const before = memory().numTensors;
    const refused: unknown = await load(madeLayersFiles(made, weights)).then(() => 'accepted', (thrown: unknown) => thrown);
    const { code } = refused as { code?: string };
    expect(`${code === undefined ? '' : `${code}: `}${refused instanceof Error ? refused.message : 'accepted'}`).toMatch(reason);
    expect(memory().numTensors).toBe(before);
  });

  it('takes no room for what a file only claims', async () => {
    const before = process.memoryUsage().arrayBuffers;
    const dense: LayerJson = { class_name: 'Dense', config: { name: 'wide', units: 10_000_000 }, inbound_nodes: [[['image', 0, 0, {}]]] };
    await expect(load(madeLayersFiles([inputJson, dense], [{ name: 'wide/kernel', shape: [3, 4], values: new Float32Array(12) }]))).rejects.toThrow(/the layer wide/);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(2 ** 20);
  });
});
