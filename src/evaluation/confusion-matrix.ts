import { bestFirst } from './best-first.ts';
import { overlap } from './overlap.ts';
import type { ImagePair, ScoredBox, TruthBox } from './types.ts';

export interface ConfusionOptions {
  /** Number of classes; ids are 0 .. classCount - 1. */
  readonly classCount: number;
  /** Least overlap of a pair, 0..1. */
  readonly iouThreshold: number;
  /** Detections below this score do not take part. */
  readonly minScore: number;
}

/**
 * What was taken for what. `counts[t][d]` says how often a thing of class t was found as class d; row `classCount`
 * are detections of nothing, column `classCount` are things that were missed.
 *
 * Over all classes at once, best score first, each detection takes the free thing that it overlaps most, of equals
 * one of its own class. A detection without a thing that lies in a crowd is left out, and so are crowds.
 * Throws RangeError for a class id outside of the matrix: that is a bug of the caller.
 */
export function confusionMatrix(images: readonly ImagePair[], options: ConfusionOptions): readonly (readonly number[])[] {
  const { classCount } = options;
  const side = classCount + 1;
  const counts = new Int32Array(side * side);
  const add = (truthClass: number, foundClass: number): void => {
    if (!isIndex(truthClass, side) || !isIndex(foundClass, side)) throw new RangeError(`class outside of 0..${classCount - 1}`);
    const cell = truthClass * side + foundClass;
    counts[cell] = (counts[cell] ?? 0) + 1;
  };
  for (const image of images) countImage(image, options, add);
  return Array.from({ length: side }, (_, row) => [...counts.subarray(row * side, (row + 1) * side)]);
}

function countImage(
  { truths, detections }: ImagePair,
  { classCount, iouThreshold, minScore }: ConfusionOptions,
  add: (truthClass: number, foundClass: number) => void,
): void {
  const free = new Set(truths.filter((t) => !t.crowd));
  const crowds = truths.filter((t) => t.crowd);
  for (const detection of bestFirst(detections.filter((d) => d.score >= minScore))) {
    const truth = closest(detection, free, iouThreshold);
    if (truth) {
      free.delete(truth);
      add(truth.classId, detection.classId);
    } else if (!crowds.some((c) => overlap(detection.boxPx, c) >= iouThreshold)) {
      add(classCount, detection.classId);
    }
  }
  for (const missed of free) add(missed.classId, classCount);
}

function closest(detection: ScoredBox, free: Iterable<TruthBox>, iouThreshold: number): TruthBox | null {
  let best: TruthBox | null = null;
  let most = 0;
  for (const truth of free) {
    const value = overlap(detection.boxPx, truth);
    if (value < iouThreshold || value < most) continue;
    const ownClass = truth.classId === detection.classId && best?.classId !== detection.classId;
    if (best && value === most && !ownClass) continue;
    best = truth;
    most = value;
  }
  return best;
}

function isIndex(value: number, length: number): boolean {
  return Number.isInteger(value) && value >= 0 && value < length;
}
