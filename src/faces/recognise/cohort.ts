import type { Failure, Result } from '../../base/index.ts';
import { err, ok } from '../../base/index.ts';
import type { CompareFailure, Descriptor } from '../compare/check-template.ts';
import { compare } from '../compare/compare.ts';
import type { DescriptorRule } from '../compare/descriptor-rule.ts';

/** Faces of strangers, negative examples among them, that a face is seen against. */
export type Cohort = readonly Descriptor[];

export type CohortFailure = CompareFailure | Failure<'cohort-small'>;

/** Fewer strangers have no spread to measure with. */
export const leastCohort = 5;

/** How near the nearest strangers are to one face. */
interface Backdrop {
  readonly mean: number;
  readonly deviation: number;
}

/**
 * By how many deviations two faces are nearer to each other than each of them is to the strangers nearest to it: the mean
 * over both faces. 0 is a stranger like any other; who looks like everybody has to be nearer for the same score.
 * Ref: adaptive symmetric normalisation (S-norm with top-k cohorts), Matejka et al.: Analysis of Score Normalization in
 * Multilingual Speaker Recognition, Interspeech 2017, equations 3 to 5, with distances for scores.
 *
 * @param nearest how many of the cohort each face is seen against
 */
export function cohortScore(a: Descriptor, b: Descriptor, cohort: Cohort, rule: DescriptorRule, nearest: number): Result<number, CohortFailure> {
  const distance = compare(a, b, rule);
  if (!distance.ok) return distance;
  const behindA = backdropOf(a, cohort, rule, nearest);
  if (!behindA.ok) return behindA;
  const behindB = backdropOf(b, cohort, rule, nearest);
  if (!behindB.ok) return behindB;
  const against = ({ mean, deviation }: Backdrop): number => (mean - distance.value) / deviation;
  return ok((against(behindA.value) + against(behindB.value)) / 2);
}

function backdropOf(face: Descriptor, cohort: Cohort, rule: DescriptorRule, nearest: number): Result<Backdrop, CohortFailure> {
  const distances: number[] = [];
  for (const stranger of cohort) {
    const distance = compare(face, stranger, rule);
    if (!distance.ok) return distance;
    distances.push(distance.value);
  }
  const taken = distances.sort((x, y) => x - y).slice(0, nearest);
  if (taken.length < leastCohort) return err('cohort-small', `${taken.length} strangers, ${leastCohort} at least`);
  const mean = taken.reduce((sum, value) => sum + value, 0) / taken.length;
  const deviation = Math.sqrt(taken.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (taken.length - 1));
  return deviation > 0 ? ok({ mean, deviation }) : err('cohort-small', 'strangers that are all equally far');
}
