import type { AssetFile } from 'virtual:lintel-assets';
import { models, runtimeFiles, wasmFiles } from 'virtual:lintel-assets';
import type { ShippedCard } from './card.ts';
import { fetchSource } from './fetch-source.ts';
import type { ModelSource } from './model-source.ts';

export type { AssetFile };

export interface ShippedModel {
  readonly card: ShippedCard;
  readonly files: readonly AssetFile[];
}

/** The models that come with the app, with the addresses of their files. */
export const shippedModels: readonly ShippedModel[] = models;

/** The builds of the wasm backend. Only the one that the browser can run is ever loaded. */
export const shippedWasm: readonly AssetFile[] = wasmFiles;

/** The programs of the second runtimes, for models that people bring. One is fetched when the first such file is opened. */
export const shippedRuntimes: readonly AssetFile[] = runtimeFiles;

/** The source of a shipped model. Throws RangeError for an id that does not ship: that is a bug. */
export function shippedSource(id: string): ModelSource {
  const model = shippedModels.find((candidate) => candidate.card.id === id);
  if (!model) throw new RangeError(`no model ${id} ships with the app`);
  return fetchSource(model.card, model.files);
}
