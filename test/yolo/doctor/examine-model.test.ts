import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import type { Result } from '../../../src/base/index.ts';
import { err, ok } from '../../../src/base/index.ts';
import type { NamedBytes } from '../../../src/runtime/index.ts';
import { gatherNotes } from '../../../src/runtime/files.ts';
import { readTfliteFile } from '../../../src/runtime/import/tflite-file.ts';
import { readImportedCard } from '../../../src/runtime/index.ts';
import type { Corrections, ModelReport, ProbeOutputs } from '../../../src/yolo/index.ts';
import { readInput } from '../../../src/yolo/doctor/stated-input.ts';
import { examineModel } from '../../../src/yolo/tf.ts';
import { gridJson, inputJson, madeLayersFiles } from '../../support/made-layers.ts';
import type { MadeOnnx } from '../../support/made-onnx.ts';
import { madeOnnx } from '../../support/made-onnx.ts';
import { madeGraph, madeTfjsFiles } from '../../support/made-tfjs.ts';
import { madeTflite } from '../../support/made-tflite.ts';

const weights = new Float32Array(6 * 3 * 8 * 8);
const bias = [0, 0, 0, 0, 0, 0];
const noProbe: ProbeOutputs = () => Promise.reject(new Error('the network was run'));

const onnxFile = (change: Partial<MadeOnnx> = {}): NamedBytes => ({
  name: 'made.onnx',
  bytes: madeOnnx({ input: [1, 3, 32, 32], output: [1, 6, 4, 4], bias, weights, ...change }),
});

const cfg = `[net]
width=32
height=32
channels=3
[convolutional]
filters=18
size=8
stride=8
pad=0
activation=linear
[yolo]
mask=0,1,2
anchors=4,4, 8,8, 16,16
classes=1
num=3
`;
const darknetFiles: readonly NamedBytes[] = [
  { name: 'tiny.cfg', bytes: new Uint8Array(strToU8(cfg)) },
  { name: 'tiny.weights', bytes: new Uint8Array(20 + 4 * (18 + 18 * 3 * 64)) },
  { name: 'tiny.names', bytes: new Uint8Array(strToU8('dart\n')) },
];

async function reportOf(files: readonly NamedBytes[], corrections: Corrections = {}, probe = noProbe): Promise<ModelReport> {
  const examined = await examineModel(files, probe, corrections);
  if (!examined.ok) throw new Error(`${examined.failure.code}: ${examined.failure.detail}`);
  return examined.value;
}

async function failureOf(files: readonly NamedBytes[], corrections: Corrections = {}, probe = noProbe): Promise<string> {
  const examined: Result<ModelReport> = await examineModel(files, probe, corrections);
  if (examined.ok) throw new Error('it was accepted');
  return `${examined.failure.code}: ${examined.failure.detail}`;
}

const about = ({ assumed }: ModelReport): readonly string[] => assumed.map((each) => each.about);

