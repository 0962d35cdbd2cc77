import type { Failure, Result } from '../../../base/index.ts';
import { err, ok, seededRandom } from '../../../base/index.ts';
import { loadGradients } from '../../../runtime/tf.ts';
import type { CompareFailure } from '../../compare/check-template.ts';
import { checkedNorm } from '../../compare/check-template.ts';
import type { DescriptorRule } from '../../compare/descriptor-rule.ts';
import type { Comparer } from '../../train/comparer.ts';
import { compareBy } from '../../train/comparer.ts';
import { lowerGainBound } from '../../train/gain-bound.ts';
import type { LabelledDescriptor } from '../../train/labelled-descriptor.ts';
import { labelledPairs, personFolds } from '../../train/labelled-descriptor.ts';
import { pairAuc } from '../../train/pair-auc.ts';
import { learnLogistic, learnProjection } from './learn-comparer.ts';

/** What one way of comparing did on people it had not seen: the area under the ROC curve. */
export interface ComparerScore {
  readonly kind: Comparer['kind'];
  /** Mean over the parts. */
  readonly auc: number;
  /** What it gains on the plain distance at least, with 95 % confidence. */
  readonly gainAtLeast: number;
}

export interface ComparerChoice {
  /** The plain one, unless another one surely wins. Learnt on all shots then. */
  readonly comparer: Comparer;
  readonly scores: readonly ComparerScore[];
}

export type ChooseFailure = CompareFailure | Failure<'too-few-people'>;

/** Parts of the cross-validation; people with two shots that are needed for each. */
const folds = 5;
const peoplePerFold = 2;

const learners = { projection: learnProjection, logistic: learnLogistic } as const;

/**
 * Whether a comparer that is learnt on these shots is better than the plain distance: by cross-validation over people, and
 * used only where the lower bound of its gain is above 0. The same for the same shots and seed on one backend.
 */
export async function chooseComparer(given: readonly LabelledDescriptor[], rule: DescriptorRule, seed: number): Promise<Result<ComparerChoice, ChooseFailure>> {
  const shots: LabelledDescriptor[] = [];
  for (const { personId, values } of given) {
    const norm = checkedNorm({ modelId: rule.modelId, values }, rule);
    if (!norm.ok) return norm;
    // The cosine of two directions is their Euclidean distance on the unit sphere.
    shots.push({ personId, values: rule.metric === 'cosine' ? values.map((value) => value / norm.value) : values });
  }
  const several = shots.filter(({ personId }) => shots.filter((other) => other.personId === personId).length >= 2);
  const people = new Set(several.map(({ personId }) => personId)).size;
  if (people < folds * peoplePerFold) return err('too-few-people', `${people} people with two shots or more, ${folds * peoplePerFold} at least`);
  await loadGradients();
  const parts = personFolds(several, folds, seededRandom(seed));
  const plain = parts.map((part) => aucOf({ kind: 'plain' }, part, seed));
  const scores: ComparerScore[] = [{ kind: 'plain', auc: meanOf(plain), gainAtLeast: 0 }];
  for (const kind of ['projection', 'logistic'] as const) {
    const aucs: number[] = [];
    for (const part of parts) aucs.push(aucOf(await learners[kind](several.filter((shot) => !part.includes(shot)), seededRandom(seed)), part, seed));
    scores.push({ kind, auc: meanOf(aucs), gainAtLeast: lowerGainBound(aucs.map((auc, i) => auc - (plain[i] as number))) });
  }
  const [best] = scores.filter(({ gainAtLeast }) => gainAtLeast > 0).sort((a, b) => b.gainAtLeast - a.gainAtLeast);
  return ok({ comparer: best && best.kind !== 'plain' ? await learners[best.kind](several, seededRandom(seed)) : { kind: 'plain' }, scores });
}

function aucOf(comparer: Comparer, shots: readonly LabelledDescriptor[], seed: number): number {
  const distances = { same: new Array<number>(), other: new Array<number>() };
  for (const { a, b, isSame } of labelledPairs(shots, 10, seededRandom(seed))) {
    const [one, other] = [shots[a], shots[b]];
    if (one && other) (isSame ? distances.same : distances.other).push(compareBy(comparer, one.values, other.values));
  }
  return pairAuc(distances.same, distances.other);
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
