import type { DoorObservation, DoorPolicy } from './door-observation.ts';

/** Whom one frame speaks for. */
export interface FrameVote {
  readonly tMs: number;
  readonly weight: number;
  /** null: a stranger, or two people at once. */
  readonly personId: string | null;
  readonly isAmbiguous: boolean;
}

/** A frame speaks for the nearest person within the threshold, if everybody else is farther by the margin. */
export function voteOf({ tMs, quality, distances }: DoorObservation, { threshold, margin }: Pick<DoorPolicy, 'threshold' | 'margin'>): FrameVote {
  const nearest = nearestByPerson(distances);
  const [best, second] = nearest;
  const none = { tMs, weight: quality, personId: null };
  if (!best || !(best.distance <= threshold)) return { ...none, isAmbiguous: false };
  // Two at the same distance are two, whatever the margin.
  if (second && (second.distance === best.distance || !(second.distance - best.distance >= margin))) return { ...none, isAmbiguous: true };
  return { tMs, weight: quality, personId: best.personId, isAmbiguous: false };
}

function nearestByPerson(distances: DoorObservation['distances']): readonly { readonly personId: string; readonly distance: number }[] {
  const nearest = new Map<string, number>();
  for (const { personId, distance } of distances) nearest.set(personId, Math.min(distance, nearest.get(personId) ?? Infinity));
  return [...nearest].map(([personId, distance]) => ({ personId, distance })).sort((a, b) => a.distance - b.distance);
}
