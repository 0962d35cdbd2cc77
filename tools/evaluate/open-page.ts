import type { Page } from 'playwright-core';
import { chromium } from 'playwright-core';
import { findChromium } from '../find-chromium.mjs';
import { say } from './progress.ts';
import { WorkError } from './work-error.ts';

const quiet = ['--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

/** WebGL 2 by software: a machine that measures need not have a GPU. */
const softwareWebgl = ['--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--ignore-gpu-blocklist'];

export interface OpenPage {
  readonly page: Page;
  close(): Promise<void>;
}

/** Opens an address in a fresh headless Chromium; errors of the page are told on stderr. */
export async function openPage(address: string, options: { readonly softwareWebgl: boolean }): Promise<OpenPage> {
  const executablePath = await findChromium();
  if (!executablePath) throw new WorkError('no-browser', 'no Chromium or Chrome found: set CHROMIUM_PATH, or run npm test, which installs one');
  const browser = await chromium.launch({ executablePath, args: [...quiet, ...(options.softwareWebgl ? softwareWebgl : [])] });
  try {
    const context = await browser.newContext({ serviceWorkers: 'block' });
    const page = await context.newPage();
    page.on('pageerror', (error) => say(`page: ${error.message}`));
    page.on('console', (message) => {
      if (message.type() === 'error') say(`page: ${message.text()}`);
    });
    await page.goto(address);
    return { page, close: () => browser.close() };
  } catch (thrown) {
    await browser.close();
    throw thrown;
  }
}
