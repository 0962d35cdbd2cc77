import { describe, expect, it } from 'vitest';
import type { PlainFormat } from '../../src/runtime/tf.ts';
import { openPlainNetwork } from '../../src/runtime/tf.ts';
import { madeOnnx } from '../support/made-onnx.ts';
import { madeTflite } from '../support/made-tflite.ts';
import { readNodeRuntime } from '../support/node-runtimes.ts';

const open = (format: PlainFormat, bytes: Uint8Array<ArrayBuffer>) => openPlainNetwork(format, bytes, readNodeRuntime);

/** Weights that pick the upper left pixel of each cell in one plane, for the first output channel only. */
function pickPlane(plane: number): Float32Array {
  const weights = new Float32Array(6 * 3 * 8 * 8);
  weights[plane * 64] = 1;
  return weights;
}

describe('the ONNX runtime', () => {
  it('runs a convolution on planes', async () => {
    const network = await open('onnx', madeOnnx({ input: [1, 3, 16, 16], output: [1, 6, 2, 2], bias: [0, 1, 2, 3, 4, 5], weights: pickPlane(2) }));
    if (!network.ok) throw new Error(network.failure.detail);
    const pixels = new Float32Array(3 * 16 * 16);
    pixels[2 * 256] = 7;
    pixels[2 * 256 + 8 * 16 + 8] = 9;
    const outputs = await network.value.predict(pixels, [1, 3, 16, 16]);
    expect(outputs.map(({ name, shape }) => ({ name, shape }))).toEqual([{ name: 'grid', shape: [1, 6, 2, 2] }]);
    expect([...outputs[0]!.data.subarray(0, 8)]).toEqual([7, 0, 0, 9, 1, 1, 1, 1]);
    network.value.dispose();
  });

  it.each([
    ['uint8', 2, [0, 7, 255, 255]],
    ['int8', 3, [-3, 7, 127, 127]],
    ['float16', 10, [-3.25, 7, 300, 300.25]],
  ] as const)('stores pixels as %s, rounded and kept in range, where the file wants such', async (_, inputType, expected) => {
    const network = await open('onnx', madeOnnx({ input: [1, 3, 16, 16], output: [1, 6, 2, 2], bias: [0, 0, 0, 0, 0, 0], weights: pickPlane(0), inputType }));
    if (!network.ok) throw new Error(network.failure.detail);
    const pixels = new Float32Array(3 * 16 * 16);
    for (const [i, value] of [-3.25, 7.0001, 300, 300.3].entries()) pixels[(i >> 1) * 8 * 16 + (i & 1) * 8] = value;
    const [grid] = await network.value.predict(pixels, [1, 3, 16, 16]);
    expect([...grid!.data.subarray(0, 4)]).toEqual(expected);
    network.value.dispose();
  });

  it('reads float16 outputs as the numbers that they are', async () => {
    const network = await open('onnx', madeOnnx({ input: [1, 3, 16, 16], output: [1, 6, 2, 2], bias: [0.1, -2, 70_000, 1e-7, 0, 5], weights: new Float32Array(1152), outputType: 10 }));
    if (!network.ok) throw new Error(network.failure.detail);
    const [grid] = await network.value.predict(new Float32Array(768), [1, 3, 16, 16]);
    const firstOfEach = Array.from({ length: 6 }, (_, i) => grid!.data[i * 4]);
    expect(firstOfEach).toEqual([0.0999755859375, -2, Infinity, 2 ** -23, 0, 5]);
    network.value.dispose();
  });

  it('takes any size where the file leaves it free', async () => {
    const network = await open('onnx', madeOnnx({ input: [1, 3, null, null], output: [1, 6, null, null], bias: [0, 0, 0, 0, 0, 0], weights: pickPlane(0) }));
    if (!network.ok) throw new Error(network.failure.detail);
    const [grid] = await network.value.predict(new Float32Array(3 * 24 * 40), [1, 3, 24, 40]);
    expect(grid?.shape).toEqual([1, 6, 3, 5]);
    network.value.dispose();
  });

  it('names the operation that it does not know', async () => {
    const bytes = madeOnnx({ input: [1, 3, 16, 16], output: [1, 6, 2, 2], bias: [0, 0, 0, 0, 0, 0], weights: pickPlane(0), operation: 'Frobnicate' });
    expect(await open('onnx', bytes)).toMatchObject({ ok: false, failure: { code: 'model-mismatch', detail: expect.stringContaining('Frobnicate') as string } });
  });

  it('refuses a file that is cut', async () => {
    const bytes = madeOnnx({ input: [1, 3, 16, 16], output: [1, 6, 2, 2], bias: [0, 0, 0, 0, 0, 0], weights: pickPlane(0) });
    expect(await open('onnx', bytes.slice(0, 900))).toMatchObject({ ok: false, failure: { code: 'model-mismatch' } });
  });
});

