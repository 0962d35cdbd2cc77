import type { Calendar, Failure, Result } from '../../base/index.ts';
import { err, ok } from '../../base/index.ts';
import type { FaceTemplate } from '../../faces/index.ts';
import { encodeAudit } from './audit.ts';
import type { AuditEntry } from './audit.ts';
import { photoKey } from './backup-contents.ts';
import { toHex } from './bytes.ts';
import { onlyPerson } from './people-list.ts';
import type { NewPerson, Person, PersonFile, Photo, ReEnrolment } from './person.ts';
import { dayMs, defaultRetentionDays } from './person.ts';
import type { HeldTemplates } from './person-codec.ts';
import { cleanName, decodePhoto, decodeTemplates, encodePerson, encodePhoto, encodeTemplates, problemOfPerson, problemOfPhotos, problemOfTemplates } from './person-codec.ts';
import type { Change, VaultCore } from './vault-core.ts';
import type { VaultFailure } from './vault-failure.ts';

/** A person as read, and what tells this reading from a later one. */
interface ReadPerson extends PersonFile {
  readonly stamp: string | null;
}

/** What becomes of a person. What is not given stays. */
interface Edit {
  readonly person?: Partial<Pick<Person, 'name' | 'consent' | 'retainUntilMs'>>;
  readonly held?: HeldTemplates;
  /** In place of all photos there are. */
  readonly photos?: readonly Photo[];
  readonly audit?: AuditEntry;
}

/** Keeps and changes people. */
export class VaultPeople {
  constructor(
    private readonly core: VaultCore,
    private readonly calendar: Calendar,
  ) {}

  async person(id: string): Promise<Result<PersonFile, VaultFailure>> {
    const read = await this.#read(id);
    if (!read.ok) return read;
    const { person, templates, negatives } = read.value;
    return ok({ person, templates, negatives });
  }

  async photos(id: string): Promise<Result<readonly Photo[], VaultFailure>> {
    const read = await this.core.read([{ store: 'vault-people', key: id }, { store: 'vault-photos', prefix: photoKey(id, '') }]);
    if (!read.ok) return read;
    const person = onlyPerson(id, read.value[0]);
    if (!person.ok) return person;
    const photos: Photo[] = [];
    for (const { content } of read.value[1] ?? []) {
      const photo = content.ok ? decodePhoto(content.value) : content;
      if (!photo.ok) return photo;
      photos.push(photo.value);
    }
    return ok(photos);
  }

  add(given: NewPerson): Promise<Result<Person, VaultFailure>> {
    const nowMs = this.calendar.epochMs();
    const held = { templates: given.templates, negatives: [] };
    const photos = given.photos ?? [];
    const person: Person = {
      id: this.#newId(),
      name: cleanName(given.name),
      consent: given.consent,
      createdAtMs: nowMs,
      updatedAtMs: nowMs,
      retainUntilMs: given.retainUntilMs ?? nowMs + defaultRetentionDays * dayMs,
      holds: holdingsOf(held, photos.length),
    };
    const problem = problemOf(person, held, photos);
    if (problem) return Promise.resolve(problem);
    return this.core.change(() =>
      Promise.resolve(
        ok({
          value: person,
          expect: [{ place: placeOf(person.id), stamp: null }],
          put: [
            { place: placeOf(person.id), content: encodePerson(person) },
            { place: templatesOf(person.id), content: encodeTemplates(held) },
            ...this.#photoRecords(person.id, photos),
            this.#auditRecord({ atMs: nowMs, act: 'enrol', people: 1, templates: held.templates.length }),
          ],
        }),
      ),
    );
  }

  rename(id: string, name: string): Promise<Result<Person, VaultFailure>> {
    return this.#edit(id, () => ({ person: { name: cleanName(name) } }));
  }

  extendRetention(id: string, untilMs = this.calendar.epochMs() + defaultRetentionDays * dayMs): Promise<Result<Person, VaultFailure>> {
    return this.#edit(id, () => ({ person: { retainUntilMs: untilMs } }));
  }

  removePhotos(id: string): Promise<Result<Person, VaultFailure>> {
    return this.#edit(id, () => ({ photos: [] }));
  }

