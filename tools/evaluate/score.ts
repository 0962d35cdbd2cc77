import { readFile, stat } from 'node:fs/promises';
import { messageOf } from '../../src/base/index.ts';
import type { CocoSummary, ImagePair } from '../../src/evaluation/index.ts';
import { evaluateDetections, readPredictions, summarize } from '../../src/evaluation/index.ts';
import { cocoPairs } from './coco-pairs.ts';
import type { ScoreCommand } from './command.ts';
import { say } from './progress.ts';
import { WorkError } from './work-error.ts';
import { yoloPairs } from './yolo-pairs.ts';

export interface Score extends CocoSummary {
  readonly images: number;
  /** Marked objects, crowds not counted. */
  readonly gt: number;
  readonly detections: number;
}

/**
 * Scores a file of predictions against labels; what does not fit together is told on stderr. Throws WorkError when
 * either cannot be read or they have no image in common.
 */
export async function score({ labelsPath, predictionsPath }: ScoreCommand): Promise<Score> {
  const predictions = readPredictions(await reading(predictionsPath, () => readFile(predictionsPath, 'utf8')));
  if (!predictions.ok) throw new WorkError(predictions.failure.code, `${predictionsPath}: ${predictions.failure.detail}`);
  const isFolder = await reading(labelsPath, async () => (await stat(labelsPath)).isDirectory());
  const { pairs, warnings } = isFolder
    ? await yoloPairs(labelsPath, predictions.value.images)
    : cocoPairs(await reading(labelsPath, () => readFile(labelsPath, 'utf8')), labelsPath, predictions.value);
  for (const warning of warnings) say(`warning: ${warning}`);
  return scoreOf(pairs);
}

/** The twelve numbers and what they were counted on. */
export function scoreOf(pairs: readonly ImagePair[]): Score {
  return {
    ...summarize(evaluateDetections(pairs)),
    images: pairs.length,
    gt: pairs.reduce((sum, { truths }) => sum + truths.filter((t) => !t.crowd).length, 0),
    detections: pairs.reduce((sum, { detections }) => sum + detections.length, 0),
  };
}

async function reading<T>(path: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (thrown) {
    throw new WorkError('unreadable-file', `${path}: ${messageOf(thrown)}`);
  }
}
