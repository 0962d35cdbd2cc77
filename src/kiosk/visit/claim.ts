import type { OpenedCard } from '../card/opened-card.ts';
import type { DoorGallery, KnownPerson } from '../ports.ts';
import type { ClaimWay } from '../snapshot.ts';

/** Who somebody says they are. */
export interface Claim {
  readonly way: ClaimWay;
  /** Several where a typed name is that of several people; none where it is nobody's, which is not told at once. */
  readonly people: readonly KnownPerson[];
  /** null unless `way` is `card`. */
  readonly card: OpenedCard | null;
}

/** Whom a typed name may mean: letter case, width and accents as people type them do not matter, the rest does. */
export function claimByName(typed: string, { people }: Pick<DoorGallery, 'people'>): Claim {
  const wanted = plain(typed);
  return { way: 'typed', people: wanted === '' ? [] : people.filter(({ name }) => plain(name) === wanted), card: null };
}

export function claimByRow(personId: string, { people }: Pick<DoorGallery, 'people'>): Claim {
  return { way: 'list', people: people.filter((person) => person.personId === personId), card: null };
}

export function claimByCard(card: OpenedCard): Claim {
  return { way: 'card', people: [{ personId: card.personId, name: card.name }], card };
}

/** The only one who is meant; null for nobody and for several. */
export function onlyOne({ people }: Claim): KnownPerson | null {
  const [first, second] = people;
  return first && !second ? first : null;
}

function plain(name: string): string {
  return name.normalize('NFKD').replace(/\p{M}/gu, '').replace(/\s+/gu, ' ').trim().toLowerCase();
}
