// Finds a Chromium that runs, or installs one by the ways a machine offers.
import { existsSync } from 'node:fs';
import { findChromium } from './find-chromium.mjs';
import { run, runScript } from './install.mjs';

const downloadLimitMs = 5 * 60_000;

/** What to tell a person on whose machine no way worked. */
export const chromiumHelp = [
  'No Chromium or Chrome was found, and none could be installed.',
  'Install Google Chrome, or Chromium (Debian, Ubuntu: apt-get install chromium; macOS: brew install --cask chromium),',
  'or set CHROMIUM_PATH to the program, and run npm test again.',
].join('\n');

/** @returns {Promise<string | null>} path of a Chromium or Chrome that starts */
export async function findOrInstallChromium() {
  for (const install of [async () => 0, installByPlaywright, installByApt]) {
    await install();
    const path = await findChromium();
    // Found is not enough: a downloaded one may lack libraries of the system.
    if (path && (await run(path, ['--version'], { timeoutMs: 30_000, silent: true })) === 0) return path;
    if (process.env.CHROMIUM_PATH) {
      console.error(`CHROMIUM_PATH is set to ${process.env.CHROMIUM_PATH}, which cannot be started.`);
      return null;
    }
  }
  return null;
}

function installByPlaywright() {
  console.log('No Chromium found. Trying to download the one of Playwright …');
  return runScript('@playwright/test/cli.js', ['install', 'chromium'], { timeoutMs: downloadLimitMs });
}

async function installByApt() {
  if (!existsSync('/usr/bin/apt-get')) return 1;
  const isRoot = process.getuid?.() === 0;
  if (!isRoot && (await run('sudo', ['-n', 'true'], { silent: true })) !== 0) return 1;
  console.log('Trying the chromium package of this system …');
  const apt = (...args) => run(isRoot ? 'apt-get' : 'sudo', isRoot ? args : ['-n', 'apt-get', ...args], { env: { DEBIAN_FRONTEND: 'noninteractive' }, timeoutMs: downloadLimitMs });
  await apt('update', '-qq');
  return apt('install', '-y', '-qq', '--no-install-recommends', 'chromium');
}
