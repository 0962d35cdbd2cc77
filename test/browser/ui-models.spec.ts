import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from '@playwright/test';
import type axe from 'axe-core';
import { madeOnnx } from '../support/made-onnx.ts';
import { photoPath } from '../support/photos.ts';
import type {} from '../../src/ui/app/lintel-app.ts';
import { openApp, openLiveOnWasm } from './ui-app.ts';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface GivenFile {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

const file = (name: string, bytes: Uint8Array | string): GivenFile => ({ name, mimeType: '', buffer: Buffer.from(bytes) });

/** Raw YOLOX cells without any look at the picture: a sure box of one class in the middle of each of 16 cells. */
const network = madeOnnx({ input: [1, 3, 32, 32], output: [1, 6, 4, 4], bias: [0.5, 0.5, 0, 0, 4, 4], weights: new Float32Array(6 * 3 * 64) });
const goodFiles: readonly GivenFile[] = [file('darts.onnx', network), file('darts.names', 'dart\n')];

async function give(page: Page, files: readonly GivenFile[]): Promise<void> {
  await page.locator('lintel-add-model input.files').setInputFiles([...files]);
}

async function keepDarts(page: Page): Promise<void> {
  await openApp(page, '/models');
  await give(page, goodFiles);
  await page.getByLabel('Kind of detector', { exact: true }).selectOption({ label: 'YOLOX: raw cells (1)' });
  await expect(page.getByText(/^It runs/)).toBeVisible({ timeout: 60_000 });
  await page.getByRole('button', { name: 'Keep this model' }).click();
  await expect(page.getByRole('heading', { name: 'darts' })).toBeVisible();
  expect(await violations(page)).toEqual([]);
}

async function violations(page: Page): Promise<unknown> {
  await page.evaluate(axeSource);
  return page.evaluate(async () => {
    const { axe: run } = globalThis as unknown as { axe: typeof axe };
    return (await run.run(document)).violations.map(({ id, nodes }) => ({ id, targets: nodes.map((node) => node.html.slice(0, 160)) }));
  });
}

test('a good file is examined, tried, corrected, kept, used for live, renamed and removed', async ({ page }) => {
  await openLiveOnWasm(page);
  await openApp(page, '/models');
  await give(page, goodFiles);
  await expect(page.getByRole('heading', { level: 1, name: 'Model doctor' })).toBeFocused();
  const findings = page.locator('lintel-findings');
  await expect(findings.getByText('ONNX', { exact: true })).toBeVisible({ timeout: 30_000 });
  await expect(findings.getByText('32 × 32 px')).toBeVisible();
  await expect(findings.getByText('1: dart')).toBeVisible();
  await expect(findings.getByText('Assumed: the likeliest reading')).toBeVisible();
  await expect(page.getByText(/^It runs/)).toBeVisible({ timeout: 60_000 });

  await page.getByLabel('Kind of detector', { exact: true }).selectOption({ label: 'YOLOX: raw cells (1)' });
  await page.getByLabel('Scores', { exact: true }).selectOption('needed');
  await expect(page.getByText('dart × 16')).toBeVisible({ timeout: 60_000 });
  await page.getByLabel('Order of colours', { exact: true }).selectOption('rgb');
  await expect(page.locator('lintel-findings').getByText('Assumed: usual for this kind')).toHaveCount(2, { timeout: 60_000 });
  await expect(page.getByLabel('Scores', { exact: true })).toHaveValue('needed');
  await page.locator('lintel-trial input').setInputFiles(photoPath('sample1.jpg'));
  await expect(page.getByText('dart × 16')).toBeVisible({ timeout: 60_000 });
  expect(await violations(page)).toEqual([]);
  await page.getByLabel('Name', { exact: true }).fill('Darts');
  await page.getByRole('button', { name: 'Keep this model' }).click();

  await expect(page.getByRole('heading', { level: 1, name: 'Models' })).toBeFocused();
  await page.getByRole('button', { name: 'Use for live: Darts' }).click();
  const card = page.locator('lintel-model-card').filter({ hasText: 'Darts' });
  await expect(card.getByText('In use')).toBeVisible();
  await page.reload();
  await expect(card.getByText('In use')).toBeVisible();
  await page.getByRole('link', { name: 'Camera' }).click();
  const result = page.evaluate(
    () =>
      new Promise<readonly string[]>((resolve) =>
        document.addEventListener('frame-result', (event) => resolve((event as CustomEvent<{ objects: { label: string }[] }>).detail.objects.map(({ label }) => label))),
      ),
  );
  await page.locator('lintel-welcome input').setInputFiles(photoPath('sample1.jpg'));
  expect(new Set(await result)).toEqual(new Set(['dart']));

  await openApp(page, '/models');
  await page.getByRole('button', { name: 'Rename: Darts' }).click();
  await page.getByLabel('New name').fill('Bull’s eyes');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Bull’s eyes' })).toBeVisible();
  await page.getByRole('button', { name: 'Remove: Bull’s eyes' }).click();
  await page.getByRole('button', { name: 'Remove', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Bull’s eyes' })).toHaveCount(0);
  await expect(page.locator('lintel-model-card').getByText('In use')).toHaveCount(2);
});

for (const [name, files, title] of [
  ['a file cut short', [file('darts.onnx', network.subarray(0, 500))], 'The ONNX file does not run'],
  ['no model', [file('notes.txt', 'hello')], 'No model among these files'],
  ['a .cfg alone', [file('tiny.cfg', '[net]\nwidth=32\nheight=32\nchannels=3\n')], 'A part of the model is missing'],
  ['outputs of no detector', [file('odd.onnx', madeOnnx({ input: [1, 3, 32, 32], output: [1, 6, 3, 5], bias: [0, 0, 0, 0, 0, 0], weights: new Float32Array(6 * 3 * 64) }))], 'The outputs are those of no known detector'],
] as const) {
  test(`${name}: said in words, nothing kept, another try possible`, async ({ page }) => {
    await openApp(page, '/models');
    await give(page, files);
    await expect(page.getByRole('heading', { name: title })).toBeVisible({ timeout: 30_000 });
    await expect(page.getByText(/Nothing was kept\./)).toBeVisible();
    expect(await violations(page)).toEqual([]);
    await give(page, goodFiles);
    await expect(page.getByText('What was found')).toBeVisible({ timeout: 30_000 });
    await page.getByRole('link', { name: 'Do not keep' }).click();
    await expect(page.locator('lintel-model-card')).toHaveCount(2);
  });
}

test('an operation that is not known is named', async ({ page }) => {
  await openApp(page, '/models');
  await give(page, [file('odd.onnx', madeOnnx({ input: [1, 3, 32, 32], output: [1, 6, 4, 4], bias: [0, 0, 0, 0, 0, 0], weights: new Float32Array(6 * 3 * 64), operation: 'Teleport' }))]);
  await expect(page.getByText(/The operation “Teleport” is not known here\./)).toBeVisible({ timeout: 60_000 });
});

test('a damaged model is named, refused, and repaired by bringing it again', async ({ page }) => {
  await keepDarts(page);
  await page.evaluate(
    () =>
      new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open('lintel');
        opening.onerror = () => reject(opening.error ?? new Error('not opened'));
        opening.onsuccess = () => {
          const transaction = opening.result.transaction('imported-files', 'readwrite');
          const store = transaction.objectStore('imported-files');
          const keys = store.getAllKeys();
          keys.onsuccess = () => {
            for (const key of keys.result) store.put(Uint8Array.of(1, 2, 3), key);
          };
          transaction.oncomplete = () => {
            opening.result.close();
            resolve();
          };
        };
      }),
  );
  await page.getByRole('button', { name: 'Use for live: darts' }).click();
  await expect(page.getByText(/The file model\.onnx is damaged/)).toBeVisible();
  await keepDarts(page);
  await page.getByRole('button', { name: 'Use for live: darts' }).click();
  await expect(page.locator('lintel-model-card').filter({ hasText: 'darts' }).getByText('In use')).toBeVisible();
});

test('two models are compared on a picture, and by precision on labelled ones', { tag: '@long' }, async ({ page }) => {
  await keepDarts(page);
  await page.getByRole('link', { name: 'Compare two models' }).click();
  await page.getByLabel('First model').selectOption({ label: 'darts' });
  await page.getByLabel('Second model').selectOption({ label: 'Tiny YOLOv2 face detector' });
  await page.getByRole('button', { name: 'The picture above' }).click();
  await expect(page.getByRole('row', { name: /Median time/ })).toContainText('ms', { timeout: 90_000 });
  await expect(page.getByText('16 boxes in')).toBeVisible();
  expect(await violations(page)).toEqual([]);

  const photo = { name: 'group.jpg', mimeType: 'image/jpeg', buffer: readFileSync(photoPath('sample1.jpg')) };
  await page.locator('lintel-compare input.files').setInputFiles([photo, file('group.txt', '0 0.5 0.5 0.1 0.1\n')]);
  await expect(page.getByText('Pictures: 1, with labels: 1.')).toBeVisible({ timeout: 90_000 });
  await expect(page.getByRole('row', { name: /Precision \(AP\)/ })).toContainText('0%');
  await page.locator('lintel-compare input.files').setInputFiles([photo, file('group.json', '{"images": 3}')]);
  await expect(page.getByText('The labels cannot be read')).toBeVisible();
});

test('a network read in a wrong way: every reading is tried on the picture, the one that fits is taken and said so', async ({ page }) => {
  test.setTimeout(360_000);
  // Its name says that it chooses its boxes itself, in 0..1: a real network, misunderstood.
  const folder = join(import.meta.dirname, '../../node_modules/@vladmandic/human/models');
  await openApp(page, '/models');
  await give(page, [file('yolov10.json', readFileSync(join(folder, 'centernet.json'))), file('centernet.bin', readFileSync(join(folder, 'centernet.bin')))]);
  await expect(page.getByText(/^Trying \d+ ways to read this network/)).toBeVisible({ timeout: 120_000 });
  await expect(page.getByText('Chosen by the trial: CenterNet: scores and distances per cell')).toBeVisible({ timeout: 180_000 });
  await expect(page.getByLabel('Kind of detector', { exact: true })).toHaveValue(/\d/);
  await expect(page.locator('lintel-findings').getByText('Chosen by the trial on the picture').first()).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText(/stop sign/)).toBeVisible({ timeout: 60_000 });
  expect(await violations(page)).toEqual([]);

  // The person has the last word: what they take is theirs, and no longer the trial's.
  await page.getByText('What was tried').click();
  await page.getByRole('button', { name: /^Take this one: YOLOv10/ }).first().click();
  await expect(page.locator('lintel-findings').getByText('Chosen by the trial on the picture')).toHaveCount(0, { timeout: 60_000 });
});

