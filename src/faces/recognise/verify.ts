import type { Failure, Result } from '../../base/index.ts';
import { err, ok } from '../../base/index.ts';
import type { CompareFailure, Descriptor } from '../compare/check-template.ts';
import { compare } from '../compare/compare.ts';
import type { DescriptorRule } from '../compare/descriptor-rule.ts';
import type { Threshold } from '../threshold/threshold-for.ts';

/** Whether a face is the person it claims to be. */
export interface Verification {
  readonly accepted: boolean;
  /** To the nearest template. */
  readonly distance: number;
  /** The negative example that is nearer than every template: "this is not Ana". */
  readonly isKnownOther: boolean;
}

export type VerifyFailure = CompareFailure | Failure<'no-templates' | 'threshold-invalid'>;

/** The threshold, as far as it decides. */
export type Limit = Pick<Threshold, 'modelId' | 'distance' | 'comparisons'>;

/**
 * d(probe, template) <= threshold for the nearest template of the claimed person, unless someone who was told not to be
 * that person is nearer still.
 *
 * @param negatives examples of people who are not this person
 */
export function verify(probe: Descriptor, templates: readonly Descriptor[], limit: Limit, rule: DescriptorRule, negatives: readonly Descriptor[] = []): Result<Verification, VerifyFailure> {
  const fits = checkedLimit(limit, templates.length, rule);
  if (!fits.ok) return fits;
  const distance = nearestOf(probe, templates, rule);
  if (!distance.ok) return distance;
  const other = nearestOf(probe, negatives, rule);
  if (!other.ok) return other;
  const isKnownOther = other.value <= distance.value;
  return ok({ accepted: distance.value <= limit.distance && !isKnownOther, distance: distance.value, isKnownOther });
}

/** A threshold that was made for fewer templates, or by another model, lets more strangers pass than it says. */
export function checkedLimit({ modelId, distance, comparisons }: Limit, templates: number, rule: DescriptorRule): Result<null, VerifyFailure> {
  if (templates === 0) return err('no-templates', 'nothing to compare with');
  if (modelId !== rule.modelId) return err('other-model', `threshold of ${modelId} for ${rule.modelId}`);
  if (!(Number.isFinite(distance) && distance >= 0)) return err('threshold-invalid', `distance ${distance}`);
  if (!(comparisons >= templates)) return err('threshold-invalid', `made for ${comparisons} templates, not ${templates}`);
  return ok(null);
}

/** Infinity without any. */
function nearestOf(probe: Descriptor, templates: readonly Descriptor[], rule: DescriptorRule): Result<number, CompareFailure> {
  let nearest = Infinity;
  for (const template of templates) {
    const distance = compare(probe, template, rule);
    if (!distance.ok) return distance;
    nearest = Math.min(nearest, distance.value);
  }
  return ok(nearest);
}
