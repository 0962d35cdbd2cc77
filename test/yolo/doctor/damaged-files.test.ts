import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { err } from '../../../src/base/index.ts';
import type { NamedBytes } from '../../../src/runtime/index.ts';
import { examineModel } from '../../../src/yolo/tf.ts';
import { madeOnnx } from '../../support/made-onnx.ts';
import { madeTfjsFiles } from '../../support/made-tfjs.ts';
import { madeTflite } from '../../support/made-tflite.ts';
import { mutated, seededNumbers } from '../../support/mutate.ts';

const damagesEach = 10_000;
const longestMs = 5000;
const weights = new Float32Array(6 * 3 * 8 * 8).map((_, i) => (i % 17) / 17);
const bias = [0, 1, 2, 3, 4, 5];
const metadata: NamedBytes = { name: 'made/metadata.yaml', bytes: new Uint8Array(strToU8('names:\n  0: dart\n  1: "board"\nstride: 32\nimgsz: [32, 32]\n')) };
const graph = [...madeTfjsFiles(weights, bias), metadata];

const formats: Readonly<Record<string, readonly NamedBytes[]>> = {
  onnx: [{ name: 'a.onnx', bytes: madeOnnx({ input: [1, 3, 32, 32], output: [1, 6, 4, 4], bias, weights: weights.slice(0, 1152), metadata: { names: "{0: 'dart'}", imgsz: '[32, 32]' } }) }],
  tflite: [{ name: 'a.tflite', bytes: madeTflite({ shape: [1, 32, 32, 3] }) }],
  'graph folder': graph,
  zip: [{ name: 'a.zip', bytes: new Uint8Array(zipSync(Object.fromEntries(graph.map(({ name, bytes }) => [name, bytes])))) }],
};

/** What a file needs in memory and time is in its bytes; a run of the network is not a part of this. */
describe.each(Object.entries(formats))('%s files, damaged', (_, files) => {
  it(`${damagesEach} times, are read or refused with a code, each in time`, async () => {
    const next = seededNumbers(20_240_611);
    const codes = new Map<string, number>();
    let slowestMs = 0;
    for (let i = 0; i < damagesEach; i++) {
      const victim = next(files.length);
      const given = files.map((file, at) => (at === victim ? { ...file, bytes: mutated(file.bytes, next) } : file));
      const startMs = performance.now();
      const examined = await examineModel(given, () => Promise.resolve(err('head-unknown', 'not run')));
      slowestMs = Math.max(slowestMs, performance.now() - startMs);
      const code = examined.ok ? 'read' : examined.failure.code;
      codes.set(code, (codes.get(code) ?? 0) + 1);
    }
    expect(slowestMs).toBeLessThan(longestMs);
    // A harness that damages nothing, or whose original is refused already, proves nothing.
    expect(codes.size).toBeGreaterThan(1);
  }, 120_000);
});
