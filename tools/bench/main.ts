import type { Page } from 'playwright-core';
import type { FinalHandler } from '../../src/server/index.ts';
import type { ImageFile } from '../evaluate/list-images.ts';
import { listImages } from '../evaluate/list-images.ts';
import { openPage } from '../evaluate/open-page.ts';
import { say } from '../evaluate/progress.ts';
import { callerFolder, runCommand } from '../evaluate/run-command.ts';
import { runProgram } from '../evaluate/run-program.ts';
import { serveSite } from '../evaluate/serve-site.ts';
import { WorkError } from '../evaluate/work-error.ts';
import type { BenchCommand } from './command.ts';
import { readBenchCommand, usage } from './command.ts';
import { compareEmbed } from './compare-embed.ts';
import { compareFaces } from './compare-faces.ts';
import { compareLandmarks } from './compare-landmarks.ts';
import { compareNms } from './compare-nms.ts';
import { comparePoses } from './compare-poses.ts';
import { compareStream } from './compare-stream.ts';
import { compareWith } from './compare-with.ts';
import type { PeerName } from './page/bench-door.ts';

/** What the app's documents are forbidden and this page needs: peers with habits of their own, in a frame of the page. */
const lifted: readonly string[] = ['content-security-policy', 'x-frame-options'];

/** The page of the benchmark runs both sides on its own thread, libraries in a frame. */
function withoutPolicy(handler: FinalHandler): FinalHandler {
  return async (request) => {
    const response = await handler(request);
    const headers = Object.entries(response.headers).filter(([name]) => !lifted.includes(name));
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
        process.stdout.write(`${JSON.stringify(await lineOf(peer, browser.page, images?.value ?? [], command))}\n`);
      } finally {
        await browser.close();
      }
    }
  } finally {
    await site.close();
  }
}

function lineOf(peer: PeerName, page: Page, images: readonly ImageFile[], command: BenchCommand): Promise<object> {
  switch (peer) {
    case 'tfjs-nms':
      return compareNms(page, command);
    case 'graph':
      return compareWith(peer, page, images, command);
    case 'face-api':
      return compareWithFaceApi(page, images, command);
    case 'human':
      return command.labelsPath === null ? compareStream(page, images, command) : comparePoses(page, images, command);
  }
}

function compareWithFaceApi(page: Page, images: readonly ImageFile[], command: BenchCommand): Promise<object> {
  switch (command.task) {
    case 'verify':
      return compareFaces(page, command);
    case 'embed':
      return compareEmbed(page, images, command);
    default:
      return compareLandmarks(page, images, command);
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
