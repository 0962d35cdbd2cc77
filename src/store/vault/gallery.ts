import type { FaceTemplate } from '../../faces/index.ts';
import type { Person } from './person.ts';
import { decodeTemplates } from './person-codec.ts';
import { peopleFrom } from './people-list.ts';
import type { OpenedRow } from './vault-core.ts';

/** Everyone whom one model can recognise now, packed for a search. */
export interface Gallery {
  readonly modelId: string;
  /** Numbers of one template. */
  readonly length: number;
  readonly people: readonly Person[];
  /** Templates, one after the other. */
  readonly values: Float32Array<ArrayBuffer>;
  /** For each template the index of its person in `people`. */
  readonly personOf: Uint32Array<ArrayBuffer>;
  /** Templates of other people that were taken for someone here. */
  readonly cohort: PackedTemplates;
  /** People who are kept and not in here, because their record or their templates cannot be read. */
  readonly damagedIds: readonly string[];
}

export interface PackedTemplates {
  readonly values: Float32Array<ArrayBuffer>;
  readonly personOf: Uint32Array<ArrayBuffer>;
}

/** @param length numbers that the model gives; templates of another length are not its own and left out */
export function galleryFrom(modelId: string, length: number, nowMs: number, peopleRows: readonly OpenedRow[], templateRows: readonly OpenedRow[]): Gallery {
  const listed = peopleFrom(peopleRows);
  const held = new Map(templateRows.map(({ key, content }) => [key, content.ok ? decodeTemplates(content.value) : content]));
  const usable = listed.people.filter(({ id, retainUntilMs }) => retainUntilMs > nowMs && held.get(id)?.ok === true);
  const ofModel = (kind: 'templates' | 'negatives'): readonly (readonly FaceTemplate[])[] =>
    usable.map(({ id }) => {
      const templates = held.get(id);
      return templates?.ok ? templates.value[kind].filter((template) => template.modelId === modelId && template.values.length === length) : [];
    });
  return {
    modelId,
    length,
    people: usable,
    ...packTemplates(length, ofModel('templates')),
    cohort: packTemplates(length, ofModel('negatives')),
    damagedIds: [...listed.damagedIds, ...listed.people.filter(({ id }) => held.get(id)?.ok !== true).map(({ id }) => id)],
  };
}

function packTemplates(length: number, perPerson: readonly (readonly FaceTemplate[])[]): PackedTemplates {
  const count = perPerson.reduce((sum, templates) => sum + templates.length, 0);
  const values = new Float32Array(count * length);
  const personOf = new Uint32Array(count);
  let at = 0;
  for (const [person, templates] of perPerson.entries()) {
    for (const template of templates) {
      values.set(template.values, at * length);
      personOf[at] = person;
      at++;
    }
  }
  return { values, personOf };
}
