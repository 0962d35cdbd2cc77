import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'vite';
import { modelFiles } from '../../models/build-models.ts';
import type * as Learning from './learning.ts';

/**
 * The rooms that learn, for Node: built into one file first, as only a build knows the shipped models and resolves the
 * browser's files of the tensor library.
 */
export async function loadLearning(): Promise<typeof Learning> {
  const folder = await mkdtemp(join(tmpdir(), 'lintel-learning-'));
  try {
    await build({
      configFile: false,
      logLevel: 'error',
      plugins: [modelFiles()],
      publicDir: false,
      ssr: { noExternal: true },
      build: { ssr: fileURLToPath(new URL('learning.ts', import.meta.url)), outDir: folder, emptyOutDir: false, target: 'node20', rolldownOptions: { output: { entryFileNames: 'learning.mjs', codeSplitting: false } } },
    });
    return (await import(pathToFileURL(join(folder, 'learning.mjs')).href)) as typeof Learning;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
