import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { modelFiles } from './models/build-models.ts';

export default defineConfig({
  plugins: [modelFiles()],
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/browser/**', 'test/e2e/**', 'test/long/**'],
    testTimeout: 30_000,
    // All cores: the default leaves one free, which on two is half of them.
    maxWorkers: availableParallelism(),
    server: {
      deps: {
        inline: [
          // The package's own files for the browser, which load the gradients: Node cannot resolve the imports in them.
          /@tensorflow\/tfjs-core\/dist\/(?!tf-core)/,
          // Its start script is adapted by the plugin, as in the build.
          '@litertjs/core',
        ],
      },
    },
  },
});
