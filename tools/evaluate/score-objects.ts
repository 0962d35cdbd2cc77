import type { CocoSummary, ImagePair } from '../../src/evaluation/index.ts';
import { evaluateDetections, readPredictions, summarize } from '../../src/evaluation/index.ts';
import { labelPairs, textOf } from './label-pairs.ts';
import { WorkError } from './work-error.ts';

/** The twelve numbers and what they were counted on. */
export interface ObjectScore extends CocoSummary {
  readonly images: number;
  /** Marked objects, crowds not counted. */
  readonly gt: number;
  readonly detections: number;
}

/** Scores a file of predictions against labels. Throws WorkError when either cannot be read or they do not belong together. */
export async function scoreObjects(labelsPath: string, predictionsPath: string): Promise<ObjectScore> {
  const predictions = readPredictions(await textOf(predictionsPath));
  if (!predictions.ok) throw new WorkError(predictions.failure.code, `${predictionsPath}: ${predictions.failure.detail}`);
  return scoreOf(await labelPairs(labelsPath, predictions.value));
}

function scoreOf(pairs: readonly ImagePair[]): ObjectScore {
  return {
    ...summarize(evaluateDetections(pairs)),
    images: pairs.length,
    gt: pairs.reduce((sum, { truths }) => sum + truths.filter((t) => !t.crowd).length, 0),
    detections: pairs.reduce((sum, { detections }) => sum + detections.length, 0),
  };
}
