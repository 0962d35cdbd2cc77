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
  // A folder of their own: hosts give workers their policy by it.
  worker: { format: 'es', plugins: () => [modelFiles()], rolldownOptions: { output: { entryFileNames: 'workers/[name]-[hash].js' } } },
});
