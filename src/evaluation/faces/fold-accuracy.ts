import type { BoundedRate, ComparedPair } from './verification-types.ts';
import { binomialBounds } from './binomial-bounds.ts';

export interface FoldAccuracy {
  /** Share of pairs that are judged rightly, a pair without a distance never. */
  readonly accuracy: BoundedRate;
  /** Of the folds' accuracies: their standard deviation by the root of their number; null for fewer than two folds. */
  readonly standardError: number | null;
  /** Middle of the folds' thresholds. */
  readonly threshold: number;
  readonly folds: number;
  /** Where the folds come from, in words. */
  readonly how: string;
}

const madeFolds = 10;

const howMade = `${madeFolds} folds made here: the pairs of one person and those of two people are each cut, in the order of the file, into ${madeFolds} runs of equal length; run i of both is fold i`;

/**
 * Accuracy by cross-validation: for every fold, the threshold that is best on the other folds. Where the pairs name no folds,
 * ten are made by a fixed rule. Pairs of one person stand together in such files as a rule, so that runs keep people apart.
 * Ref: Huang et al.: Labeled Faces in the Wild, 2007, "image-restricted" results on view 2.
 */
export function foldAccuracy(pairs: readonly ComparedPair[]): FoldAccuracy {
  const named = pairs.every(({ fold }) => fold !== null);
  const foldOf = named ? pairs.map(({ fold }) => fold ?? 0) : runsOf(pairs);
  const folds = [...new Set(foldOf)].sort((a, b) => a - b);
  const looked = folds.map((fold) => {
    const own = pairs.filter((_, i) => foldOf[i] === fold);
    const others = pairs.filter((_, i) => foldOf[i] !== fold);
    // One fold alone has nobody else to learn from.
    const threshold = bestThreshold(others.length > 0 ? others : own);
    return { threshold, pairs: own.length, right: rightOf(own, threshold) };
  });
  const right = looked.reduce((sum, fold) => sum + fold.right, 0);
  const how = named ? `${folds.length} folds of the file` : howMade;
  return {
    accuracy: { value: right / pairs.length, ...binomialBounds(right, pairs.length) },
    standardError: standardError(looked.map((fold) => fold.right / fold.pairs)),
    threshold: middleOf(looked.map(({ threshold }) => threshold)),
    folds: folds.length,
    how: `${how}; threshold of each chosen on the others`,
  };
}

/** The number of its run for each pair. */
function runsOf(pairs: readonly ComparedPair[]): readonly number[] {
  const genuine = pairs.filter(({ isSame }) => isSame).length;
  const totals = { same: genuine, other: pairs.length - genuine };
  const seen = { same: 0, other: 0 };
  return pairs.map(({ isSame }) => {
    const kind = isSame ? 'same' : 'other';
    return Math.floor((madeFolds * seen[kind]++) / totals[kind]);
  });
}

/** Halfway between two distances that occur; the middle one of all that judge equally many pairs rightly. */
export function bestThreshold(pairs: readonly ComparedPair[]): number {
  const compared = pairs.flatMap(({ isSame, distance }) => (distance === null ? [] : [{ isSame, distance }])).sort((a, b) => a.distance - b.distance);
  // Below all distances everything is refused.
  let right = compared.filter(({ isSame }) => !isSame).length;
  let best = { right, thresholds: [(compared[0]?.distance ?? 0) / 2] };
  for (const [i, { isSame, distance }] of compared.entries()) {
    right += isSame ? 1 : -1;
    const next = compared[i + 1]?.distance ?? distance;
    if (next === distance && i + 1 < compared.length) continue;
    if (right > best.right) best = { right, thresholds: [] };
    if (right === best.right) best.thresholds.push((distance + next) / 2);
  }
  return middleOf(best.thresholds);
}

function rightOf(pairs: readonly ComparedPair[], threshold: number): number {
  return pairs.filter(({ isSame, distance }) => distance !== null && distance <= threshold === isSame).length;
}

function standardError(values: readonly number[]): number | null {
  if (values.length < 2) return null;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
  return Math.sqrt(variance / values.length);
}

/** Of an even number, the one before the middle: a value that occurs. */
function middleOf(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[(values.length - 1) >> 1] ?? NaN;
}
