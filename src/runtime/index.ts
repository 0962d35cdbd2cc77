export { allowedSizePx, readCard } from './card.ts';
export type { CardFailure, ModelCard } from './card.ts';
export { fetchSource, sha256Hex } from './fetch-source.ts';
export { allFinite } from './finite.ts';
export type { ModelFailure, ModelSource } from './model-source.ts';
export { shippedModels, shippedSource, shippedWasm } from './shipped.ts';
export type { AssetFile, ShippedModel } from './shipped.ts';
