import * as v from 'valibot';
import type { Failure, Result } from '../../base/index.ts';
import { err, ok } from '../../base/index.ts';
import type { Bytes } from './bytes.ts';
import { pack, unpack } from './pack.ts';
import type { Person } from './person.ts';
import { personLimits } from './person.ts';
import type { HeldTemplates } from './person-codec.ts';
import { decodePerson, decodePhoto, decodeTemplates } from './person-codec.ts';
import type { StoredReceipt } from './receipt.ts';
import { decodeReceipt } from './receipt.ts';

/** A person as a backup holds them: the records of the vault, byte for byte. */
export interface BackedUpPerson {
  readonly person: Person;
  readonly held: HeldTemplates;
  readonly records: {
    readonly person: Bytes;
    readonly templates: Bytes;
    /** By the keys of their records. */
    readonly photos: readonly { readonly key: string; readonly content: Bytes }[];
  };
}

export interface BackupContents {
  readonly madeAtMs: number;
  readonly people: readonly BackedUpPerson[];
  readonly receipts: readonly { readonly receipt: StoredReceipt; readonly content: Bytes }[];
}

const idSchema = v.pipe(v.string(), v.regex(/^[0-9a-f]{32}$/));
const byteCount = v.pipe(v.number(), v.integer(), v.minValue(1));
const headSchema = v.strictObject({
  madeAtMs: v.pipe(v.number(), v.minValue(0), v.maxValue(8.64e15)),
  people: v.array(
    v.strictObject({
      id: idSchema,
      personBytes: byteCount,
      templatesBytes: byteCount,
      photos: v.pipe(v.array(v.strictObject({ id: idSchema, bytes: byteCount })), v.maxLength(personLimits.photos)),
    }),
  ),
  receipts: v.array(v.strictObject({ id: idSchema, bytes: byteCount })),
});

type BackupDamaged = Failure<'backup-damaged'>;

/** Key of a photo's record: all photos of a person lie together. */
export function photoKey(personId: string, photoId: string): string {
  return `${personId}/${photoId}`;
}

/** The inverse of `photoKey`, as far as the person goes. */
export function personOfPhoto(key: string): string {
  return key.split('/', 1)[0] ?? key;
}

export function encodeContents({ madeAtMs, people, receipts }: BackupContents): Bytes {
  const head: v.InferOutput<typeof headSchema> = {
    madeAtMs,
    people: people.map(({ person, records }) => ({
      id: person.id,
      personBytes: records.person.byteLength,
      templatesBytes: records.templates.byteLength,
      photos: records.photos.map(({ key, content }) => ({ id: key.slice(person.id.length + 1), bytes: content.byteLength })),
    })),
    receipts: receipts.map(({ receipt, content }) => ({ id: receipt.id, bytes: content.byteLength })),
  };
  const ofPeople = people.flatMap(({ records }) => [records.person, records.templates, ...records.photos.map(({ content }) => content)]);
  return pack(head, [...ofPeople, ...receipts.map(({ content }) => content)]);
}

/** The inverse of `encodeContents`. Everything is checked: who knows the passphrase can still write nonsense. */
export function decodeContents(bytes: Bytes): Result<BackupContents, BackupDamaged> {
  const unpacked = unpack(bytes);
  if (!unpacked.ok) return err('backup-damaged', unpacked.failure.detail);
  const head = v.safeParse(headSchema, unpacked.value.head);
  if (!head.success) return err('backup-damaged', v.summarize(head.issues));
  const parts = new Parts(unpacked.value.body);
  const people: BackedUpPerson[] = [];
  for (const { id, personBytes, templatesBytes, photos } of head.output.people) {
    const records = {
      person: parts.next(personBytes),
      templates: parts.next(templatesBytes),
      photos: photos.map((photo) => ({ key: photoKey(id, photo.id), content: parts.next(photo.bytes) })),
    };
    const person = decodePerson(id, records.person);
    const held = decodeTemplates(records.templates);
    const photosRead = records.photos.map(({ content }) => decodePhoto(content));
    const damaged = [person, held, ...photosRead].find((read) => !read.ok);
    if (!person.ok || !held.ok || damaged) return err('backup-damaged', `person ${id}: ${damaged?.ok === false ? damaged.failure.detail : ''}`);
    people.push({ person: person.value, held: held.value, records });
  }
  const receipts: { receipt: StoredReceipt; content: Bytes }[] = [];
  for (const { id, bytes: receiptBytes } of head.output.receipts) {
    const content = parts.next(receiptBytes);
    const receipt = decodeReceipt(id, content);
    if (!receipt.ok) return err('backup-damaged', receipt.failure.detail);
    receipts.push({ receipt: receipt.value, content });
  }
  if (!parts.fit) return err('backup-damaged', 'its parts are not as long as it says');
  const ids = [...people.map(({ person }) => person.id), ...people.flatMap(({ records }) => records.photos.map(({ key }) => key)), ...receipts.map(({ receipt }) => receipt.id)];
  return new Set(ids).size === ids.length ? ok({ madeAtMs: head.output.madeAtMs, people, receipts }) : err('backup-damaged', 'an id comes twice');
}

/** Hands out runs of bytes one after the other, without copying any. */
class Parts {
  #at = 0;

  constructor(private readonly bytes: Bytes) {}

  /** Too short at the end of the bytes: then `fit` is false, too. */
  next(count: number): Bytes {
    const start = this.#at;
    this.#at += count;
    return this.bytes.subarray(start, this.#at);
  }

  /** Whether all that was asked for was there, and nothing else. */
  get fit(): boolean {
    return this.#at === this.bytes.byteLength;
  }
}
