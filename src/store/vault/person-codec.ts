import * as v from 'valibot';
import type { FaceTemplate } from '../../faces/index.ts';
import type { Failure, Result } from '../../base/index.ts';
import { err, ok } from '../../base/index.ts';
import type { Bytes } from './bytes.ts';
import { pack, unpack } from './pack.ts';
import type { Person, Photo } from './person.ts';
import { personLimits } from './person.ts';
import { without } from './without.ts';

/** The templates of a person, and those that were taken for theirs. */
export interface HeldTemplates {
  readonly templates: readonly FaceTemplate[];
  readonly negatives: readonly FaceTemplate[];
}

type Damaged = Failure<'damaged'>;

const epochMs = v.pipe(v.number(), v.minValue(0), v.maxValue(8.64e15));
const shortText = v.pipe(v.string(), v.minLength(1), v.maxLength(personLimits.nameChars));
const count = v.pipe(v.number(), v.integer(), v.minValue(0));

const consentSchema = v.strictObject({
  version: shortText,
  language: shortText,
  agreed: v.pipe(v.string(), v.minLength(1), v.maxLength(personLimits.consentChars)),
  givenAtMs: epochMs,
});

const personSchema = v.strictObject({
  name: v.pipe(shortText, v.check((name) => name.trim() === name, 'blanks around the name')),
  consent: consentSchema,
  createdAtMs: epochMs,
  updatedAtMs: epochMs,
  retainUntilMs: epochMs,
  holds: v.strictObject({ templates: count, negatives: count, photos: count, modelIds: v.array(shortText) }),
});

const templateSchema = v.strictObject({
  modelId: shortText,
  length: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(personLimits.values)),
  quality: v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
  takenAtMs: epochMs,
});

const templatesSchema = v.strictObject({
  templates: v.pipe(v.array(templateSchema), v.minLength(1), v.maxLength(personLimits.templates)),
  negatives: v.pipe(v.array(templateSchema), v.maxLength(personLimits.negatives)),
});

const photoSchema = v.strictObject({ type: v.picklist(['image/jpeg', 'image/png', 'image/webp']), takenAtMs: epochMs });

export function encodePerson(person: Person): Bytes {
  return pack(without(person, 'id'), []);
}

/** @param id where the record lies: its content does not repeat it */
export function decodePerson(id: string, content: Bytes): Result<Person, Damaged> {
  const unpacked = unpack(content);
  if (!unpacked.ok) return unpacked;
  const parsed = v.safeParse(personSchema, unpacked.value.head);
  if (!parsed.success) return err('damaged', `person ${id}: ${v.summarize(parsed.issues)}`);
  return unpacked.value.body.byteLength === 0 ? ok({ id, ...parsed.output }) : err('damaged', `person ${id}: more than a person`);
}

/** Descriptions as JSON, then the numbers of all templates and all negatives, 32-bit floats, little-endian as every device has them. */
export function encodeTemplates({ templates, negatives }: HeldTemplates): Bytes {
  const describe = ({ values, modelId, quality, takenAtMs }: FaceTemplate): v.InferOutput<typeof templateSchema> => ({ modelId, length: values.length, quality, takenAtMs });
  const numbers = [...templates, ...negatives].map(({ values }) => new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  return pack({ templates: templates.map(describe), negatives: negatives.map(describe) }, numbers);
}

/** The inverse of `encodeTemplates`; checks what `problemOfTemplates` checks. */
export function decodeTemplates(content: Bytes): Result<HeldTemplates, Damaged> {
  const unpacked = unpack(content);
  if (!unpacked.ok) return unpacked;
  const parsed = v.safeParse(templatesSchema, unpacked.value.head);
  if (!parsed.success) return err('damaged', `templates: ${v.summarize(parsed.issues)}`);
  const { body } = unpacked.value;
  const described = [...parsed.output.templates, ...parsed.output.negatives];
  const bytes = described.reduce((sum, { length }) => sum + length * Float32Array.BYTES_PER_ELEMENT, 0);
  if (bytes !== body.byteLength) return err('damaged', `templates: ${body.byteLength} bytes, not ${bytes}`);
  let at = 0;
  const all = described.map(({ length, ...rest }): FaceTemplate => {
    const end = at + length * Float32Array.BYTES_PER_ELEMENT;
    const values = new Float32Array(body.slice(at, end).buffer);
    at = end;
    return { ...rest, values };
  });
  const held = { templates: all.slice(0, parsed.output.templates.length), negatives: all.slice(parsed.output.templates.length) };
  const problem = problemOfTemplates(held);
  return problem === null ? ok(held) : err('damaged', `templates: ${problem}`);
}

export function encodePhoto({ bytes, ...rest }: Photo): Bytes {
  return pack(rest, [bytes]);
}

export function decodePhoto(content: Bytes): Result<Photo, Damaged> {
  const unpacked = unpack(content);
  if (!unpacked.ok) return unpacked;
  const { head, body } = unpacked.value;
  const parsed = v.safeParse(photoSchema, head);
  if (!parsed.success) return err('damaged', `photo: ${v.summarize(parsed.issues)}`);
  const photo = { ...parsed.output, bytes: body.slice() };
  const problem = problemOfPhotos([photo]);
  return problem === null ? ok(photo) : err('damaged', `photo: ${problem}`);
}

/** What is wrong with a person that is about to be kept; null when nothing is. */
export function problemOfPerson(person: Person): string | null {
  const parsed = v.safeParse(personSchema, without(person, 'id'));
  return parsed.success ? null : v.summarize(parsed.issues);
}

/** What is wrong with templates that are about to be kept; null when nothing is. */
export function problemOfTemplates({ templates, negatives }: HeldTemplates): string | null {
  const described = (all: readonly FaceTemplate[]): unknown[] => all.map(({ values, ...rest }) => ({ ...rest, length: values.length }));
  const parsed = v.safeParse(templatesSchema, { templates: described(templates), negatives: described(negatives) });
  if (!parsed.success) return v.summarize(parsed.issues);
  const lengths = new Map<string, number>();
  for (const { modelId, values } of [...templates, ...negatives]) {
    if (!values.every(Number.isFinite)) return `a template of ${modelId} has a value that is no number`;
    if (values.every((value) => value === 0)) return `a template of ${modelId} is zero`;
    if ((lengths.get(modelId) ?? values.length) !== values.length) return `templates of ${modelId} differ in length`;
    lengths.set(modelId, values.length);
  }
  return null;
}

/** What is wrong with photos that are about to be kept; null when nothing is. */
export function problemOfPhotos(photos: readonly Photo[]): string | null {
  if (photos.length > personLimits.photos) return `${photos.length} photos`;
  const tooLarge = photos.find(({ bytes }) => bytes.byteLength === 0 || bytes.byteLength > personLimits.photoBytes);
  if (tooLarge) return `a photo of ${tooLarge.bytes.byteLength} bytes`;
  return photos.every((photo) => v.is(photoSchema, without(photo, 'bytes'))) ? null : 'a photo of another kind';
}

/** A name as it is kept: without blanks around it, and composed in one way whatever the keyboard. */
export function cleanName(name: string): string {
  return name.normalize('NFC').trim();
}