  addNegative(id: string, template: FaceTemplate): Promise<Result<Person, VaultFailure>> {
    return this.#edit(id, ({ templates, negatives }) => ({ held: { templates, negatives: [...negatives, template] } }));
  }

  reEnrol(id: string, { mode, templates, consent, photos }: ReEnrolment): Promise<Result<Person, VaultFailure>> {
    return this.#edit(id, (before) => ({
      person: consent ? { consent } : {},
      held: { templates: mode === 'add' ? [...before.templates, ...templates] : templates, negatives: before.negatives },
      ...(photos && { photos }),
      audit: { atMs: this.calendar.epochMs(), act: 're-enrol', people: 1, templates: templates.length },
    }));
  }

  #edit(id: string, editOf: (before: PersonFile) => Edit): Promise<Result<Person, VaultFailure>> {
    return this.core.change(async (): Promise<Result<Change<Person>, VaultFailure>> => {
      const before = await this.#read(id);
      if (!before.ok) return before;
      const { person: changed = {}, held, photos, audit } = editOf(before.value);
      const old = before.value.person;
      const person: Person = {
        ...old,
        ...changed,
        // A clock that was set back makes no older record: of two, the newer one wins a restore.
        updatedAtMs: Math.max(this.calendar.epochMs(), old.updatedAtMs + 1),
        holds: holdingsOf(held ?? before.value, photos ? photos.length : old.holds.photos),
      };
      const problem = problemOf(person, held ?? before.value, photos ?? []);
      if (problem) return problem;
      return ok({
        value: person,
        expect: [{ place: placeOf(id), stamp: before.value.stamp }],
        erase: photos ? [{ store: 'vault-photos' as const, prefix: photoKey(id, '') }] : [],
        put: [
          { place: placeOf(id), content: encodePerson(person) },
          ...(held ? [{ place: templatesOf(id), content: encodeTemplates(held) }] : []),
          ...this.#photoRecords(id, photos ?? []),
          ...(audit ? [this.#auditRecord(audit)] : []),
        ],
      });
    });
  }

  async #read(id: string): Promise<Result<ReadPerson, VaultFailure>> {
    const read = await this.core.read([placeOf(id), templatesOf(id)]);
    if (!read.ok) return read;
    const [people, [templates] = []] = read.value;
    const person = onlyPerson(id, people);
    if (!person.ok) return person;
    if (!templates) return err('damaged', `the templates of ${id} are gone`);
    const held = templates.content.ok ? decodeTemplates(templates.content.value) : templates.content;
    return held.ok ? ok({ person: person.value, ...held.value, stamp: people?.[0]?.stamp ?? null }) : held;
  }

  #photoRecords(id: string, photos: readonly Photo[]): Change<unknown>['put'] {
    // The ids sort as the photos were given.
    const newId = (index: number): string => toHex(Uint8Array.of(index, ...this.core.random(15)));
    return photos.map((photo, i) => ({ place: { store: 'vault-photos', key: photoKey(id, newId(i)) }, content: encodePhoto(photo) }));
  }

  #auditRecord(entry: AuditEntry): Change<unknown>['put'][number] {
    return { place: { store: 'vault-audit', key: this.#newId() }, content: encodeAudit(entry) };
  }

  #newId(): string {
    return toHex(this.core.random(16));
  }
}

function placeOf(id: string): { readonly store: 'vault-people'; readonly key: string } {
  return { store: 'vault-people', key: id };
}

function templatesOf(id: string): { readonly store: 'vault-templates'; readonly key: string } {
  return { store: 'vault-templates', key: id };
}

function holdingsOf({ templates, negatives }: HeldTemplates, photos: number): Person['holds'] {
  return { templates: templates.length, negatives: negatives.length, photos, modelIds: [...new Set(templates.map(({ modelId }) => modelId))] };
}

function problemOf(person: Person, held: HeldTemplates, photos: readonly Photo[]): { readonly ok: false; readonly failure: Failure<'invalid'> } | null {
  const problem = problemOfPerson(person) ?? problemOfTemplates(held) ?? problemOfPhotos(photos);
  return problem === null ? null : err('invalid', problem);
}
