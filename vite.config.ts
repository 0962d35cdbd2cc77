import { defineConfig } from 'vite';
import { modelFiles } from './models/build-models.ts';
import { packageNotices } from './tools/supply/package-notices.ts';

const notices = packageNotices();

export default defineConfig({
  plugins: [modelFiles(), notices.app],
  build: {
    target: 'es2022',
    outDir: 'dist/app',
    emptyOutDir: true,
    sourcemap: false,
    modulePreload: { polyfill: false },
    rolldownOptions: { input: { app: 'index.html', evaluate: 'evaluate.html' } },
  },
  // A folder of their own: hosts give workers their policy by it.
  worker: { format: 'es', plugins: () => [modelFiles(), notices.workers], rolldownOptions: { output: { entryFileNames: 'workers/[name]-[hash].js' } } },
});