describe('LiteRT', () => {
  it('runs an operation on pixels, the last axis being the colour', async () => {
    const network = await open('tflite', madeTflite({ shape: [1, 2, 2, 3] }));
    if (!network.ok) throw new Error(network.failure.detail);
    const outputs = await network.value.predict(Float32Array.from([0, 1, -1, 2, 0, 0, 0, 0, 0, 0, 0, 100]), [1, 2, 2, 3]);
    expect(outputs.map(({ name, shape }) => ({ name, shape }))).toEqual([{ name: 'scores', shape: [1, 2, 2, 3] }]);
    expect([...outputs[0]!.data].map((value) => Number(value.toFixed(4)))).toEqual([0.5, 0.7311, 0.2689, 0.8808, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 1]);
    network.value.dispose();
  });

  it('turns numbers into the whole ones that a quantised file stores, and back', async () => {
    const file = madeTflite({ shape: [1, 2, 2, 3], type: 3, inputQuantisation: { scale: 1 / 16, zeroPoint: 128 }, outputQuantisation: { scale: 1 / 256, zeroPoint: 0 } });
    const network = await open('tflite', file);
    if (!network.ok) throw new Error(network.failure.detail);
    const [scores] = await network.value.predict(Float32Array.from([0, 1, -1, 2, 0, 0, 0, 0, 0, 0, -100, 100]), [1, 2, 2, 3]);
    const wanted = [0.5, 0.7311, 0.2689, 0.8808, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.0003, 0.9996];
    for (const [i, value] of wanted.entries()) expect(Math.abs((scores?.data[i] ?? NaN) - value)).toBeLessThan(1 / 256);
    network.value.dispose();
  });

  it.each([
    [127, /Didn't find op/],
    [32, /CUSTOM/],
  ])('refuses operation %i and names it', async (operation, named) => {
    expect(await open('tflite', madeTflite({ shape: [1, 2, 2, 3], operation }))).toMatchObject({ ok: false, failure: { code: 'model-mismatch', detail: expect.stringMatching(named) as string } });
  });

  it('fails on an operation that it compiles but cannot prepare, where its outputs would be all zero', async () => {
    const network = await open('tflite', madeTflite({ shape: [1, 2, 2, 3], operation: 120 }));
    if (!network.ok) throw new Error(network.failure.detail);
    await expect(network.value.predict(new Float32Array(12), [1, 2, 2, 3])).rejects.toThrow(/NON_MAX_SUPPRESSION_V4/);
    network.value.dispose();
  });

  it('refuses a file that is cut', async () => {
    expect(await open('tflite', madeTflite({ shape: [1, 2, 2, 3] }).slice(0, 60))).toMatchObject({ ok: false, failure: { code: 'model-mismatch' } });
  });

  it('leaves the globals of the thread as they were', async () => {
    await open('tflite', madeTflite({ shape: [1, 2, 2, 3] }));
    expect('importScripts' in globalThis).toBe(false);
  });
});
