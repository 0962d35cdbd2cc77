import type { Failure, Result } from '../../base/index.ts';
import { err, ok } from '../../base/index.ts';

/** How far apart one network puts different people: the left end of the distribution decides who may pass. */
export interface ImpostorDistances {
  readonly modelId: string;
  /** Comparisons behind the quantiles. Those that share a picture tell less than they count: give the number of independent ones. */
  readonly comparisons: number;
  /** Share of the comparisons that are this close or closer. Both rise. */
  readonly quantiles: readonly { readonly rate: number; readonly distance: number }[];
  /** The data and how the comparisons were drawn. */
  readonly measuredOn: string;
}

export type ImpostorFailure = Failure<'impostors-invalid'>;

/** Quantiles of a tenfold. */
const perTenfold = 8;

/** The quantiles of measured distances between different people, closer together where rates are small. */
export function impostorDistances(distances: ArrayLike<number>, about: Pick<ImpostorDistances, 'modelId' | 'measuredOn'>): Result<ImpostorDistances, ImpostorFailure> {
  const sorted = Float64Array.from(distances).sort();
  const count = sorted.length;
  const quantiles: { readonly rate: number; readonly distance: number }[] = [];
  for (let step = 0, before = 0; before < count; step++) {
    const rank = Math.min(count, Math.max(before + 1, Math.round(10 ** (step / perTenfold))));
    const distance = sorted[rank - 1] as number;
    // Equal distances are one quantile: the last of them says how many are this close.
    if (quantiles.at(-1)?.distance === distance) quantiles.pop();
    quantiles.push({ rate: rank / count, distance });
    before = rank;
  }
  return checkedImpostors({ ...about, comparisons: count, quantiles });
}

/** Quantiles as a card holds them, refused where no threshold can be read from them. */
export function checkedImpostors(impostors: ImpostorDistances): Result<ImpostorDistances, ImpostorFailure> {
  const { comparisons, quantiles } = impostors;
  if (!(Number.isInteger(comparisons) && comparisons > 0)) return err('impostors-invalid', `comparisons: ${comparisons}`);
  if (quantiles.length < 2) return err('impostors-invalid', `${quantiles.length} quantiles, 2 at least`);
  let before = { rate: 0, distance: -1 };
  for (const quantile of quantiles) {
    const rises = quantile.rate > before.rate && quantile.rate <= 1 && quantile.distance > before.distance && quantile.distance >= 0 && Number.isFinite(quantile.distance);
    if (!rises) return err('impostors-invalid', `quantile ${quantile.rate}: ${quantile.distance} after ${before.rate}: ${before.distance}`);
    before = quantile;
  }
  return ok(impostors);
}
