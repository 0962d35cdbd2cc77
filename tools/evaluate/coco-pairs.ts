import type { PredictedSet } from '../../src/evaluation/index.ts';
import { pairByFile, readCoco } from '../../src/evaluation/index.ts';
import type { LabelledPairs } from './labelled-pairs.ts';
import { aboutImages } from './labelled-pairs.ts';
import { WorkError } from './work-error.ts';

/** Puts predictions to COCO labels by file name. A labelled image that was not predicted counts: nothing was found in it. */
export function cocoPairs(labelsText: string, path: string, predictions: PredictedSet): LabelledPairs {
  const labels = readCoco(labelsText);
  if (!labels.ok) throw new WorkError(labels.failure.code, `${path}: ${labels.failure.detail}`);
  const { images, classNames } = labels.value;
  const { pairs, unpredicted, unlabelled } = pairByFile(images, predictions.images);
  if (unpredicted.length === pairs.length) throw new WorkError('no-common-image', `no image of ${path} is in the predictions`);
  const misnamed = [...predictions.labels].filter(([classId, label]) => classNames[classId] !== label);
  return {
    pairs,
    warnings: [
      ...aboutImages(unpredicted, 'labelled but not predicted, counted as empty'),
      ...aboutImages(unlabelled, 'predicted but not labelled, not counted'),
      ...misnamed.map(([classId, label]) => `class ${classId} is "${label}" in the predictions and "${classNames[classId] ?? 'nothing'}" in the labels`),
    ],
  };
}
