import type { ComparedPair } from './verification-types.ts';

/** What happens when pairs up to a distance are taken for one person. */
export interface RocPoint {
  /** The largest distance that passes; -Infinity where none does. */
  readonly distance: number;
  /** Pairs of one person that pass. */
  readonly trueAccepts: number;
  /** Pairs of two people that pass, those without a distance among them. */
  readonly falseAccepts: number;
}

export interface Roc {
  /** Pairs of one person. */
  readonly genuine: number;
  /** Pairs of two people. */
  readonly impostors: number;
  /** One for each distance that occurs, rising, behind one where nothing passes. */
  readonly points: readonly RocPoint[];
}

/**
 * The receiver operating characteristic of compared pairs. A pair without a distance is an error at every threshold: one
 * of the same person never passes, one of two people always does. So nothing is won by not finding a face.
 */
export function rocOf(pairs: readonly ComparedPair[]): Roc {
  const genuine = pairs.filter(({ isSame }) => isSame).length;
  const compared = pairs.flatMap(({ isSame, distance }) => (distance === null ? [] : [{ isSame, distance }])).sort((a, b) => a.distance - b.distance);
  let [trueAccepts, falseAccepts] = [0, pairs.filter(({ isSame, distance }) => !isSame && distance === null).length];
  const points: RocPoint[] = [{ distance: -Infinity, trueAccepts, falseAccepts }];
  for (const { isSame, distance } of compared) {
    if (isSame) trueAccepts++;
    else falseAccepts++;
    // Equal distances pass together.
    if (points.at(-1)?.distance === distance) points.pop();
    points.push({ distance, trueAccepts, falseAccepts });
  }
  return { genuine, impostors: pairs.length - genuine, points };
}

/**
 * How often a pair of one person is closer than one of two people, ties by half: 0.5 for guessing.
 * Ref: Fawcett: An introduction to ROC analysis, 2006, the trapezoids under the curve.
 */
export function areaUnder({ genuine, impostors, points }: Roc): number {
  let area = 0;
  let before = { trueAccepts: 0, falseAccepts: 0 };
  for (const point of points) {
    // What passes at no distance passes without any pair of one person.
    const high = point.distance === -Infinity ? 0 : (point.trueAccepts + before.trueAccepts) / 2;
    area += (point.falseAccepts - before.falseAccepts) * high;
    before = point;
  }
  return area / (genuine * impostors);
}

/**
 * The error rate where as many pairs of one person are refused as pairs of two people pass, read on straight lines between the
 * points of the curve. Example: 0 where the two kinds do not overlap.
 */
export function equalErrorRate({ genuine, impostors, points }: Roc): number {
  let before = { refused: 1, passed: 0 };
  for (const { trueAccepts, falseAccepts } of points) {
    const point = { refused: 1 - trueAccepts / genuine, passed: falseAccepts / impostors };
    if (point.passed >= point.refused) {
      const [gapBefore, gap] = [before.refused - before.passed, point.passed - point.refused];
      const share = gapBefore + gap === 0 ? 0 : gapBefore / (gapBefore + gap);
      return before.passed + share * (point.passed - before.passed);
    }
    before = point;
  }
  return 1;
}

/**
 * The point of the curve with the most pairs of one person at which the share of passing pairs of two people does not
 * exceed the target; null where it does whatever passes.
 */
export function pointAtRate({ impostors, points }: Roc, target: number): RocPoint | null {
  return points.findLast(({ falseAccepts }) => falseAccepts / impostors <= target) ?? null;
}
