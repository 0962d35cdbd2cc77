import type { Person } from '../../store/index.ts';

/** Asks for the page of a person. Ids stay out of the address: a browser's history would keep them after a revocation. */
export function openPerson(from: EventTarget, id: string, said: string | null = null): void {
  from.dispatchEvent(new CustomEvent<PersonWanted>('person-open', { detail: { id, said }, bubbles: true, composed: true }));
}

/** Asks to enrol a person again. */
export function enrolAgain(from: EventTarget, person: Person): void {
  from.dispatchEvent(new CustomEvent<Person>('person-enrol', { detail: person, bubbles: true, composed: true }));
}

export interface PersonWanted {
  readonly id: string;
  /** What has just been done, to be said on the page. */
  readonly said: string | null;
}
