import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { say } from './progress.ts';
import { runProgram } from './run-program.ts';
import { WorkError } from './work-error.ts';

export const appFolder = 'dist/app';
const builtPage = join(appFolder, 'evaluate.html');

/** What the app is built from. */
const sources = ['src', 'models', 'public', 'sw', 'index.html', 'evaluate.html', 'vite.config.ts', 'package.json', 'package-lock.json'];

/** Builds the app when it is not built or older than its sources. Throws WorkError when it cannot be built. */
export async function ensureBuiltApp(): Promise<void> {
  const builtMs = await newestMs(builtPage);
  const changedMs = Math.max(...(await Promise.all(sources.map(newestMs))));
  if (builtMs >= changedMs) return;
  say(builtMs === 0 ? 'building the app ...' : 'building the app again: its sources have changed ...');
  const code = await runProgram('npm', ['run', '--silent', 'build']);
  if (code !== 0) throw new WorkError('build-failed', `npm run build ended with code ${code}`);
}

/** Newest change of a file, or of the files below a folder, in ms; 0 where there is nothing. */
async function newestMs(path: string): Promise<number> {
  const found = await stat(path).catch(() => null);
  if (!found) return 0;
  if (!found.isDirectory()) return found.mtimeMs;
  const inside = await readdir(path);
  return Math.max(0, ...(await Promise.all(inside.map((name) => newestMs(join(path, name))))));
}
