import type { Result } from '../../base/index.ts';
import { err, ok } from '../../base/index.ts';
import type { Descriptor, DoorObservation } from '../../faces/index.ts';
import { compare, thresholdFor } from '../../faces/index.ts';
import type { DoorGallery } from '../ports.ts';
import type { Claim } from './claim.ts';

type Distances = DoorObservation['distances'];

/** How far a face is from whom it may be, and how far is still near enough. */
export interface Comparison {
  readonly threshold: number;
  distancesTo(face: Descriptor): Result<Distances>;
}

/** Whose templates a face is compared with: those of the claim, or everybody's. */
interface Candidate {
  readonly personId: string;
  readonly templates: readonly Descriptor[];
  readonly negatives: readonly Descriptor[];
}

/**
 * The comparison for a claim, or with the whole gallery, by the rate of strangers that may pass all of it. Whoever was told
 * not to be a person is nobody: an example of who they are not that is nearer than every template takes the person away.
 *
 * @param target share of strangers that may pass
 * @param margin how much farther than the threshold a second person still matters
 */
export function comparisonFor(claim: Claim | null, gallery: DoorGallery, target: number, margin: number): Result<Comparison> {
  return claim ? withClaimed(claim, gallery, target) : withEverybody(gallery, target, margin);
}

function withClaimed(claim: Claim, gallery: DoorGallery, target: number): Result<Comparison> {
  const candidates = candidatesOf(claim, gallery);
  const count = candidates.reduce((sum, { templates }) => sum + templates.length, 0);
  // Nobody of that name: it is looked at like anybody, and found to be nobody.
  if (count === 0) return ok({ threshold: 0, distancesTo: () => ok([]) });
  const threshold = thresholdFor(target, count, gallery.impostors);
  if (!threshold.ok) return threshold;
  const distancesTo = (face: Descriptor): Result<Distances> => {
    const found: { readonly personId: string; readonly distance: number }[] = [];
    for (const { personId, templates, negatives } of candidates) {
      const distance = nearest(face, templates, gallery);
      if (!distance.ok) return distance;
      const other = nearest(face, negatives, gallery);
      if (!other.ok) return other;
      if (distance.value < other.value) found.push({ personId, distance: distance.value });
    }
    return ok(found);
  };
  return ok({ threshold: threshold.value.distance, distancesTo });
}

function withEverybody(gallery: DoorGallery, target: number, margin: number): Result<Comparison> {
  const { index, impostors, people } = gallery;
  if (!index) return ok({ threshold: 0, distancesTo: () => ok([]) });
  const threshold = thresholdFor(target, index.rows, impostors);
  if (!threshold.ok) return threshold;
  const { distance: limit } = threshold.value;
  const distancesTo = (face: Descriptor): Result<Distances> => {
    const found = index.nearest(face, limit + margin);
    if (!found.ok) return found;
    const { best, second } = found.value;
    if (!best) return ok([]);
    const other = nearest(face, gallery.negativesOf(best.person), gallery);
    if (!other.ok) return other;
    // Who comes after somebody who it is known not to be was not told apart from those after them.
    if (other.value <= best.distance) return ok([]);
    const named = [best, ...(second ? [second] : [])].map(({ person, distance }) => ({ personId: people[person]?.personId, distance }));
    return named.every(isNamed) ? ok(named) : err('gallery-invalid', 'a template of nobody');
  };
  return ok({ threshold: limit, distancesTo });
}

function candidatesOf({ people, card }: Claim, gallery: DoorGallery): readonly Candidate[] {
  return people.flatMap(({ personId }) => {
    const number = gallery.people.findIndex((known) => known.personId === personId);
    const templates = number < 0 ? [] : gallery.templatesOf(number);
    const held = templates.length > 0 ? templates : card?.template ? [card.template] : [];
    return held.length > 0 ? [{ personId, templates: held, negatives: number < 0 ? [] : gallery.negativesOf(number) }] : [];
  });
}

/** Infinity without any. */
function nearest(face: Descriptor, templates: readonly Descriptor[], { rule }: DoorGallery): Result<number> {
  let least = Infinity;
  for (const template of templates) {
    const distance = compare(face, template, rule);
    if (!distance.ok) return distance;
    least = Math.min(least, distance.value);
  }
  return ok(least);
}

function isNamed<T extends { readonly personId: string | undefined }>(one: T): one is T & { readonly personId: string } {
  return one.personId !== undefined;
}
