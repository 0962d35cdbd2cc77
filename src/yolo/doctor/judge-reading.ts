import type { Affine, BoxXyxy, Size } from '../../geometry/index.ts';
import { applyToBox, iou } from '../../geometry/index.ts';

/** What a reading found in a picture of the trial. */
export interface FoundBox {
  readonly classId: number;
  readonly score: number;
  /** In pixels of the picture. */
  readonly boxPx: BoxXyxy;
}

/** What one reading made of a picture. */
export interface ReadingOutcome {
  /** Boxes after suppression, at most `mostCounted`. Null when the outputs are not finite numbers. */
  readonly boxes: number | null;
  /** 0..1: how much the boxes look like an answer. 0 without boxes. */
  readonly plausibility: number;
}

/** The boxes in the picture, and those in the same picture moved and mirrored. */
export interface TwoLooks {
  readonly found: readonly FoundBox[];
  readonly again: readonly FoundBox[];
  readonly size: Size;
  /** From the picture to the moved one. */
  readonly moved: Affine;
}

/** More boxes are counted as these. */
export const mostCounted = 100;

const bestLooked = 5;
/** So many boxes may stand in one picture without suspicion; a picture has more rarely, a wrong reading nearly always. */
const fewBoxes = 20;
const sameThing = 0.5;
const leastPlausible = 0.25;
/** A less likely reading must do so much better than a likelier one. */
const clearly = 1.5;

/**
 * How much boxes look like the answer of a detector, 0..1: the mean score of the best five, those that are not sensible or
 * not seen again counted as 0, times the share of sensible ones among all, less for more than twenty. Sensible is a score
 * of at most 1, a centre inside of the picture, and sides between a fiftieth and a little more than the picture's. Seen
 * again is a box of the class that overlaps by half where the moved picture should have it: numbers that are not boxes do
 * not mirror and shrink with the picture.
 */
export function plausibilityOf({ found, again, size, moved }: TwoLooks): number {
  if (found.length === 0 || found.length >= mostCounted) return 0;
  const sensible = found.filter((box) => isSensible(box, size));
  const best = [...sensible].sort((a, b) => b.score - a.score).slice(0, bestLooked);
  const believed = best.filter(({ classId, boxPx }) => {
    const expected = applyToBox(moved, boxPx);
    return again.some((other) => other.classId === classId && iou(other.boxPx, expected) >= sameThing);
  });
  const mean = believed.reduce((sum, { score }) => sum + score, 0) / Math.max(1, best.length);
  return mean * (sensible.length / found.length) * Math.min(1, fewBoxes / found.length);
}

/** Share of the boxes that are sensible, 0..1: see `plausibilityOf`. 1 without boxes. */
export function sensibleShare(found: readonly Pick<FoundBox, 'score' | 'boxPx'>[], size: Size): number {
  return found.length === 0 ? 1 : found.filter((box) => isSensible(box, size)).length / found.length;
}

/**
 * The reading to take: the likeliest of those that do about as well as the best. Null when none gives an answer.
 *
 * @param outcomes in the order of likelihood
 */
export function bestReading(outcomes: readonly ReadingOutcome[]): number | null {
  const best = Math.max(0, ...outcomes.map(({ plausibility }) => plausibility));
  if (best < leastPlausible) return null;
  return outcomes.findIndex(({ plausibility }) => plausibility * clearly >= best);
}

function isSensible({ score, boxPx: { x1, y1, x2, y2 } }: Pick<FoundBox, 'score' | 'boxPx'>, { width, height }: Size): boolean {
  const [w, h, cx, cy] = [x2 - x1, y2 - y1, (x1 + x2) / 2, (y1 + y2) / 2];
  const isInside = cx >= 0 && cy >= 0 && cx <= width && cy <= height;
  return score <= 1.001 && isInside && w >= width / 50 && h >= height / 50 && w <= width * 1.1 && h <= height * 1.1;
}