describe('examineModel', () => {
  it('reads an ONNX file: input, layout, outputs, operations, and guesses the rest aloud', async () => {
    const report = await reportOf([onnxFile()]);
    expect(report).toMatchObject({ inputName: 'image', isFreeSize: false, outputs: [{ name: 'grid', shape: [1, 6, 4, 4] }], operations: [{ name: 'Conv', count: 1 }] });
    expect(report.model.card).toMatchObject({ format: 'onnx', title: 'made', task: 'objects', input: { layout: 'NCHW', fixedPx: { width: 32, height: 32 } } });
    expect(report.heads.length).toBeGreaterThan(1);
    expect(report.model.card.head).toEqual(report.heads[0]?.head);
    expect(about(report)).toEqual(expect.arrayContaining(['head', 'labels', 'task', 'thresholds', 'colour', 'scale', 'fit']));
    expect(readImportedCard(structuredClone(report.model.card))).toEqual({ ok: true, value: report.model.card });
  });

  it('names every file by its hash, so that a damaged copy can be told', async () => {
    const [first, second] = [await reportOf([onnxFile()]), await reportOf([onnxFile({ bias: [1, 0, 0, 0, 0, 0] })])];
    expect(first.model.card.files[0]?.sha256).not.toBe(second.model.card.files[0]?.sha256);
    expect(first.model.card.id).not.toBe(second.model.card.id);
  });

  it('takes what the exporter says in the file for more than a custom', async () => {
    const metadata = { description: 'Ultralytics YOLO11n model', names: "{0: 'dart'}", license: 'AGPL-3.0', task: 'detect' };
    const report = await reportOf([onnxFile({ metadata })]);
    expect(report.model.card.labels).toEqual(['dart']);
    expect(report.model.card.licence.spdx).toBe('AGPL-3.0');
    expect(report.assumed).toContainEqual({ about: 'colour', because: 'exporter-custom' });
    expect(about(report)).not.toContain('labels');
  });

  it('lets every guess be corrected', async () => {
    const first = await reportOf([onnxFile()]);
    const other = first.heads[1]!.head;
    const fit = { kind: 'letterbox', align: 'corner', pad: 0 } as const;
    const report = await reportOf([onnxFile()], { title: 'Darts', task: 'faces', colour: 'bgr', mean: [1, 2, 3], scale: 0.5, fit, head: other, labels: first.model.card.labels });
    expect(report.model.card).toMatchObject({ title: 'Darts', task: 'faces', head: other, input: { colour: 'bgr', mean: [1, 2, 3], scale: 0.5, fit } });
    expect(about(report)).toEqual(['thresholds']);
  });

  it.each<[string, Corrections]>([
    ['a size that the file does not take', { size: { width: 64, height: 64 } }],
    ['a head that its outputs do not have', { head: { family: 'end2end', form: 'rows', output: 'grid', fields: 6, boxAt: 0, scoreAt: 4, classAt: 5, coordinates: 'px' } }],
    ['too many names', { labels: ['a', 'b', 'c', 'd', 'e', 'f', 'g'] }],
    ['a scale of nothing', { scale: 0 }],
  ])('refuses %s as a correction', async (_, corrections) => {
    expect(await failureOf([onnxFile()], corrections)).toMatch(/^correction-invalid: /);
  });

  it('runs a network whose shapes are free, once, at the size that it will have', async () => {
    const sizes: unknown[] = [];
    const probe: ProbeOutputs = (model, size) => {
      sizes.push([model.card.format, size]);
      return Promise.resolve(ok([{ name: 'grid', shape: [1, 6, 8, 8] }]));
    };
    const file = onnxFile({ input: [null, 3, null, null], output: [null, 6, null, null] });
    const report = await reportOf([file], { size: { width: 64, height: 64 } }, probe);
    expect(sizes).toEqual([['onnx', { width: 64, height: 64 }]]);
    expect(report.isFreeSize).toBe(true);
    expect(await failureOf([file], {}, () => Promise.resolve(err('onnx-invalid', 'it fails on Conv')))).toBe('onnx-invalid: it fails on Conv');
  });

  it('reads a .tflite file', async () => {
    const files = [{ name: 'a.tflite', bytes: madeTflite({ shape: [1, 32, 32, 3] }) }];
    expect(await failureOf(files)).toMatch(/^head-unknown: .*scores \[1, 32, 32, 3\]/);
    expect(await failureOf([{ name: 'a.tflite', bytes: madeTflite({ shape: [1, 32, 32, 3], type: 9 }) }])).toMatch(/^type-unsupported: .*int8/);
    expect(await failureOf([{ name: 'a.tflite', bytes: madeTflite({ shape: [1, 32, 32, 1] }) }])).toMatch(/^input-unsupported: /);
  });

  it.each([
    ['uint8', 2, 0],
    ['int8', 3, 128],
  ])('gives an ONNX file of %s its pixels as they are', async (_, inputType, mean) => {
    const report = await reportOf([onnxFile({ inputType })]);
    expect(report.model.card.input).toMatchObject({ mean: [mean, mean, mean], scale: 1 });
    expect(about(report)).not.toContain('scale');
  });

  it('scales pixels as the quantisation of a .tflite file says', () => {
    const read = (scale: number, zeroPoint: number) => {
      const facts = readTfliteFile(madeTflite({ shape: [1, 32, 32, 3], type: 3, inputQuantisation: { scale, zeroPoint } }), 'a.tflite');
      return readInput(facts, 'tflite', gatherNotes(facts, []), {}).pixelValues;
    };
    expect(read(0.5, 0)).toEqual({ mean: 0, scale: 0.5 });
    expect(read(0.25, 128)).toEqual({ mean: 128, scale: 0.25 });
  });

  it('reads a TensorFlow.js graph from a folder or a zip, its shards joined', async () => {
    const files = madeTfjsFiles(weights, bias);
    const zipped = { name: 'made.zip', bytes: new Uint8Array(zipSync(Object.fromEntries(files.map(({ name, bytes }) => [name, bytes])))) };
    for (const given of [files, [zipped]]) {
      const report = await reportOf(given);
      expect(report.model.files.map(({ name, bytes }) => [name, bytes.byteLength])).toEqual([['model.json', expect.any(Number)], ['weights.bin', 4 * (6 * 3 * 64 + 6)]]);
      expect(report.model.card).toMatchObject({ format: 'tfjs-graph', title: 'made', input: { layout: 'NHWC' } });
      expect(report.outputs).toEqual([{ name: 'grid', shape: [1, 4, 4, 6] }]);
    }
  });

  it('reads metadata.yaml beside the graph', async () => {
    const metadata = { name: 'made/metadata.yaml', bytes: new Uint8Array(strToU8('description: Ultralytics YOLOv8n model\nnames:\n  0: dart\nimgsz:\n- 32\n- 32\nstride: 8\n')) };
    expect((await reportOf([...madeTfjsFiles(weights, bias), metadata])).model.card.labels).toEqual(['dart']);
  });

  it('reads a darknet pair and guesses neither head nor size', async () => {
    const report = await reportOf(darknetFiles);
    expect(report.model.card).toMatchObject({ format: 'darknet', labels: ['dart'], input: { fit: { kind: 'stretch' } }, head: { family: 'v3' } });
    expect(about(report)).not.toContain('head');
  });

  it.each<[string, readonly NamedBytes[], RegExp]>([
    ['nothing', [], /^files-missing/],
    ['a text', [{ name: 'readme.txt', bytes: new Uint8Array(5) }], /^file-unknown: .*readme\.txt/],
    ['a PyTorch file', [{ name: 'best.pt', bytes: new Uint8Array(5) }], /^file-unknown: .*PyTorch/],
    ['weights alone', [{ name: 'a.weights', bytes: new Uint8Array(5) }], /^files-missing: .*\.cfg/],
    ['a .cfg alone', darknetFiles.slice(0, 1), /^files-missing: tiny\.cfg/],
    ['a broken .cfg', [{ name: 'a.cfg', bytes: new Uint8Array(strToU8('[net]\nwidth=x')) }, { name: 'a.weights', bytes: new Uint8Array(5) }], /^darknet-invalid/],
    ['two models', [onnxFile(), { ...onnxFile(), name: 'b.onnx' }], /^files-ambiguous/],
    ['weights in another file', [onnxFile({ externalWeights: true })], /^external-data/],
    ['an ONNX file of text', [{ name: 'a.onnx', bytes: new Uint8Array(strToU8('hello')) }], /^onnx-invalid/],
    ['a path that leads out', [{ ...onnxFile(), name: '../made.onnx' }], /^path-unsafe/],
    ['a missing shard', madeTfjsFiles(weights, bias).slice(0, 2), /^files-missing: .*made\/group1-shard2of2\.bin/],
    ['a layers model without layers', madeTfjsFiles(weights, bias, { format: 'layers-model', modelTopology: { model_config: {} }, weightsManifest: [] }), /^graph-invalid/],
    ['a layers model with a program in it', madeLayersFiles([inputJson, { ...gridJson(), class_name: 'Lambda' }], []), /^layer-unsupported: .*Lambda/],
    ['a byte too few', madeTfjsFiles(weights, bias).map((file, i) => (i === 2 ? { ...file, bytes: file.bytes.slice(1) } : file)), /^weights-mismatch: .*describes 4632 bytes of weights, the files hold 4631/],
    ['a graph without nodes', madeTfjsFiles(weights, bias, madeGraph({ modelTopology: { versions: {}, node: [] } })), /^graph-invalid: .*modelTopology\.node/],
    ['a graph without a version', madeTfjsFiles(weights, bias, { ...madeGraph(), modelTopology: { node: madeGraph().modelTopology.node } }), /^graph-invalid: .*modelTopology\.versions/],
    ['a weight that is a prototype', madeTfjsFiles(weights, bias, madeGraph({ weightsManifest: [{ paths: ['a.bin'], weights: [{ name: '__proto__', shape: [1], dtype: 'float32' }] }] })), /^graph-invalid/],
    ['negative sides that make a positive size', madeTfjsFiles(weights, bias, madeGraph({ weightsManifest: [{ paths: ['a.bin'], weights: [{ name: 'w', shape: [-2, -579], dtype: 'float32' }] }] })), /^graph-invalid/],
    ['a shard outside of the folder', madeTfjsFiles(weights, bias, madeGraph({ weightsManifest: [{ paths: ['../../w.bin'], weights: [] }] })), /^path-unsafe/],
  ])('refuses %s', async (_, files, reason) => {
    expect(await failureOf(files)).toMatch(reason);
  });
});
