import { readFile } from 'node:fs/promises';
import type { Plugin } from 'vite';
import { adaptRuntime } from './adapt-runtime.ts';
import type { AnyCard, Asset } from './list-assets.ts';
import { isPointsCard, isVectorCard, listModels, listRuntimes, listWasm } from './list-assets.ts';

const virtualId = 'virtual:lintel-assets';
const resolvedId = `\0${virtualId}`;

/**
 * Brings the model and wasm files from the npm packages into the app, each checked against its card, under its
 * content-addressed path, and tells the code what ships through `virtual:lintel-assets`. The development server
 * serves the same paths straight from the packages.
 */
export function modelFiles(): Plugin {
  const load = once(async () => ({ models: await listModels(), wasmFiles: await listWasm(), runtimeFiles: await listRuntimes() }));
  const assets = async (): Promise<readonly Asset[]> => {
    const { models, wasmFiles, runtimeFiles } = await load();
    return [...models.flatMap((model) => model.files), ...wasmFiles, ...runtimeFiles];
  };
  return {
    name: 'lintel-model-files',
    resolveId: (id) => (id === virtualId ? resolvedId : undefined),
    async load(id) {
      if (id !== resolvedId) return undefined;
      const { models, wasmFiles, runtimeFiles } = await load();
      const shipped = models.map(({ card, files }) => ({ card, files: files.map(publicPart) }));
      const those = (are: (card: AnyCard) => boolean): string => JSON.stringify(shipped.filter(({ card }) => are(card)));
      return [
        `export const models = ${those((card) => !isPointsCard(card) && !isVectorCard(card))};`,
        `export const pointsModels = ${those(isPointsCard)};`,
        `export const vectorModels = ${those(isVectorCard)};`,
        `export const wasmFiles = ${JSON.stringify(wasmFiles.map(publicPart))};`,
        `export const runtimeFiles = ${JSON.stringify(runtimeFiles.map(publicPart))};`,
      ].join('\n');
    },
    // The development server must not bundle the packages beforehand, or nothing adapts them.
    config: () => ({ optimizeDeps: { exclude: ['onnxruntime-web', '@litertjs/core'] } }),
    transform: adaptRuntime,
    async generateBundle() {
      if (this.environment.config.isWorker) return;
      for (const asset of await assets()) {
        this.emitFile({ type: 'asset', fileName: asset.url.slice(1), source: await readFile(asset.sourcePath) });
      }
    },
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        void assets().then(async (list) => {
          const asset = list.find((candidate) => candidate.url === request.url);
          if (!asset) {
            next();
            return;
          }
          response.setHeader('Content-Type', asset.name.endsWith('.wasm') ? 'application/wasm' : 'application/octet-stream');
          response.end(await readFile(asset.sourcePath));
        }, next);
      });
    },
  };
}

function publicPart({ name, url, bytes, sha256 }: Asset): Omit<Asset, 'sourcePath'> {
  return { name, url, bytes, sha256 };
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}
