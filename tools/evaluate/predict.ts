import { AppPage } from './app-page.ts';
import type { PredictCommand } from './command.ts';
import type { ImageToLookAt } from './given-boxes.ts';
import { withGivenBoxes } from './given-boxes.ts';
import { listImages } from './list-images.ts';
import type { ModelFile } from './model-desk.ts';
import { readModelFiles } from './model-desk.ts';
import type { ImagePrediction, PredictionFile } from './prediction.ts';
import { failedPrediction, predictionOf } from './prediction.ts';
import { Progress, say } from './progress.ts';
import { WorkError } from './work-error.ts';
import { checkWritable, writeWhole } from './write-whole.ts';

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
  const predictions = await AppPage.during(command.backend, (app) => predictAll(app, command, modelFiles, toLookAt));
  await writeWhole(command.outPath, predictions);
}

async function predictAll(app: AppPage, { task, model, backend, sizePx, minScore }: PredictCommand, files: readonly ModelFile[], images: readonly ImageToLookAt[]): Promise<PredictionFile> {
  const { modelId, report } = await app.start({ task, model, backend, sizePx, minScore }, files);
  const progress = new Progress(images.length);
  const predictions: ImagePrediction[] = [];
  for (const [index, { path, file, boxesPx }] of images.entries()) {
    const result = await app.look(path, boxesPx);
    const prediction = result.ok ? predictionOf(file, result.value) : failedPrediction(file, result.failure);
    predictions.push(prediction);
    if (prediction.error) say(`${file}: ${prediction.error.code}: ${prediction.error.detail}`);
    progress.step(index + 1, file);
  }
  if (predictions.every((prediction) => prediction.error)) throw new WorkError('nothing-read', 'not one of the images could be looked at');
  return { task, model: modelId, backend: report.backend, images: predictions };
}
