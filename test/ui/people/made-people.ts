import type { Descriptor, ImpostorDistances } from '../../../src/faces/index.ts';
import type { Gallery, Person } from '../../../src/store/index.ts';
import type { DescriptorModel } from '../../../src/ui/people/descriptor-model.ts';

export const modelId = 'made';

/** Different people are 0.2 apart once in 10,000 comparisons, and 0.6 once in 10. */
const impostors: ImpostorDistances = { modelId, comparisons: 1_000_000, measuredOn: 'made distances', quantiles: [4, 3, 2, 1].map((power, i) => ({ rate: 10 ** -power, distance: 0.2 + 0.15 * i })) };

export const model: DescriptorModel = { rule: { modelId, length: 3, metric: 'euclidean' }, impostors };

export function person(name: string, change: Partial<Person> = {}): Person {
  const consent = { version: '1', language: 'en', agreed: 'yes', givenAtMs: 1 };
  return { id: name.toLowerCase(), name, consent, createdAtMs: 1, updatedAtMs: 1, retainUntilMs: 9e12, holds: { templates: 1, negatives: 0, photos: 0, modelIds: [modelId] }, ...change };
}

/** Somebody at a place in the space of descriptors, whose origin is nobody's: numbers that are all zero are no face's. */
export function at(...values: readonly [number, number, number]): Descriptor {
  return { modelId, values: Float32Array.from(values, (value) => value + 1) };
}

/** One template for each place; what is not anybody stands beside whom it was taken for. */
export function gallery(people: Readonly<Record<string, { readonly is: readonly Descriptor[]; readonly isNot?: readonly Descriptor[] }>>): Gallery {
  const entries = Object.values(people);
  const pack = (kind: 'is' | 'isNot') => {
    const rows = entries.flatMap((each, i) => (each[kind] ?? []).map(({ values }) => ({ values, i })));
    return { values: Float32Array.from(rows.flatMap(({ values }) => [...values])), personOf: Uint32Array.from(rows, ({ i }) => i) };
  };
  return { modelId, length: 3, people: Object.keys(people).map((name) => person(name)), ...pack('is'), cohort: pack('isNot'), damagedIds: [] };
}
