import type { CocoSummary, ImagePair, ScoredBox } from '../../../evaluation/index.ts';
import { evaluateDetections, summarize } from '../../../evaluation/index.ts';
import { unitToPx } from '../../../geometry/index.ts';
import type { FrameResult } from '../../../pipeline/index.ts';
import type { ClassMap } from './class-map.ts';
import type { PictureLabels } from './labelled-pictures.ts';

/** How one model did on the pictures so far. */
export interface Tally {
  /** Time of each picture, in milliseconds; on a stream, of the last ones. */
  readonly timesMs: readonly number[];
  readonly pictures: number;
  /** In all pictures together. */
  readonly boxes: number;
  /** The pictures that carry labels. */
  readonly pairs: readonly ImagePair[];
}

export const emptyTally: Tally = { timesMs: [], pictures: 0, boxes: 0, pairs: [] };

/** A stream has no end: of more pictures than these, the times of the oldest are forgotten. */
const mostTimes = 10_000;

export function counted(tally: Tally, result: FrameResult, labels: PictureLabels | null, map: ClassMap): Tally {
  const seen = {
    timesMs: [...tally.timesMs, result.timings.totalMs].slice(-mostTimes),
    pictures: tally.pictures + 1,
    boxes: tally.boxes + result.objects.length + result.faces.length,
  };
  if (!labels) return { ...seen, pairs: tally.pairs };
  return { ...seen, pairs: [...tally.pairs, { truths: labels.truths, detections: scoredBoxes(result, labels, map) }] };
}

/** Median time of a picture; null before the first. */
export function medianMs({ timesMs }: Tally): number | null {
  const sorted = [...timesMs].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const [low, high] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  return low === undefined || high === undefined ? null : (low + high) / 2;
}

/** Mean number of boxes in a picture; null before the first. */
export function meanBoxes({ boxes, pictures }: Tally): number | null {
  return pictures === 0 ? null : boxes / pictures;
}

/** COCO's numbers; null while no picture carries labels. */
export function summaryOf({ pairs }: Tally): CocoSummary | null {
  return pairs.length === 0 ? null : summarize(evaluateDetections(pairs));
}

/** Boxes in pixels of the labelled picture, those of classes that the labels know. Faces are class 0. */
function scoredBoxes({ objects, faces }: FrameResult, { size }: PictureLabels, map: ClassMap): readonly ScoredBox[] {
  const named = objects.flatMap(({ classId, label, score, box }) => {
    const mapped = map(classId, label);
    return mapped === null ? [] : [{ classId: mapped, score, boxPx: unitToPx(box, size) }];
  });
  return [...named, ...faces.map(({ score, box }) => ({ classId: 0, score, boxPx: unitToPx(box, size) }))];
}
