import type { Failure, Result } from '../base/index.ts';
import { err, ok } from '../base/index.ts';
import type { ImportedCard, ImportedModel, NamedBytes } from '../runtime/index.ts';
import { readImportedCard, sha256Hex } from '../runtime/index.ts';
import { atomically } from './atomically.ts';
import type { Database } from './database.ts';
import { askToPersist, persisted } from './persist.ts';
import { reading } from './reading.ts';
import type { StoreFailure } from './store-failure.ts';

/**
 * Why a model is not to be had.
 * - `model-missing`: no such model is kept. `card-damaged`: its description cannot be read.
 * - `file-missing`, `file-damaged`: the named file is gone, or its bytes are not those that were kept.
 * Adding the same model again repairs all three.
 */
export type ImportedFailure = StoreFailure | Failure<'model-missing' | 'card-damaged'> | DamagedFile;

export interface DamagedFile extends Failure<'file-missing' | 'file-damaged'> {
  /** Name of the file, as the card gives it. */
  readonly file: string;
}

/** A kept model without its files. A damaged description leaves only the id, so that the model can be named and removed. */
export type ImportedEntry = { readonly id: string; readonly card: ImportedCard } | { readonly id: string; readonly card: null };

/** The models that a person brought, kept on this device. Every file is checked by its SHA-256 when it is read. */
export interface ImportedModels {
  /** By title. */
  list(): Promise<Result<readonly ImportedEntry[], StoreFailure>>;
  /**
   * Keeps a model with all its files, or nothing of it. One with the same id is replaced. The browser is asked not to
   * evict the data.
   */
  add(model: ImportedModel): Promise<Result<null, ImportedFailure>>;
  /** The model with all files, each as it was kept. */
  read(id: string): Promise<Result<ImportedModel, ImportedFailure>>;
  /** @param title shown to the person; leading and trailing blanks are dropped */
  rename(id: string, title: string): Promise<Result<null, ImportedFailure>>;
  /** Removing what is not there is no failure. */
  remove(id: string): Promise<Result<null, StoreFailure>>;
}

/** @param persist asks the browser to keep the data; how it answers changes nothing here */
export function createImportedModels(database: Database, persist: () => Promise<unknown> = askToPersist): ImportedModels {
  return new DatabaseModels(database, persist);
}

const stores = ['imported-models', 'imported-files'] as const;

class DatabaseModels implements ImportedModels {
  constructor(
    private readonly database: Database,
    private readonly persist: () => Promise<unknown>,
  ) {}

  async list(): Promise<Result<readonly ImportedEntry[], StoreFailure>> {
    const kept = await this.database.use((db) =>
      reading(db, ['imported-models'], async (transaction) => {
        const store = transaction.objectStore('imported-models');
        const [ids, records] = await Promise.all([store.getAllKeys(), store.getAll()]);
        return ids.map((id, i) => ({ id, record: records[i] }));
      }),
    );
    if (!kept.ok) return kept;
    const entries = kept.value.map(({ id, record }): ImportedEntry => {
      const card = cardOf(id, record);
      return { id, card: card.ok ? card.value : null };
    });
    const title = ({ id, card }: ImportedEntry): string => card?.title ?? id;
    return ok(entries.sort((a, b) => title(a).localeCompare(title(b)) || (a.id < b.id ? -1 : 1)));
  }

  async add({ card, files }: ImportedModel): Promise<Result<null, ImportedFailure>> {
    const checked = readImportedCard(card);
    if (!checked.ok) return err('card-damaged', checked.failure.detail);
    const whole = await this.#verified(checked.value, files);
    if (!whole.ok) return whole;
    await persisted(this.persist);
    const added = await this.database.use((db) =>
      atomically(db, stores, (transaction) => {
        const kept = transaction.objectStore('imported-files');
        return Promise.allSettled([
          kept.delete(filesOf(card.id)),
          ...whole.value.map(({ name, bytes }) => kept.put(bytes, [card.id, name])),
          // The card is the model's manifest: it comes last, and nothing is there without it.
          transaction.objectStore('imported-models').put(checked.value, card.id),
        ]);
      }),
    );
    return added.ok ? ok(null) : added;
  }

  async read(id: string): Promise<Result<ImportedModel, ImportedFailure>> {
    const kept = await this.database.use((db) =>
      reading(db, stores, async (transaction) => {
        const files = transaction.objectStore('imported-files');
        const [record, keys, values] = await Promise.all([transaction.objectStore('imported-models').get(id), files.getAllKeys(filesOf(id)), files.getAll(filesOf(id))]);
        return { record, files: keys.map(([, name], i) => ({ name, bytes: values[i] })) };
      }),
    );
    if (!kept.ok) return kept;
    const card = cardOf(id, kept.value.record);
    if (!card.ok) return card;
    const files = await this.#verified(card.value, kept.value.files);
    return files.ok ? ok({ card: card.value, files: files.value }) : files;
  }

  async rename(id: string, title: string): Promise<Result<null, ImportedFailure>> {
    const renamed = await this.database.use((db) =>
      atomically(db, ['imported-models'], async (transaction) => {
        const store = transaction.objectStore('imported-models');
        const card = cardOf(id, await store.get(id));
        if (card.ok) await Promise.allSettled([store.put({ ...card.value, title: title.trim() }, id)]);
        return card;
      }),
    );
    if (!renamed.ok) return renamed;
    return renamed.value.ok ? ok(null) : renamed.value;
  }

  async remove(id: string): Promise<Result<null, StoreFailure>> {
    const removed = await this.database.use((db) =>
      atomically(db, stores, (transaction) =>
        Promise.allSettled([transaction.objectStore('imported-models').delete(id), transaction.objectStore('imported-files').delete(filesOf(id))]),
      ),
    );
    return removed.ok ? ok(null) : removed;
  }

  /** The card's files, each with the bytes that the card states. The first that is not so is the failure. */
  async #verified(card: ImportedCard, found: readonly { readonly name: string; readonly bytes: unknown }[]): Promise<Result<readonly NamedBytes[], DamagedFile>> {
    const files: NamedBytes[] = [];
    for (const { name, bytes: size, sha256 } of card.files) {
      const bytes = found.find((file) => file.name === name)?.bytes;
      const named = (code: DamagedFile['code'], detail: string) => ({ ok: false, failure: { code, detail: `${card.id}/${name}: ${detail}`, file: name } }) as const;
      if (bytes === undefined) return named('file-missing', 'not among the kept files');
      if (!isBytes(bytes)) return named('file-damaged', 'not bytes');
      if (bytes.byteLength !== size) return named('file-damaged', `${bytes.byteLength} bytes, not ${size}`);
      const hash = await sha256Hex(bytes);
      if (hash !== sha256) return named('file-damaged', `SHA-256 ${hash}, not ${sha256}`);
      files.push({ name, bytes });
    }
    return ok(files);
  }
}

/** All keys [id, file name] of one model: an array sorts behind every string. */
function filesOf(id: string): IDBKeyRange {
  return IDBKeyRange.bound([id], [id, []]);
}

function cardOf(id: string, record: unknown): Result<ImportedCard, Failure<'model-missing' | 'card-damaged'>> {
  if (record === undefined) return err('model-missing', `no model ${id} is kept here`);
  const card = readImportedCard(record);
  if (!card.ok) return err('card-damaged', `${id}: ${card.failure.detail}`);
  return card.value.id === id ? card : err('card-damaged', `${id}: the card is that of ${card.value.id}`);
}

function isBytes(value: unknown): value is Uint8Array<ArrayBuffer> {
  return value instanceof Uint8Array && value.buffer instanceof ArrayBuffer;
}
