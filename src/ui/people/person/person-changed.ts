import type { Person, Receipt } from '../../../store/index.ts';

/** What has just been done with a person, to be shown and said on their page. */
export interface PersonChange {
  readonly person: Person;
  readonly said: string;
}

export function tellChange(from: EventTarget, change: PersonChange): void {
  from.dispatchEvent(new CustomEvent<PersonChange>('person-changed', { detail: change }));
}

/** The person is erased. */
export function tellErased(from: EventTarget, receipt: Receipt): void {
  from.dispatchEvent(new CustomEvent<Receipt>('person-erased', { detail: receipt }));
}
