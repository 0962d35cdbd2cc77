import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { modelFiles } from '../../models/build-models.ts';
import { peerFiles } from './peer-files.ts';

const pageFolder = fileURLToPath(new URL('page', import.meta.url));

/** The benchmark's page: the app's rooms and its peers in one build. Not a part of the app. */
export default defineConfig({
  root: pageFolder,
  publicDir: false,
  plugins: [modelFiles(), peerFiles()],
  build: {
    target: 'es2022',
    outDir: fileURLToPath(new URL('../../dist/bench', import.meta.url)),
    emptyOutDir: true,
    modulePreload: { polyfill: false },
    rolldownOptions: { input: { index: join(pageFolder, 'index.html'), peer: join(pageFolder, 'peer.html') } },
  },
  worker: { format: 'es', plugins: () => [modelFiles()] },
});
