import { defineConfig } from 'vite';
import { modelFiles } from './models/build-models.ts';

export default defineConfig({
  plugins: [modelFiles()],
  build: {
    target: 'es2022',
    outDir: 'dist/app',
    emptyOutDir: true,
    sourcemap: false,
    modulePreload: { polyfill: false },
    rolldownOptions: { input: { app: 'index.html', evaluate: 'evaluate.html' } },
  },
  worker: { format: 'es', plugins: () => [modelFiles()] },
});
