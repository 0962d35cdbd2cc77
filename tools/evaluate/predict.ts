import { constants } from 'node:fs';
import { access, rename, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { Page } from 'playwright-core';
import type { Result } from '../../src/base/index.ts';
import { err, messageOf } from '../../src/base/index.ts';
import type { FrameResult } from '../../src/pipeline/index.ts';
import type { EvaluateRequest, EvaluateStart } from '../../src/ui/evaluate-door.ts';
import { appFolder, ensureBuiltApp } from './built-app.ts';
import type { PredictCommand } from './command.ts';
import { ImageDesk } from './image-desk.ts';
import type { ModelFile } from './model-desk.ts';
import { handInModel, readModelFiles } from './model-desk.ts';
import type { ImageToLookAt } from './given-boxes.ts';
import { withGivenBoxes } from './given-boxes.ts';
import { listImages } from './list-images.ts';
import { openPage } from './open-page.ts';
import type { ImagePrediction, PredictionFile } from './prediction.ts';
import { failedPrediction, predictionOf } from './prediction.ts';
import { Progress, say } from './progress.ts';
import { serveSite } from './serve-site.ts';
import { WorkError } from './work-error.ts';

/**
 * Runs the built app's pipeline over images and writes what it saw. A bad image is told on stderr, gets an `error` in
 * the output, and the rest goes on. Throws WorkError when nothing could be read or the pipeline does not start.
 */
export async function predict(command: PredictCommand): Promise<void> {
  await checkWritable(command.outPath);
  const images = await listImages(command.imagesPath);
  if (!images.ok) throw new WorkError(images.failure.code, images.failure.detail);
  const toLookAt = command.boxesPath === null ? images.value.map((image) => ({ ...image, boxesPx: null })) : await withGivenBoxes(images.value, command.task, command.boxesPath);
  const modelFiles = await readModelFiles(command.modelFiles);
  await ensureBuiltApp();
  const site = await serveSite(appFolder);
  try {
    const browser = await openPage(`${site.origin}/evaluate.html`, { softwareWebgl: command.backend === 'webgl' });
    try {
      await writeWhole(command.outPath, await predictAll(browser.page, command, modelFiles, toLookAt));
    } finally {
      await browser.close();
    }
  } finally {
    await site.close();
  }
}

async function predictAll(
  page: Page,
  { task, model, backend, sizePx, minScore }: PredictCommand,
  files: readonly ModelFile[],
  images: readonly ImageToLookAt[],
): Promise<PredictionFile> {
  const modelFiles = await handInModel(page, files);
  const { modelId, report, assumed } = await startPipeline(page, { task, model, backend, sizePx, minScore, modelFiles });
  for (const each of assumed) say(`assumed: ${each}`);
  say(`${modelId} on ${report.backend} (${report.threads} threads, SIMD ${report.simd ? 'on' : 'off'})`);
  const desk = await ImageDesk.open(page);
  const progress = new Progress(images.length);
  const predictions: ImagePrediction[] = [];
  for (const [index, { path, file, boxesPx }] of images.entries()) {
    const result = await detect(page, await desk.handIn(path), boxesPx);
    const prediction = result.ok ? predictionOf(file, result.value) : failedPrediction(file, result.failure);
    predictions.push(prediction);
    if (prediction.error) say(`${file}: ${prediction.error.code}: ${prediction.error.detail}`);
    progress.step(index + 1, file);
  }
  if (predictions.every((prediction) => prediction.error)) throw new WorkError('nothing-read', 'not one of the images could be looked at');
  return { task, model: modelId, backend: report.backend, images: predictions };
}

async function startPipeline(page: Page, request: EvaluateRequest): Promise<EvaluateStart> {
  const started = await page.evaluate(async (asked) => window.lintelEvaluate?.start(asked), request);
  if (!started) throw new WorkError('no-evaluation-page', 'the page offers no lintelEvaluate');
  if (!started.ok) throw new WorkError(started.failure.code, started.failure.detail);
  return started.value;
}

async function detect(page: Page, url: Result<string>, boxesPx: ImageToLookAt['boxesPx']): Promise<Result<FrameResult>> {
  if (!url.ok) return url;
  const result = await page.evaluate(async (asked) => window.lintelEvaluate?.detect(asked.address, asked.boxesPx), { address: url.value, boxesPx });
  return result ?? err('no-evaluation-page', 'the page offers no lintelEvaluate');
}

/** Found out before the work, not after it. */
async function checkWritable(path: string): Promise<void> {
  try {
    await access(dirname(resolve(path)), constants.W_OK);
  } catch (thrown) {
    throw new WorkError('cannot-write', `${path}: ${messageOf(thrown)}`);
  }
}

/** Never leaves half a file behind. */
async function writeWhole(path: string, content: PredictionFile): Promise<void> {
  const partPath = `${path}.part`;
  await writeFile(partPath, `${JSON.stringify(content)}\n`);
  await rename(partPath, path);
}
