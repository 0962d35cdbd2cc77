import type { Failure, Result } from '../../base/index.ts';
import { err, ok } from '../../base/index.ts';
import type { Descriptor } from '../compare/check-template.ts';
import type { FaceIndex, Nearest } from '../search/face-index.ts';
import type { Cohort, CohortFailure } from './cohort.ts';
import { cohortScore } from './cohort.ts';
import type { Limit, VerifyFailure } from './verify.ts';
import { checkedLimit, verify } from './verify.ts';

export interface RecogniseOptions {
  /** Made for all templates of the gallery. */
  readonly limit: Limit;
  /** By how much the second person must be farther away. */
  readonly margin: number;
  /** Strangers to see the face against, and how near it must come by their measure. */
  readonly cohort?: { readonly faces: Cohort; readonly nearest: number; readonly leastScore: number } | undefined;
  /** Examples of who a person is not, by the number of the person. */
  readonly negatives?: ReadonlyMap<number, readonly Descriptor[]> | undefined;
}

interface Found {
  readonly best: Nearest;
  /** The way from the best to the second person. null: nobody else is near enough to matter. */
  readonly margin: number | null;
  /** null without a cohort. */
  readonly score: number | null;
}

/**
 * `too-far`: nobody is within the threshold. `ambiguous`: two people are. `known-other`: someone who was told not to be
 * this person. `like-strangers`: no nearer than strangers are to each other.
 */
export type Recognition =
  | ({ readonly kind: 'recognised' } & Found)
  | ({ readonly kind: 'not-recognised'; readonly reason: 'ambiguous' | 'known-other' | 'like-strangers' } & Found)
  | { readonly kind: 'not-recognised'; readonly reason: 'too-far' };

export type RecogniseFailure = VerifyFailure | CohortFailure | Failure<'margin-invalid'>;

/** Who of the gallery a face is, or honestly nobody. What cannot be compared is a failure, never a person. */
export function recognise(probe: Descriptor, index: FaceIndex, templatesOf: (row: number) => Descriptor, options: RecogniseOptions): Result<Recognition, RecogniseFailure> {
  const { limit, margin, cohort, negatives } = options;
  if (!(margin >= 0)) return err('margin-invalid', `margin ${margin}`);
  const fits = checkedLimit(limit, index.rows, index.rule);
  if (!fits.ok) return fits;
  const found = index.nearest(probe, limit.distance + margin);
  if (!found.ok) return found;
  const { best, second } = found.value;
  if (!best || best.distance > limit.distance) return ok({ kind: 'not-recognised', reason: 'too-far' });
  const score = cohort ? cohortScore(probe, templatesOf(best.row), cohort.faces, index.rule, cohort.nearest) : ok(null);
  if (!score.ok) return score;
  const facts: Found = { best, margin: second ? second.distance - best.distance : null, score: score.value };
  const claimed = verify(probe, [templatesOf(best.row)], limit, index.rule, negatives?.get(best.person));
  if (!claimed.ok) return claimed;
  if (claimed.value.isKnownOther) return ok({ kind: 'not-recognised', reason: 'known-other', ...facts });
  if (facts.margin !== null && !(facts.margin >= margin)) return ok({ kind: 'not-recognised', reason: 'ambiguous', ...facts });
  if (cohort && !((score.value ?? -Infinity) >= cohort.leastScore)) return ok({ kind: 'not-recognised', reason: 'like-strangers', ...facts });
  return ok({ kind: 'recognised', ...facts });
}
