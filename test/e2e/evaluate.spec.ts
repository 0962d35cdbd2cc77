import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import type { EvaluateDoor } from '../../src/ui/evaluate-door.ts';
import type { PredictionFile } from '../../tools/evaluate/prediction.ts';
import { strictTest as test } from '../support/strict-test.ts';

const photos = 'node_modules/@vladmandic/face-api/demo';

let folder: string;
test.beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lintel-predict-'));
});
test.afterEach(() => rm(folder, { recursive: true }));

interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

function evaluate(...args: readonly string[]): Promise<Ran> {
  return new Promise((resolve) => {
    execFile(process.execPath, ['--import', 'tsx', 'tools/evaluate/main.ts', ...args], (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr });
    });
  });
}

async function written(path: string): Promise<PredictionFile> {
  return JSON.parse(await readFile(path, 'utf8')) as PredictionFile;
}

test('predict names the persons of a photo, in pixels of the upright image', async () => {
  const out = join(folder, 'out.json');
  const ran = await evaluate('predict', '--task', 'objects', '--images', join(photos, 'sample1.jpg'), '--backend', 'wasm', '--size', '512', '--out', out);
  expect(ran.stderr).toContain('[1/1] sample1.jpg');
  expect(ran).toMatchObject({ code: 0, stdout: '' });

  const { task, model, backend, images } = await written(out);
  expect({ task, model, backend }).toEqual({ task: 'objects', model: 'objects-centernet', backend: 'wasm' });
  const image = images[0];
  expect(image).toMatchObject({ file: 'sample1.jpg', width: 1920, height: 1280, faces: [], poses: [] });
  const persons = image?.objects.filter((object) => object.label === 'person') ?? [];
  expect(persons.length).toBeGreaterThanOrEqual(3);
  for (const { classId, box: [x1, y1, x2, y2] } of persons) {
    expect(classId).toBe(0);
    expect(x1).toBeGreaterThanOrEqual(0);
    expect(y1).toBeGreaterThanOrEqual(0);
    expect(x2 - x1).toBeGreaterThan(100);
    expect(x2).toBeLessThanOrEqual(1920);
    expect(y2).toBeLessThanOrEqual(1280);
  }
  const { preprocess, model: modelMs, postprocess, total } = image?.ms ?? { preprocess: 0, model: 0, postprocess: 0, total: 0 };
  expect(modelMs).toBeGreaterThan(0);
  expect(total).toBeGreaterThanOrEqual(preprocess + modelMs + postprocess - 1);
});

test('predict goes on after bad files and says what is wrong with each', async () => {
  const photo = await readFile(join(photos, 'sample1.jpg'));
  await copyFile(join(photos, 'sample1.jpg'), join(folder, 'good.jpg'));
  await writeFile(join(folder, 'cut.jpg'), photo.subarray(0, 5000));
  await writeFile(join(folder, 'text.png'), 'not an image');
  const out = join(folder, 'out.json');
  const ran = await evaluate('predict', '--task', 'faces', '--images', folder, '--backend', 'wasm', '--size', '416', '--out', out);
  expect(ran.code).toBe(0);
  expect(ran.stderr).toContain('text.png: not-an-image');

  const { images } = await written(out);
  expect(images.map((image) => [image.file, image.error?.code ?? null, image.faces.length > 0])).toEqual([
    ['cut.jpg', 'not-an-image', false],
    ['good.jpg', null, true],
    ['text.png', 'not-an-image', false],
  ]);
});

test('predict ends with 1 and writes nothing when not one image can be read', async () => {
  await writeFile(join(folder, 'text.png'), 'not an image');
  const out = join(folder, 'out.json');
  const ran = await evaluate('predict', '--task', 'faces', '--images', folder, '--backend', 'wasm', '--out', out);
  expect(ran).toMatchObject({ code: 1, stdout: '' });
  expect(ran.stderr).toContain('nothing-read');
  expect(existsSync(out)).toBe(false);
});

test('the evaluation page keeps to the policy of the app and to its origin', async ({ page, baseURL }) => {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  const strangers: string[] = [];
  page.on('request', (request) => {
    if (!request.url().startsWith(baseURL ?? 'never') && !/^(blob|data):/u.test(request.url())) strangers.push(request.url());
  });
  await page.route('**/photo.jpg', (route) => route.fulfill({ path: join(photos, 'sample6.jpg') }));
  await page.goto('/evaluate.html');
  const seen = await page.evaluate(async () => {
    const door: EvaluateDoor | undefined = window.lintelEvaluate;
    const started = await door?.start({ task: 'faces', backend: 'wasm', sizePx: 416, minScore: null, modelFiles: [] });
    const again = await door?.start({ task: 'faces', backend: 'wasm', sizePx: 416, minScore: null, modelFiles: [] });
    return { started, again, result: await door?.detect('/photo.jpg') };
  });
  expect(seen.started).toMatchObject({ ok: true, value: { modelId: 'faces-tiny-yolov2', report: { backend: 'wasm', host: 'worker' } } });
  expect(seen.again).toMatchObject({ ok: false, failure: { code: 'already-started' } });
  expect(seen.result).toMatchObject({ ok: true, value: { size: { width: 1920, height: 1537 } } });
  expect(seen.result?.ok && seen.result.value.faces.length).toBeGreaterThanOrEqual(4);
  expect(complaints).toEqual([]);
  expect(strangers).toEqual([]);
});
