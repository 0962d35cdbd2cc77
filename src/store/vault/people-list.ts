import type { Failure, Result } from '../../base/index.ts';
import { err } from '../../base/index.ts';
import type { Person } from './person.ts';
import { decodePerson } from './person-codec.ts';
import type { OpenedRow } from './vault-core.ts';

/** Who is kept, by name; and the ids of records that cannot be read, so that they can be revoked. */
export interface PeopleList {
  readonly people: readonly Person[];
  readonly damagedIds: readonly string[];
}

export function peopleFrom(rows: readonly OpenedRow[]): PeopleList {
  const opened = rows.map((row) => ({ id: row.key, person: personFrom(row) }));
  const people = opened.flatMap(({ person }) => (person.ok ? [person.value] : []));
  const damagedIds = opened.flatMap(({ id, person }) => (person.ok ? [] : [id]));
  return { people: people.sort((a, b) => a.name.localeCompare(b.name) || (a.id < b.id ? -1 : 1)), damagedIds };
}

export function personFrom(row: OpenedRow): Result<Person, Failure<'damaged'>> {
  return row.content.ok ? decodePerson(row.key, row.content.value) : row.content;
}

/** The only record under an id, or why there is none to be had. */
export function onlyPerson(id: string, rows: readonly OpenedRow[] | undefined): Result<Person, Failure<'no-such-person' | 'damaged'>> {
  const [row] = rows ?? [];
  return row ? personFrom(row) : err('no-such-person', `no person ${id} is kept here`);
}
