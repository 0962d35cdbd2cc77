import { defineConfig } from 'vitest/config';
import { modelFiles } from './models/build-models.ts';

export default defineConfig({
  plugins: [modelFiles()],
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/browser/**', 'test/e2e/**', 'test/long/**'],
    testTimeout: 30_000,
    // Its start script is adapted by the plugin, as in the build.
    server: { deps: { inline: ['@litertjs/core'] } },
  },
});
