import { err, ok } from '../../base/index.ts';
import type { ImportedCard } from '../card.ts';
import type { ModelSource } from '../model-source.ts';

/** A file as a person brought it: its name, which may hold folders, and all its bytes. */
export interface NamedBytes {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** A model that a person brought: plain data, so that the page can store it and hand it to an engine. */
export interface ImportedModel {
  readonly card: ImportedCard;
  /** The bytes of the card's files, by the names that the card gives them. */
  readonly files: readonly NamedBytes[];
}

/** The source of an imported model. It has no network address: what is not among the bytes is missing. */
export function importedSource({ card, files }: ImportedModel): ModelSource {
  return {
    card,
    read(name, onBytes) {
      const bytes = files.find((file) => file.name === name)?.bytes;
      if (!bytes) return Promise.resolve(err('model-missing', `the imported model ${card.id} has no file ${name}`));
      onBytes?.(bytes.byteLength);
      return Promise.resolve(ok(bytes));
    },
  };
}
