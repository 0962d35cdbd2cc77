import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { modelFiles } from '../../models/build-models.ts';

/** The benchmark's page: the app's rooms and its peers in one build. Not a part of the app. */
export default defineConfig({
  root: fileURLToPath(new URL('page', import.meta.url)),
  publicDir: false,
  plugins: [modelFiles()],
  build: {
    target: 'es2022',
    outDir: fileURLToPath(new URL('../../dist/bench', import.meta.url)),
    emptyOutDir: true,
    modulePreload: { polyfill: false },
  },
  worker: { format: 'es', plugins: () => [modelFiles()] },
});
