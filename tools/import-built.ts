import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'vite';
import { modelFiles } from '../models/build-models.ts';

/**
 * A module of the app's rooms, for Node: built into one file first, as only a build knows the shipped models and resolves
 * the browser's files of the tensor library.
 *
 * @param entry address of the TypeScript file
 */
export async function importBuilt(entry: URL): Promise<unknown> {
  const folder = await mkdtemp(join(tmpdir(), 'lintel-built-'));
  try {
    await build({
      configFile: false,
      logLevel: 'error',
      plugins: [modelFiles()],
      publicDir: false,
      ssr: { noExternal: true },
      build: { ssr: fileURLToPath(entry), outDir: folder, emptyOutDir: false, target: 'node20', rolldownOptions: { output: { entryFileNames: 'built.mjs', codeSplitting: false } } },
    });
    return await import(pathToFileURL(join(folder, 'built.mjs')).href);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