test('a network without an answer: said in words, with what was tried and what to do', async ({ page }) => {
  test.setTimeout(240_000);
  await openApp(page, '/models');
  await give(page, goodFiles);
  // Its boxes look like boxes, but stay the same whatever it is shown.
  await page.getByRole('button', { name: 'Try other readings' }).click({ timeout: 90_000 });
  await expect(page.getByText('No reading of the outputs gives boxes on this drawing')).toBeVisible({ timeout: 180_000 });
  await page.getByText('What was tried').click();
  await expect(page.getByRole('button', { name: /^Take this one/ }).first()).toBeVisible();
  expect(await violations(page)).toEqual([]);
});

test('the doctor and the comparison have addresses: back and forward work, a reload stays', async ({ page }) => {
  await openApp(page, '/models');
  await give(page, goodFiles);
  await expect(page).toHaveURL(/\/models\/add$/);
  await expect(page).toHaveTitle('Model doctor · Lintel');
  await page.goBack();
  await expect(page.getByRole('heading', { level: 1, name: 'Models' })).toBeFocused();
  await page.goForward();
  await expect(page.getByText('What was found')).toBeVisible({ timeout: 60_000 });
  await page.reload();
  await expect(page.getByText('A page that is loaded again no longer has them.', { exact: false })).toBeVisible();
  await give(page, goodFiles);
  await expect(page.getByText('What was found')).toBeVisible({ timeout: 60_000 });
  await page.getByRole('link', { name: 'Do not keep' }).click();
  await page.getByRole('link', { name: 'Compare two models' }).click();
  await expect(page).toHaveURL(/\/models\/compare$/);
  await page.reload();
  await expect(page.getByRole('heading', { level: 1, name: 'Compare two models' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Models', exact: true })).toHaveAttribute('aria-current', 'page');
});

test('two models are compared on the running camera, frame by frame, and leave nothing behind', { tag: '@long' }, async ({ page }) => {
  test.setTimeout(300_000);
  await keepDarts(page);
  await openLiveOnWasm(page);
  await page.getByRole('button', { name: 'Start the camera' }).click();
  await expect(page.locator('lintel-live lintel-stage')).toBeVisible({ timeout: 60_000 });
  const goTo = (path: string) => page.evaluate((detail) => document.querySelector('lintel-app')?.dispatchEvent(new CustomEvent('lintel-navigate', { detail })), path);
  const held = () =>
    page.evaluate(async () => {
      const parts = document.querySelector('lintel-app')?.parts;
      const counts = (await parts?.workbench.counts()) ?? [];
      // Which of the engines is asked first is of no matter.
      const inOrder = (numbers: readonly number[]) => [...numbers].sort((a, b) => a - b);
      return { openFrames: parts?.workbench.ledger.openFrames, tensors: inOrder(counts.map(({ tensors }) => tensors)), buffers: inOrder(counts.map(({ dataBuffers }) => dataBuffers)) };
    });
  const framesDone = async () => Number(/by both: (\d+)/.exec((await page.locator('lintel-compare .card.row').textContent()) ?? '')?.[1] ?? 0);

  await goTo('/models/compare');
  await page.getByLabel('First model').selectOption({ label: 'darts' });
  await page.getByLabel('Second model').selectOption({ label: 'Tiny YOLOv2 face detector' });
  await page.getByRole('button', { name: 'The running camera' }).click();
  await expect.poll(framesDone, { timeout: 120_000 }).toBeGreaterThan(3);
  const early = await held();
  expect(early.tensors).toHaveLength(2);
  const before = await framesDone();
  await expect.poll(framesDone, { timeout: 120_000 }).toBeGreaterThan(before + 10);
  await page.getByRole('button', { name: 'Stop' }).click();
  await expect(page.getByText(/Both looked at the same \d+ of \d+ frames/)).toBeVisible();
  await expect(page.getByRole('row', { name: /Boxes in a picture/ }).getByRole('cell').first()).toHaveText('16');
  await expect.poll(held).toEqual({ ...early, openFrames: 0 });
  expect(await violations(page)).toEqual([]);
  await goTo('/models');
  await expect.poll(held).toEqual({ openFrames: 0, tensors: [], buffers: [] });
});

for (const [name, width] of [['320 px', 320], ['200 % zoom of a phone', 195]] as const) {
  test(`the list, the doctor and the comparison are not cut off at ${name}`, async ({ page }) => {
    await page.setViewportSize({ width, height: 640 });
    const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    await openApp(page, '/models');
    await expect(page.locator('lintel-model-card')).toHaveCount(2);
    expect(await overflow()).toBeLessThanOrEqual(0);
    await page.getByRole('link', { name: 'Compare two models' }).click();
    expect(await overflow()).toBeLessThanOrEqual(0);
    await page.getByRole('link', { name: 'All models' }).click();
    await give(page, goodFiles);
    await expect(page.getByText('What was found')).toBeVisible({ timeout: 30_000 });
    expect(await overflow()).toBeLessThanOrEqual(0);
  });
}
