import type { AssetFile } from 'virtual:lintel-assets';
import { models, pointsModels, runtimeFiles, vectorModels, wasmFiles } from 'virtual:lintel-assets';
import type { ShippedCard } from './card.ts';
import { fetchSource } from './fetch-source.ts';
import type { ModelSource } from './model-source.ts';
import type { PointsCard } from './points-card.ts';
import type { VectorCard } from './vector-card.ts';

export type { AssetFile };

export interface ShippedModel {
  readonly card: ShippedCard;
  readonly files: readonly AssetFile[];
}

export interface ShippedPointsModel {
  readonly card: PointsCard;
  readonly files: readonly AssetFile[];
}

export interface ShippedVectorModel {
  readonly card: VectorCard;
  readonly files: readonly AssetFile[];
}

/** The detectors that come with the app, with the addresses of their files. */
export const shippedModels: readonly ShippedModel[] = models;

/** The models that find the points of a face or a body, with the addresses of their files. */
export const shippedPointsModels: readonly ShippedPointsModel[] = pointsModels;

/** The models that make numbers of a face, with the addresses of their files. */
export const shippedVectorModels: readonly ShippedVectorModel[] = vectorModels;

/** The descriptor whose templates are kept and compared, unless another is asked for. */
export const usualDescriptorId = 'face-descriptor-128';

/** The builds of the wasm backend. Only the one that the browser can run is ever loaded. */
export const shippedWasm: readonly AssetFile[] = wasmFiles;

/** The programs of the second runtimes, for models that people bring. One is fetched when the first such file is opened. */
export const shippedRuntimes: readonly AssetFile[] = runtimeFiles;

/** The source of a shipped detector. Throws RangeError for an id that does not ship: that is a bug. */
export function shippedSource(id: string): ModelSource {
  const model = shippedModels.find((candidate) => candidate.card.id === id);
  if (!model) throw new RangeError(`no model ${id} ships with the app`);
  return fetchSource(model.card, model.files);
}

/** The source of a shipped model of points. Throws RangeError for an id that does not ship: that is a bug. */
export function shippedPointsSource(id: string): ModelSource<PointsCard> {
  const model = shippedPointsModels.find((candidate) => candidate.card.id === id);
  if (!model) throw new RangeError(`no model of points ${id} ships with the app`);
  return fetchSource(model.card, model.files);
}

/** The source of a shipped model of a face's numbers. Throws RangeError for an id that does not ship: that is a bug. */
export function shippedVectorSource(id: string): ModelSource<VectorCard> {
  const model = shippedVectorModels.find((candidate) => candidate.card.id === id);
  if (!model) throw new RangeError(`no model of a face's numbers ${id} ships with the app`);
  return fetchSource(model.card, model.files);
}
