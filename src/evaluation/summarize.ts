import type { ClassScore } from './accumulate.ts';
import type { SliceName } from './coco-protocol.ts';
import type { ClassEvaluation } from './evaluate-detections.ts';

/** COCO's twelve numbers, each 0..1, or -1 where there is nothing to measure. */
export interface CocoSummary {
  /** Average precision over IoU 0.50 to 0.95. */
  readonly AP: number;
  readonly AP50: number;
  readonly AP75: number;
  /** Small objects: up to 32x32 px. */
  readonly APs: number;
  /** Medium objects: 32x32 to 96x96 px. */
  readonly APm: number;
  /** Large objects: from 96x96 px. */
  readonly APl: number;
  /** Average recall with one detection per image and class. */
  readonly AR1: number;
  readonly AR10: number;
  readonly AR100: number;
  readonly ARs: number;
  readonly ARm: number;
  readonly ARl: number;
}

/** Position of 0.50 and 0.75 in the list of IoU thresholds. */
const at50 = 0;
const at75 = 5;

/** The mean over the classes that can be measured in each slice. */
export function summarize(classes: readonly ClassEvaluation[]): CocoSummary {
  const precision = (slice: SliceName, threshold?: number): number =>
    meanOr(classes.flatMap((c) => pick(c.slices[slice], threshold)).flatMap((score) => score.precision));
  const recall = (slice: SliceName): number =>
    meanOr(classes.flatMap((c) => pick(c.slices[slice])).map((score) => score.recall));
  return {
    AP: precision('all100'),
    AP50: precision('all100', at50),
    AP75: precision('all100', at75),
    APs: precision('small100'),
    APm: precision('medium100'),
    APl: precision('large100'),
    AR1: recall('all1'),
    AR10: recall('all10'),
    AR100: recall('all100'),
    ARs: recall('small100'),
    ARm: recall('medium100'),
    ARl: recall('large100'),
  };
}

function pick(scores: readonly ClassScore[] | null, threshold?: number): readonly ClassScore[] {
  if (!scores) return [];
  return threshold === undefined ? scores : scores.slice(threshold, threshold + 1);
}

function meanOr(values: readonly number[]): number {
  if (values.length === 0) return -1;
  return values.reduce((sum, v) => sum + v, 0) / values.length;
}
