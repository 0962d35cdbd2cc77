import type { Page } from '@playwright/test';
import { expect } from '@playwright/test';
import type { NamedBytes } from '../../src/runtime/index.ts';
import type { EvaluateDoor } from '../../src/ui/evaluate-door.ts';
import { madeLayersGrid } from '../support/made-layers.ts';
import { madeOnnx } from '../support/made-onnx.ts';
import { madePng } from '../support/made-png.ts';
import { madeTfjsFiles } from '../support/made-tfjs.ts';
import { madeTfliteGrid } from '../support/made-tflite.ts';
import { strictTest as test } from '../support/strict-test.ts';

/*
 * One network in four files, named after YOLOX so that the doctor reads its grid so: BGR 0..255, the picture in the
 * left upper corner, logistic needed. Objectness is the blue of a cell's upper left pixel less 128; the class is sure.
 */
const side = 32;
const [objectnessAt, blueAt] = [4, 0];
const bias = [0.5, 0.5, Math.LN2, Math.LN2, -128, 50];

function weightsOf(at: number): Float32Array {
  const weights = new Float32Array(6 * 8 * 8 * 3);
  weights[at] = 1;
  return weights;
}

const files: Readonly<Record<string, readonly NamedBytes[]>> = {
  ONNX: [{ name: 'yolox.onnx', bytes: madeOnnx({ input: [1, 3, side, side], output: [1, 6, 4, 4], bias, weights: weightsOf((objectnessAt * 3 + blueAt) * 64) }) }],
  '.tflite': [{ name: 'yolox.tflite', bytes: madeTfliteGrid(side, weightsOf(objectnessAt * 64 * 3 + blueAt), bias) }],
  'TensorFlow.js graph': inFolder(madeTfjsFiles(weightsOf(blueAt * 6 + objectnessAt), bias)),
  'TensorFlow.js layers': inFolder(madeLayersGrid(weightsOf(blueAt * 6 + objectnessAt), bias)),
};

/** The graph's name is that of its folder. */
function inFolder(made: readonly NamedBytes[]): readonly NamedBytes[] {
  return made.map((file) => ({ ...file, name: file.name.replace('made/', 'yolox/') }));
}

/** 64x64, half as large in the input: blue where row 1, column 2 of the grid will be, red all around. */
const picture = madePng(64, 64, (x, y) => (x >= 32 && x < 48 && y >= 16 && y < 32 ? [0, 0, 255] : [255, 0, 0]));

async function run(page: Page, given: readonly NamedBytes[]) {
  await page.route('**/picture.png', (route) => route.fulfill({ body: picture, contentType: 'image/png' }));
  await page.route('**/__model/*', (route) => route.fulfill({ body: Buffer.from(given[Number(route.request().url().split('/').at(-1))]!.bytes) }));
  await page.goto('/evaluate.html');
  const modelFiles = given.map(({ name }, i) => ({ name, url: `/__model/${i}` }));
  return page.evaluate(async (asked) => {
    const door: EvaluateDoor | undefined = window.lintelEvaluate;
    const started = await door?.start({ task: 'objects', backend: 'wasm', sizePx: 'auto', minScore: 0.5, modelFiles: asked });
    return { started, result: started?.ok ? await door?.detect('/picture.png') : null };
  }, modelFiles);
}

for (const [format, given] of Object.entries(files)) {
  test(`a model of one's own as ${format} runs under the policy of the app, from its origin alone`, async ({ page, baseURL }) => {
    const complaints: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    const strangers: string[] = [];
    page.on('request', (request) => {
      if (!request.url().startsWith(baseURL ?? 'never') && !/^(blob|data):/u.test(request.url())) strangers.push(request.url());
    });
    const { started, result } = await run(page, given);
    expect(started).toMatchObject({ ok: true, value: { report: { backend: 'wasm', host: 'worker' } } });
    expect(started?.ok && started.value.assumed).toEqual(expect.arrayContaining(['head (likeliest)', 'labels (numbered)', 'colour (family-custom)']));
    if (!result?.ok) throw new Error(JSON.stringify(result));
    expect(result.value.faults).toEqual([]);
    expect(result.value.objects).toHaveLength(1);
    // 16 pixels of the input about (20, 12): in 64ths of the picture, of which the input has 32.
    const { box, score } = result.value.objects[0]!;
    expect([box.x1, box.y1, box.x2, box.y2].map((value) => Math.round(value * side))).toEqual([12, 4, 28, 20]);
    expect(score).toBeGreaterThan(0.9);
    expect(complaints).toEqual([]);
    expect(strangers).toEqual([]);
  });
}

test('a model that is broken is refused with its reason, and the page goes on', async ({ page }) => {
  const [{ name, bytes }] = files['ONNX'] as readonly [NamedBytes];
  const { started } = await run(page, [{ name, bytes: bytes.slice(0, 700) }]);
  expect(started).toMatchObject({ ok: false, failure: { code: 'onnx-invalid' } });
});
