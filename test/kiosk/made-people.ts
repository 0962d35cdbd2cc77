import { impostorDistances, FaceIndex } from '../../src/faces/index.ts';
import type { Descriptor, DescriptorRule } from '../../src/faces/index.ts';
import type { DoorGallery, KnownPerson } from '../../src/kiosk/index.ts';
import { madeDescriptor, modelId, normalNumbers, ruleOf } from '../faces/made-faces.ts';

const length = 32;
const rule: DescriptorRule = ruleOf(length);
const enrolled: readonly KnownPerson[] = ['Ana', 'Ben', 'Chen', 'Dara', 'Eve'].map((name) => ({ personId: `id-${name.toLowerCase()}`, name }));

/** Someone's face as the network sees it: the first five are enrolled, the others are strangers. */
export function faceOf(person: number, seed: number, spread = 0.1): Descriptor {
  const middle = normalNumbers(1000 + person);
  const noise = normalNumbers(seed);
  return madeDescriptor(Float32Array.from({ length }, () => 0.3 + middle() + spread * noise()));
}

/** Nobody in particular, but nearer to one person than strangers are: between two people. */
export function faceBetween(one: number, other: number, seed: number): Descriptor {
  const [a, b] = [faceOf(one, seed), faceOf(other, seed + 1)];
  return madeDescriptor(a.values.map((value, at) => (value + (b.values[at] ?? 0)) / 2));
}

const distances = Float64Array.from({ length: 40_000 }, (_, pair) => {
  const [a, b] = [faceOf(100 + pair, 1, 0), faceOf(50_000 + pair, 1, 0)];
  return Math.sqrt(a.values.reduce((sum, value, at) => sum + (value - (b.values[at] ?? 0)) ** 2, 0));
});

/** The five, with two templates each. */
export function madeGallery(people: readonly KnownPerson[] = enrolled, negatives: ReadonlyMap<number, readonly Descriptor[]> = new Map()): DoorGallery {
  const templates = people.map(({ personId }) => {
    const number = enrolled.findIndex((person) => person.personId === personId);
    return [faceOf(number, 7), faceOf(number, 8)];
  });
  const rows = templates.flatMap((list, person) => list.map((template) => ({ person, template })));
  const values = Float32Array.from(rows.flatMap(({ template }) => [...template.values]));
  const index = FaceIndex.build({ values, personOf: Uint32Array.from(rows, ({ person }) => person) }, rule);
  const impostors = impostorDistances(distances, { modelId, measuredOn: 'made faces' });
  if (!index.ok || !impostors.ok) throw new Error('made people are out of order');
  return {
    people,
    rule,
    index: people.length > 0 ? index.value : null,
    templatesOf: (person) => templates[person] ?? [],
    negativesOf: (person) => negatives.get(person) ?? [],
    impostors: impostors.value,
  };
}

export const everybody = enrolled;
