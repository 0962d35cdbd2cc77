import type { FinalHandler } from '../../src/server/index.ts';
import { listImages } from '../evaluate/list-images.ts';
import { openPage } from '../evaluate/open-page.ts';
import { say } from '../evaluate/progress.ts';
import { callerFolder, runCommand } from '../evaluate/run-command.ts';
import { runProgram } from '../evaluate/run-program.ts';
import { serveSite } from '../evaluate/serve-site.ts';
import { WorkError } from '../evaluate/work-error.ts';
import type { BenchCommand } from './command.ts';
import { readBenchCommand, usage } from './command.ts';
import { compareNms } from './compare-nms.ts';
import { compareWith } from './compare-with.ts';

/**
 * The page of the benchmark runs both sides on its own thread. tfjs starts wasm threads there from a `blob:` address,
 * which the app's policy for documents forbids; peers bring habits of their own.
 */
function withoutPolicy(handler: FinalHandler): FinalHandler {
  return async (request) => {
    const response = await handler(request);
    const headers = Object.entries(response.headers).filter(([name]) => name !== 'content-security-policy');
    return { ...response, headers: Object.fromEntries(headers) };
  };
}

async function bench(command: BenchCommand): Promise<void> {
  const images = command.imagesPath === null ? null : await listImages(command.imagesPath);
  if (images?.ok === false) throw new WorkError(images.failure.code, images.failure.detail);
  say('building the page of the benchmark ...');
  const code = await runProgram('npx', ['vite', 'build', '--config', 'tools/bench/vite.config.ts', '--logLevel', 'warn']);
  if (code !== 0) throw new WorkError('build-failed', `vite ended with code ${code}`);
  const site = await serveSite('dist/bench', withoutPolicy);
  try {
    for (const peer of command.peers) {
      const browser = await openPage(`${site.origin}/`, { softwareWebgl: command.backend === 'webgl' });
      try {
        const line = peer === 'tfjs-nms' ? await compareNms(browser.page, command) : await compareWith(peer, browser.page, images?.value ?? [], command);
        process.stdout.write(`${JSON.stringify(line)}\n`);
      } finally {
        await browser.close();
      }
    }
  } finally {
    await site.close();
  }
}

async function perform(argv: readonly string[]): Promise<void> {
  if (argv.includes('--help') || argv.includes('-h')) {
    process.stdout.write(usage);
    return;
  }
  await bench(readBenchCommand(argv, callerFolder('bench')));
}

process.exitCode = await runCommand(() => perform(process.argv.slice(2)), usage);
