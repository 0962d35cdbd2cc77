import type { Calendar } from '../../../src/base/index.ts';
import { seededRandom } from '../../../src/base/index.ts';
import type { FaceTemplate } from '../../../src/faces/index.ts';
import type { Database } from '../../../src/store/database.ts';
import { deriveByArgon2 } from '../../../src/store/vault/argon2.ts';
import { createVault } from '../../../src/store/vault/create-vault.ts';
import type { DeriveKey } from '../../../src/store/vault/kdf.ts';
import type { Consent, NewPerson, Photo } from '../../../src/store/vault/person.ts';
import type { Vault } from '../../../src/store/vault/vault.ts';

export const modelId = 'face-descriptor-128';
export const otherModelId = 'face-descriptor-1024';
export const startMs = Date.UTC(2031, 4, 6);
export const passphrase = 'correct horse battery staple';

/** A date that a test sets. */
export class SetCalendar implements Calendar {
  constructor(public nowMs = startMs) {}

  epochMs(): number {
    return this.nowMs;
  }
}

/** Argon2id as it ships; a key that was derived before is not derived again. Counts what it was asked for. */
export class RememberedKdf {
  readonly #known = new Map<string, ReturnType<DeriveKey>>();
  asked = 0;

  readonly derive: DeriveKey = (passphraseBytes, salt, cost) => {
    this.asked++;
    const name = JSON.stringify([[...passphraseBytes], [...salt], cost]);
    const known = this.#known.get(name) ?? deriveByArgon2(passphraseBytes, salt, cost);
    this.#known.set(name, known);
    return known;
  };
}

const kdf = new RememberedKdf();

/** In the place of Argon2id where a test is about something else and needs many keys. */
export const cheapKdf: DeriveKey = async (passphraseBytes, salt, cost) => {
  const named = new Uint8Array([...passphraseBytes, ...salt, ...new Uint8Array(Uint32Array.of(cost.passes, cost.memoryKib, cost.lanes).buffer)]);
  return { ok: true, value: new Uint8Array(await crypto.subtle.digest('SHA-256', named)) };
};

export function madeVault(database: Database, calendar: Calendar = new SetCalendar(), deriveKey: DeriveKey = kdf.derive): Vault {
  return createVault(database, { calendar, deriveKey });
}

export function template(seed: number, length = 128, model = modelId): FaceTemplate {
  const random = seededRandom(seed);
  return { modelId: model, values: Float32Array.from({ length }, () => random() * 2 - 1), quality: 0.9, takenAtMs: startMs - 1000 };
}

export const consent: Consent = { version: '2031-01', language: 'en', agreed: 'I agree that numbers of my face are kept here until I say otherwise.', givenAtMs: startMs - 5000 };

export function photo(seed: number): Photo {
  const random = seededRandom(seed);
  return { type: 'image/jpeg', bytes: Uint8Array.from({ length: 400 }, () => Math.floor(random() * 256)), takenAtMs: startMs - 1000 };
}

export function newPerson(name: string, seed: number, more: Partial<NewPerson> = {}): NewPerson {
  return { name, consent, templates: [template(seed), template(seed + 1)], ...more };
}

/** The value of a result that must be one. */
export async function valueOf<T>(result: Promise<{ readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: unknown }>): Promise<T> {
  const settled = await result;
  if (!settled.ok) throw new Error(JSON.stringify(settled.failure));
  return settled.value;
}
