import type { BoxXyxy, Size } from '../../geometry/index.ts';

/** What a reading found in a picture of the trial. */
export interface FoundBox {
  readonly score: number;
  /** In pixels of the network input. */
  readonly boxPx: BoxXyxy;
}

/** What one reading made of a picture. */
export interface ReadingOutcome {
  /** Boxes after suppression; as many as are counted at most when they are everywhere. Null when the outputs cannot be read so. */
  readonly boxes: number | null;
  /** 0..1: how much the boxes look like an answer. 0 without boxes. */
  readonly plausibility: number;
}

/** More boxes are counted as these. */
export const mostCounted = 100;

const bestLooked = 5;
/** Up to here boxes may stand in one picture without suspicion; a picture has them rarely, a wrong reading nearly always. */
const fewBoxes = 20;
const leastPlausible = 0.25;
/** A less likely reading must do this much better than a likelier one. */
const clearly = 1.2;

/**
 * How much boxes look like the answer of a detector, 0..1: the mean score of the best five that are sensible, times the
 * share of sensible ones among all, less for more than twenty. Sensible is a score of at most 1, a centre inside of the
 * picture, and sides between a fiftieth and a little more than the picture's.
 */
export function plausibilityOf(boxes: readonly FoundBox[], input: Size): number {
  const sensible = boxes.filter((box) => isSensible(box, input));
  if (sensible.length === 0 || boxes.length >= mostCounted) return 0;
  const best = sensible.map(({ score }) => score).sort((a, b) => b - a).slice(0, bestLooked);
  const mean = best.reduce((sum, score) => sum + score, 0) / best.length;
  return mean * (sensible.length / boxes.length) * Math.min(1, fewBoxes / boxes.length);
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

function isSensible({ score, boxPx: { x1, y1, x2, y2 } }: FoundBox, { width, height }: Size): boolean {
  const [w, h, cx, cy] = [x2 - x1, y2 - y1, (x1 + x2) / 2, (y1 + y2) / 2];
  const isInside = cx >= 0 && cy >= 0 && cx <= width && cy <= height;
  return score <= 1.001 && isInside && w >= width / 50 && h >= height / 50 && w <= width * 1.1 && h <= height * 1.1;
}
