import { readFile, stat } from 'node:fs/promises';
import { messageOf } from '../../src/base/index.ts';
import type { ImagePair, PredictedSet } from '../../src/evaluation/index.ts';
import { cocoPairs } from './coco-pairs.ts';
import { say } from './progress.ts';
import { WorkError } from './work-error.ts';
import { yoloPairs } from './yolo-pairs.ts';

/**
 * Puts predictions to their labels: a COCO file or a folder of YOLO text files. What does not fit together is told on
 * stderr. Throws WorkError when the labels cannot be read or have no image in common with the predictions.
 */
export async function labelPairs(labelsPath: string, predictions: PredictedSet): Promise<readonly ImagePair[]> {
  const { pairs, warnings } = (await isFolder(labelsPath))
    ? await yoloPairs(labelsPath, predictions.images)
    : cocoPairs(await textOf(labelsPath), labelsPath, predictions);
  for (const warning of warnings) say(`warning: ${warning}`);
  return pairs;
}

/** Throws WorkError when there is nothing at the path. */
export function isFolder(path: string): Promise<boolean> {
  return reading(path, async () => (await stat(path)).isDirectory());
}

/** The text of a file. Throws WorkError when it cannot be read. */
export function textOf(path: string): Promise<string> {
  return reading(path, () => readFile(path, 'utf8'));
}

async function reading<T>(path: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (thrown) {
    throw new WorkError('unreadable-file', `${path}: ${messageOf(thrown)}`);
  }
}
