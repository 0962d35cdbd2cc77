import type { FaceTemplate } from '../../faces/index.ts';
import type { Bytes } from './bytes.ts';

/** What a person agreed to before the camera looked at them. */
export interface Consent {
  /** Version of the text. */
  readonly version: string;
  /** Language of the text, e.g. `en` or `zh-Hans`. */
  readonly language: string;
  /** The text itself, as it was shown. */
  readonly agreed: string;
  readonly givenAtMs: number;
}

/** A picture of a person as a compressed file. */
export interface Photo {
  readonly type: 'image/jpeg' | 'image/png' | 'image/webp';
  readonly bytes: Bytes;
  readonly takenAtMs: number;
}

/** What is told of a person without opening their templates. Times are milliseconds since 1970 UTC. */
export interface Person {
  /** Random, and for ever theirs: also on another device that restored a backup. */
  readonly id: string;
  readonly name: string;
  readonly consent: Consent;
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
  /** From this moment on the person is not recognised any more, and the next purge erases them. */
  readonly retainUntilMs: number;
  readonly holds: Holdings;
}

/** How much is kept of a person. */
export interface Holdings {
  readonly templates: number;
  /** Templates of other people that were taken for this one. */
  readonly negatives: number;
  readonly photos: number;
  /** Models that the templates are of. */
  readonly modelIds: readonly string[];
}

export interface NewPerson {
  /** 1 to 200 characters without blanks around them; several people may have the same. */
  readonly name: string;
  readonly consent: Consent;
  /** At least one; those of one model have one length. */
  readonly templates: readonly FaceTemplate[];
  /** None are kept unless the owner asked for it. */
  readonly photos?: readonly Photo[];
  /** 365 days from now unless given. */
  readonly retainUntilMs?: number;
}

/** A new look at a known person. What is not given stays. */
export interface ReEnrolment {
  /** `replace` forgets the templates there are; `add` keeps them beside the new ones. */
  readonly mode: 'replace' | 'add';
  readonly templates: readonly FaceTemplate[];
  readonly consent?: Consent;
  /** In place of the photos there are. */
  readonly photos?: readonly Photo[];
}

/** A person with everything that is kept of them but photos. */
export interface PersonFile {
  readonly person: Person;
  readonly templates: readonly FaceTemplate[];
  readonly negatives: readonly FaceTemplate[];
}

/**
 * How long a person is kept unless someone extends it.
 * Ref: Texas Business and Commerce Code, section 503.001(c)(3): at most a year after the purpose has ended.
 */
export const defaultRetentionDays = 365;
export const dayMs = 24 * 60 * 60 * 1000;

/** Bounds of what is taken in, from the app and from backups. */
export const personLimits = { nameChars: 200, consentChars: 20_000, templates: 64, negatives: 256, values: 4096, photos: 4, photoBytes: 4 * 1024 * 1024 } as const;
