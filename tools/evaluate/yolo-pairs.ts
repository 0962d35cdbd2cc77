import { readdir, readFile } from 'node:fs/promises';
import { join, posix } from 'node:path';
import type { Size } from '../../src/geometry/index.ts';
import type { ImagePair, PredictedImage, TruthBox } from '../../src/evaluation/index.ts';
import { readYoloTxt } from '../../src/evaluation/index.ts';
import type { LabelledPairs } from './labelled-pairs.ts';
import { aboutImages } from './labelled-pairs.ts';
import { WorkError } from './work-error.ts';

/** Stands beside the labels of many sets and holds class names. */
const namesFile = 'classes.txt';

/**
 * Puts predictions to a folder of YOLO label files: `photo.jpg` belongs to `photo.txt`, and a predicted image without
 * a label file holds nothing. Labels are scaled by the size in the predictions, so an image that was not predicted or
 * not readable cannot count.
 */
export async function yoloPairs(folder: string, predicted: readonly PredictedImage[]): Promise<LabelledPairs> {
  const labelFiles = new Set((await readdir(folder)).filter((name) => name.endsWith('.txt') && name !== namesFile));
  const readable = predicted.flatMap(({ file, size, detections }) => (size ? [{ file, size, detections }] : []));
  const used = readable.map(({ file }) => labelFileOf(file)).filter((name) => labelFiles.has(name));
  if (used.length === 0) throw new WorkError('no-common-image', `${folder} holds no label file of a predicted image`);
  const pairs: ImagePair[] = [];
  for (const { file, size, detections } of readable) {
    const name = labelFileOf(file);
    pairs.push({ truths: labelFiles.has(name) ? await truthsIn(join(folder, name), size) : [], detections });
  }
  const unpredicted = [...labelFiles].filter((name) => !used.includes(name));
  return {
    pairs,
    warnings: [
      ...aboutImages(unpredicted, 'labelled but not predicted or not readable, not counted'),
      ...aboutImages(readable.map(({ file }) => file).filter((file) => !labelFiles.has(labelFileOf(file))), 'without a label file, taken as empty'),
    ],
  };
}

function labelFileOf(imageFile: string): string {
  return `${posix.parse(imageFile).name}.txt`;
}

async function truthsIn(path: string, size: Size): Promise<readonly TruthBox[]> {
  const truths = readYoloTxt(await readFile(path, 'utf8'), size, path);
  if (!truths.ok) throw new WorkError(truths.failure.code, truths.failure.detail);
  return truths.value;
}
