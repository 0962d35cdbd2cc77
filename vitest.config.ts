import { defineConfig } from 'vitest/config';
import { modelFiles } from './models/build-models.ts';

export default defineConfig({
  plugins: [modelFiles()],
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/browser/**', 'test/e2e/**', 'test/long/**'],
    testTimeout: 30_000,
  },
});
