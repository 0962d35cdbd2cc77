import type { Failure, Result } from '../../base/index.ts';
import { err, ok } from '../../base/index.ts';
import { binomialBounds } from './binomial-bounds.ts';
import type { FoldAccuracy } from './fold-accuracy.ts';
import { foldAccuracy } from './fold-accuracy.ts';
import type { Roc } from './roc.ts';
import { areaUnder, equalErrorRate, pointAtRate, rocOf } from './roc.ts';
import type { BoundedRate, ComparedPair } from './verification-types.ts';

/** False accept rates that true accept rates are told for. */
export const falseAcceptRates = [1e-1, 1e-2, 1e-3] as const;

/** How many pairs of one person pass while not more strangers do than a target allows. */
export interface AcceptRate {
  /** The target: share of pairs of two people that may pass. */
  readonly falseAcceptRate: number;
  /** Pairs of two people that do pass: the target may allow less than one of them. */
  readonly falseAccepts: number;
  readonly trueAcceptRate: BoundedRate;
  /** Largest distance that passes; null where none may. */
  readonly threshold: number | null;
}

export interface VerificationSummary extends FoldAccuracy {
  readonly pairs: number;
  readonly genuine: number;
  readonly impostors: number;
  /** Pairs that could not be compared. They are errors in every figure. */
  readonly notCompared: number;
  readonly areaUnderCurve: number;
  readonly equalErrorRate: number;
  readonly acceptRates: readonly AcceptRate[];
}

/** How well distances tell one person from two. A failure where there are no pairs of one of the two kinds. */
export function evaluateVerification(pairs: readonly ComparedPair[]): Result<VerificationSummary, Failure<'one-sided-pairs'>> {
  const roc = rocOf(pairs);
  const { genuine, impostors } = roc;
  if (genuine === 0 || impostors === 0) return err('one-sided-pairs', `${genuine} pairs of one person and ${impostors} of two people: both kinds are needed`);
  return ok({
    ...{ pairs: pairs.length, genuine, impostors },
    notCompared: pairs.filter(({ distance }) => distance === null).length,
    ...foldAccuracy(pairs),
    areaUnderCurve: areaUnder(roc),
    equalErrorRate: equalErrorRate(roc),
    acceptRates: falseAcceptRates.map((rate) => acceptRateAt(roc, rate)),
  });
}

function acceptRateAt(roc: Roc, falseAcceptRate: number): AcceptRate {
  const point = pointAtRate(roc, falseAcceptRate);
  const passing = point?.trueAccepts ?? 0;
  return {
    falseAcceptRate,
    falseAccepts: point?.falseAccepts ?? 0,
    trueAcceptRate: { value: passing / roc.genuine, ...binomialBounds(passing, roc.genuine) },
    threshold: point && Number.isFinite(point.distance) ? point.distance : null,
  };
}
