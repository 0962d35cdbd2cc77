// `npm start`: installs and builds what is missing, then serves. Works on a fresh clone.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildIfStale, installIfMissing, nodeTooOld, root, StepFailed } from './install.mjs';

async function start() {
  const tooOld = nodeTooOld();
  if (tooOld) {
    console.error(tooOld);
    return 1;
  }
  const args = process.argv.slice(2);
  const isServing = !['--help', '--kiosks', '--revoke'].some((flag) => args.includes(flag));
  await installIfMissing();
  if (isServing && !args.includes('--no-build')) await buildIfStale();
  // In this very process: signals and exit codes are the server's own.
  const { register } = await import('tsx/esm/api');
  register();
  const entry = join(root, 'src', 'server', 'main.ts');
  process.argv = [process.execPath, entry, ...args.filter((arg) => arg !== '--no-build')];
  await import(pathToFileURL(entry).href);
  return process.exitCode ?? 0;
}

try {
  process.exitCode = await start();
} catch (thrown) {
  if (!(thrown instanceof StepFailed)) throw thrown;
  console.error(`\n${thrown.step} failed; the reason is above.`);
  process.exitCode = thrown.code;
}
