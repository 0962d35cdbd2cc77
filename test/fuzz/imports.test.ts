import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { findNetwork, gatherFiles, gatherNotes, ImportError } from '../../src/runtime/files.ts';
import type { NamedBytes } from '../../src/runtime/index.ts';
import { importLimits } from '../../src/runtime/index.ts';
import { madeOnnx } from '../support/made-onnx.ts';
import { gridJson, inputJson, madeLayersFiles } from '../support/made-layers.ts';
import { madeTfjsFiles } from '../support/made-tfjs.ts';
import { madeTflite } from '../support/made-tflite.ts';
import type { Format } from './fuzz.ts';
import { casesEach, fuzz, hostileJson, utf8 } from './fuzz.ts';

type Bytes = Uint8Array<ArrayBuffer>;

const weights = new Float32Array(6 * 3 * 8 * 8).map((_, i) => (i % 17) / 17);
const bias = [0, 1, 2, 3, 4, 5];
const onnx = madeOnnx({ input: [1, 3, 32, 32], output: [1, 6, 4, 4], bias, weights: weights.slice(0, 1152), metadata: { names: "{0: 'dart'}", imgsz: '[32, 32]' } });
const graphFiles = madeTfjsFiles(weights, bias);
const layersFiles = madeLayersFiles([inputJson, gridJson()], [
  { name: 'grid/kernel', shape: [8, 8, 3, 6], values: weights },
  { name: 'grid/bias', shape: [6], values: bias },
]);
const yaml = utf8('names:\n  0: dart\n  1: "board"\nstride: 32\nimgsz: [32, 32]\ntask: detect\nlicense: none\n');

/** What the import of some files says, with everything that it reads. */
function imported(files: readonly NamedBytes[]): string {
  try {
    const gathered = gatherFiles(files);
    const network = findNetwork(gathered);
    gatherNotes(network.facts ?? { metadata: new Map() }, gathered);
    return 'read';
  } catch (thrown) {
    if (thrown instanceof ImportError) return thrown.code;
    throw thrown;
  }
}

/** The reading of one file among whole ones. */
const among = (others: readonly NamedBytes[], name: string) => (bytes: Bytes) => imported([...others.filter((file) => file.name !== name), { name, bytes }]);

const fileOf = (files: readonly NamedBytes[], ending: string): NamedBytes => {
  const file = files.find(({ name }) => name.endsWith(ending));
  if (!file) throw new Error(`no file ends in ${ending}`);
  return file;
};
const json = (files: readonly NamedBytes[]): Format => {
  const { name, bytes } = fileOf(files, 'model.json');
  return { corpus: [bytes], hostile: hostileJson, isJson: true, read: among(files, name) };
};
const shard = (files: readonly NamedBytes[]): Format => {
  const { name, bytes } = fileOf(files, '.bin');
  return { corpus: [bytes], read: among(files, name) };
};
const zipOf = (files: readonly NamedBytes[], level: 0 | 9): Bytes => new Uint8Array(zipSync(Object.fromEntries(files.map(({ name, bytes }) => [name, bytes])), { level }));
const onnxFile: NamedBytes = { name: 'a.onnx', bytes: onnx };

const formats: Readonly<Record<string, Format>> = {
  zip: {
    corpus: [zipOf(graphFiles, 9), zipOf(graphFiles, 0), zipOf([onnxFile], 9)],
    hostile: [
      new Uint8Array(zipSync({ a: new Uint8Array(30_000_000) })),
      new Uint8Array(zipSync({ '../../a': strToU8('x') })),
      new Uint8Array(zipSync(Object.fromEntries(Array.from({ length: 2000 }, (_, i) => [`f${i}`, new Uint8Array(0)])))),
      new Uint8Array(22),
    ],
    read: (bytes) => imported([{ name: 'a.zip', bytes }]),
  },
  onnx: { corpus: [onnx], hostile: [new Uint8Array(0), new Uint8Array(64).fill(0x3a), new Uint8Array(64).fill(0xff)], read: (bytes) => imported([{ name: 'a.onnx', bytes }]) },
  tflite: { corpus: [madeTflite({ shape: [1, 32, 32, 3] })], hostile: [new Uint8Array(0), new Uint8Array(64).fill(0xff)], read: (bytes) => imported([{ name: 'a.tflite', bytes }]) },
  'JSON of a graph model': json(graphFiles),
  'weights of a graph model': shard(graphFiles),
  'JSON of a layers model': json(layersFiles),
  'weights of a layers model': shard(layersFiles),
  'YAML beside a model': {
    corpus: [yaml],
    hostile: ['a: &a [x]\nb: [*a, *a]', '['.repeat(10_000), '- '.repeat(5000), '? '.repeat(5000), '__proto__: {a: 1}', '!!js/function "x"', 'names: {99999999999: a}', ' '.repeat(200_000)].map(utf8),
    read: among([onnxFile], 'metadata.yaml'),
  },
  'class names beside a model': {
    corpus: [utf8('cup\nplate\nfork\n')],
    hostile: [utf8('a\n'.repeat(20_000)), utf8('x'.repeat(2_000_000)), Uint8Array.from([0xff, 0xfe])],
    read: among([onnxFile], 'labels.txt'),
  },
  'JSON of class names': { corpus: [utf8('["cup","plate"]'), utf8('{"0":"cup","1":"plate"}')], hostile: hostileJson, isJson: true, read: among([onnxFile], 'classes.json') },
};

describe.each(Object.entries(formats))('spoiled imports: %s', (_name, format) => {
  it(`${casesEach} of them are read or refused with a code, in time and within the memory`, async () => {
    const answers = await fuzz(format);
    expect([...answers.values()].reduce((sum, count) => sum + count, 0)).toBe(casesEach + (format.hostile?.length ?? 0));
    // Spoiling must be able to change something, or nothing was tried.
    expect(answers.size).toBeGreaterThan(1);
    expect('polluted' in {}).toBe(false);
  }, 120_000);
});

it('a file of PyTorch or Keras, which can hold programs, is not opened at all', () => {
  for (const name of ['a.pt', 'a.pth', 'a.h5', 'a.keras', 'a.pb']) expect(imported([{ name, bytes: new Uint8Array(64).fill(1) }])).toBe('file-unknown');
});

it('more files, or more bytes, than an import may have are refused before they are read', () => {
  expect(imported(Array.from({ length: importLimits.files + 1 }, (_, i) => ({ name: `f${i}`, bytes: new Uint8Array(0) })))).toBe('too-large');
});
