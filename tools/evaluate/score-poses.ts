import type { PoseImage, PosePair, PoseSummary, PredictedPoses } from '../../src/evaluation/index.ts';
import { evaluatePoses, pairFiles, readCocoPoses, readPosePredictions } from '../../src/evaluation/index.ts';
import { textOf } from './label-pairs.ts';
import { aboutImages } from './labelled-pairs.ts';
import { say } from './progress.ts';
import { WorkError } from './work-error.ts';

/** COCO's numbers for key points and what they were counted on. */
export interface PoseScore extends PoseSummary {
  readonly images: number;
  /** Persons with marked points, crowds not counted. */
  readonly gt: number;
  readonly detections: number;
}

/** Throws WorkError when the labels or the predictions cannot be read or do not belong together. */
export async function scorePoses(labelsPath: string, predictionsPath: string): Promise<PoseScore> {
  const predictions = readPosePredictions(await textOf(predictionsPath));
  if (!predictions.ok) throw new WorkError(predictions.failure.code, `${predictionsPath}: ${predictions.failure.detail}`);
  return poseScore(posePairs(await readPoseLabels(labelsPath), predictions.value, labelsPath));
}

export async function readPoseLabels(path: string): Promise<readonly PoseImage[]> {
  const labels = readCocoPoses(await textOf(path));
  if (!labels.ok) throw new WorkError(labels.failure.code, `${path}: ${labels.failure.detail}`);
  return labels.value;
}

/** A labelled image that was not predicted counts: nobody was found in it. */
export function posePairs(labels: readonly PoseImage[], predicted: readonly PredictedPoses[], labelsPath: string): readonly PosePair[] {
  const { pairs, unpredicted, unlabelled } = pairFiles(labels, predicted);
  if (unpredicted.length === pairs.length) throw new WorkError('no-common-image', `no image of ${labelsPath} is in the predictions`);
  const warnings = [...aboutImages(unpredicted, 'labelled but not predicted, counted as empty'), ...aboutImages(unlabelled, 'predicted but not labelled, not counted')];
  for (const warning of warnings) say(`warning: ${warning}`);
  return pairs.map((pair) => ({ truths: pair.labelled.truths, found: pair.predicted?.found ?? [] }));
}

export function poseScore(pairs: readonly PosePair[]): PoseScore {
  return {
    ...evaluatePoses(pairs),
    images: pairs.length,
    gt: pairs.reduce((sum, { truths }) => sum + truths.filter((t) => !t.crowd && t.points.some((point) => point !== null)).length, 0),
    detections: pairs.reduce((sum, { found }) => sum + found.length, 0),
  };
}
