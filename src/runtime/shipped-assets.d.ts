/** Made by the build step in `models/`: what ships with the app, each file with its content-addressed address. */
declare module 'virtual:lintel-assets' {
  import type { ShippedCard } from './card.ts';
  import type { PointsCard } from './points-card.ts';
  import type { VectorCard } from './vector-card.ts';

  export interface AssetFile {
    readonly name: string;
    /** Same-origin path that contains a part of the hash: the content behind it never changes. */
    readonly url: string;
    readonly bytes: number;
    /** Lower-case hex. */
    readonly sha256: string;
  }

  export const models: readonly { readonly card: ShippedCard; readonly files: readonly AssetFile[] }[];
  export const pointsModels: readonly { readonly card: PointsCard; readonly files: readonly AssetFile[] }[];
  export const vectorModels: readonly { readonly card: VectorCard; readonly files: readonly AssetFile[] }[];
  export const wasmFiles: readonly AssetFile[];
  /** The programs of the second runtimes (ONNX, LiteRT): fetched only when a file needs one. */
  export const runtimeFiles: readonly AssetFile[];
}
