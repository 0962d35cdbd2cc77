import type { Failure, Result } from '../../base/index.ts';
import { err, ok } from '../../base/index.ts';
import type { CompareFailure, Descriptor, ImpostorDistances, ImpostorFailure, IndexFailure, RateBasis, RecogniseFailure, Recognition, ThresholdFailure } from '../../faces/index.ts';
import { FaceIndex, falseMatchRate, galleryRate, recognise, thresholdFor } from '../../faces/index.ts';
import type { Gallery, Person } from '../../store/index.ts';
import type { DescriptorModel } from './descriptor-model.ts';
import type { Strangers } from './rate-text.ts';

/** By how many times the second person must be less likely by chance than the best one: else the two cannot be told apart. */
const clearLead = 10;

/** What is said of one face. `unknown`: nobody is near enough. `ambiguous`: two people are. `known-other`: told not to be them. */
export interface Judgement {
  readonly kind: 'recognised' | 'ambiguous' | 'known-other' | 'unknown';
  /** The nearest of those who are near enough. */
  readonly person: Person | null;
  readonly second: Person | null;
  /** To the templates of both; those who are not near enough have none. */
  readonly distances: readonly { readonly personId: string; readonly distance: number }[];
  /** Who would come as near as this face to anyone here; null where nobody is near. */
  readonly strangers: Strangers | null;
}

export type JudgeFailure = IndexFailure | ThresholdFailure | ImpostorFailure | RecogniseFailure | CompareFailure | Failure<'nobody-enrolled'>;

/** How near is near enough for everyone here together, and where that number is from. */
export interface JudgeLimit {
  readonly distance: number;
  readonly margin: number;
  readonly basis: RateBasis;
  readonly rows: number;
}

/** Judges faces against a gallery, by the share of strangers that may pass it. */
export class FaceJudge {
  readonly limit: JudgeLimit;
  readonly #gallery: Gallery;
  readonly #model: DescriptorModel;
  readonly #index: FaceIndex;
  readonly #target: number;
  readonly #negatives: ReadonlyMap<number, readonly Descriptor[]>;

  /** @param target share of strangers that may pass the whole gallery, above 0 and below 1 */
  static build(gallery: Gallery, model: DescriptorModel, target: number): Result<FaceJudge, JudgeFailure> {
    const rows = gallery.personOf.length;
    if (rows === 0) return err('nobody-enrolled', `no template of ${model.rule.modelId}`);
    const index = FaceIndex.build(gallery, model.rule);
    if (!index.ok) return index;
    const near = thresholdFor(target, rows, model.impostors);
    if (!near.ok) return near;
    const less = thresholdFor(Math.min(target * clearLead, 0.5), rows, model.impostors);
    if (!less.ok) return less;
    const { distance, basis } = near.value;
    return ok(new FaceJudge(gallery, model, index.value, target, { distance, basis, rows, margin: Math.max(0, less.value.distance - distance) }));
  }

  private constructor(gallery: Gallery, model: DescriptorModel, index: FaceIndex, target: number, limit: JudgeLimit) {
    this.#gallery = gallery;
    this.#model = model;
    this.#index = index;
    this.#target = target;
    this.limit = limit;
    this.#negatives = negativesOf(gallery);
  }

  judge(probe: Descriptor): Result<Judgement, JudgeFailure> {
    const { rule } = this.#model;
    const { distance, margin, rows } = this.limit;
    const limit = { modelId: rule.modelId, distance, comparisons: rows };
    const seen = recognise(probe, this.#index, (row) => this.#template(row), { limit, margin, negatives: this.#negatives });
    if (!seen.ok) return seen;
    const near = this.#index.nearest(probe, distance + margin);
    if (!near.ok) return near;
    const { best, second } = near.value;
    if (!best || best.distance > distance) return ok({ kind: 'unknown', person: null, second: null, distances: [], strangers: null });
    const people = [best, ...(second ? [second] : [])].flatMap(({ person, distance: far }) => {
      const found = this.#gallery.people[person];
      return found ? [{ person: found, distance: far }] : [];
    });
    return ok({
      kind: kindOf(seen.value),
      person: people[0]?.person ?? null,
      second: people[1]?.person ?? null,
      distances: people.map(({ person, distance: far }) => ({ personId: person.id, distance: far })),
      strangers: strangersAt(best.distance, rows, this.#model.impostors),
    });
  }

  /** Share of strangers that pass the gallery at this setting. */
  get target(): number {
    return this.#target;
  }

  #template(row: number): Descriptor {
    const { values, length, modelId } = this.#gallery;
    return { modelId, values: values.subarray(row * length, (row + 1) * length) };
  }
}

/** The part of a gallery that belongs to some of its people. */
export function galleryOf(gallery: Gallery, isWanted: (personId: string) => boolean): Gallery {
  const wanted = gallery.people.map(({ id }) => isWanted(id));
  const kept = [...gallery.personOf.keys()].filter((row) => wanted[gallery.personOf[row] ?? -1]);
  const values = new Float32Array(kept.length * gallery.length);
  for (const [i, row] of kept.entries()) values.set(gallery.values.subarray(row * gallery.length, (row + 1) * gallery.length), i * gallery.length);
  return { ...gallery, values, personOf: Uint32Array.from(kept, (row) => gallery.personOf[row] ?? 0) };
}

/** What was drawn out beyond the measured distances serves to set a limit, not to tell somebody how sure it is. */
function strangersAt(distance: number, rows: number, impostors: ImpostorDistances): Strangers {
  const measuredTo = impostors.quantiles[0]?.distance ?? Infinity;
  return { rate: galleryRate(falseMatchRate(Math.max(distance, measuredTo), impostors).rate, rows), isLimit: distance < measuredTo };
}

function kindOf(seen: Recognition): Judgement['kind'] {
  if (seen.kind === 'recognised') return 'recognised';
  switch (seen.reason) {
    case 'ambiguous':
    case 'known-other':
      return seen.reason;
    case 'too-far':
    case 'like-strangers':
      return 'unknown';
  }
}

function negativesOf({ cohort, length, modelId }: Gallery): ReadonlyMap<number, readonly Descriptor[]> {
  const byPerson = new Map<number, Descriptor[]>();
  for (const [row, person] of cohort.personOf.entries()) {
    const values = cohort.values.subarray(row * length, (row + 1) * length);
    byPerson.set(person, [...(byPerson.get(person) ?? []), { modelId, values }]);
  }
  return byPerson;
}
