import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Plugin } from 'vite';

/** Where the page finds what the peers load for themselves: their bundles, weights and wasm, as published. */
export const peerFolder = 'peers/';

const modules = 'node_modules';

/** Folders of packages by their place in the site, and the names in them that are needed. */
const sources: readonly { readonly from: string; readonly to: string; readonly names: RegExp }[] = [
  { from: '@vladmandic/human/dist', to: 'human/', names: /^human\.esm\.js$/u },
  { from: '@vladmandic/human/models', to: 'human/models/', names: /^(?:movenet-lightning|facemesh|blazeface|centernet|models)\.(?:json|bin)$/u },
  { from: '@vladmandic/face-api/dist', to: 'face-api/', names: /^face-api\.esm\.js$/u },
  { from: '@vladmandic/face-api/model', to: 'face-api/model/', names: /^(?:tiny_face_detector|face_landmark_68|face_recognition)_model/u },
  { from: '@tensorflow/tfjs-backend-wasm/dist', to: 'wasm/', names: /\.wasm$/u },
];

/** Puts the peers' own files beside the page of the benchmark: nothing comes from another origin. */
export function peerFiles(): Plugin {
  return {
    name: 'lintel-peer-files',
    async generateBundle() {
      for (const { from, to, names } of sources) {
        const folder = join(modules, from);
        const found = (await readdir(folder)).filter((name) => names.test(name));
        if (found.length === 0) throw new Error(`${folder} holds nothing that a peer needs`);
        for (const name of found) this.emitFile({ type: 'asset', fileName: `${peerFolder}${to}${name}`, source: await readFile(join(folder, name)) });
      }
    },
  };
}
