import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect } from '@playwright/test';
import type { UpdateState } from '../../src/store/index.ts';
import type { SiteResponse } from '../../src/server/index.ts';
import { strictTest as test } from '../support/strict-test.ts';
import { buildSite, siteAsset } from '../sw/build-site.ts';
import type { ServedSite } from '../sw/serve-site.ts';
import { serveSite } from '../sw/serve-site.ts';
import type {} from '../sw/site/main.ts';

const weights = siteAsset('/models/tiny/weights.bin', 90_000, 2);
/** The second version brings other weights under the same name. */
const newWeights = siteAsset('/models/tiny/weights.bin', 80_000, 4);
/** How long a version may stay silent in these tests. */
const trialMs = 3000;

let folder: string;
let site: ServedSite;

test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lintel-updates-'));
  await buildSite(join(folder, 'v1'), '1', [weights]);
  await buildSite(join(folder, 'good'), '2', [newWeights], 'good', trialMs);
  await buildSite(join(folder, 'bad'), '2', [newWeights], 'bad', trialMs);
  await buildSite(join(folder, 'silent'), '2', [newWeights], 'silent', trialMs);
  await buildSite(join(folder, 'v3'), '3', [newWeights]);
});
test.afterAll(() => rm(folder, { recursive: true }));
test.beforeEach(async () => {
  site = await serveSite(join(folder, 'v1'));
});
test.afterEach(() => site.stop());

const waitForState = (page: Page, state: UpdateState): Promise<unknown> =>
  page.waitForFunction((wanted) => (window.site as Window['site'] | undefined)?.updates.state === wanted, state);
const waitForVersion = (page: Page, version: string): Promise<unknown> =>
  page.waitForFunction((wanted) => (window.site as Window['site'] | undefined)?.version === wanted, version);

/** Opens the first version, with its model on the device. */
async function openFirst(page: Page): Promise<void> {
  await page.goto(site.origin);
  await waitForState(page, 'current');
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  await page.evaluate(() => window.site.offline.makeAvailable(() => undefined, new AbortController().signal));
}

/** Brings another version to the server, and lets the page find it. */
async function offer(page: Page, version: string): Promise<void> {
  await site.deploy(join(folder, version));
  await page.evaluate(() => window.site.updates.check());
  await waitForState(page, 'waiting');
}

const agree = (page: Page): Promise<void> => page.evaluate(() => window.site.updates.apply());
const lateOf = (page: Page): Promise<string> => page.evaluate(() => window.site.late());
const statusOf = (page: Page, url: string): Promise<number> => page.evaluate(async (address) => (await fetch(address)).status, url);

/** The version, its late part and its model go together, whatever the server has. */
async function expectWhole(page: Page, version: '1' | '2'): Promise<void> {
  await waitForVersion(page, version);
  expect(await lateOf(page)).toBe(`part of ${version}`);
  expect(await statusOf(page, version === '1' ? weights.url : newWeights.url)).toBe(200);
}

test('a new version that works is kept, also without a server', async ({ page }) => {
  await openFirst(page);
  await offer(page, 'good');
  await agree(page);
  await expectWhole(page, '2');
  // Longer than it might have stayed silent.
  await page.waitForTimeout(trialMs + 1000);
  await site.stop();
  await page.reload();
  await expectWhole(page, '2');
  await waitForState(page, 'current');
  await site.restart();
});

test('an old page goes on with its own parts and models while the new worker serves a new page', async ({ page, context }) => {
  await openFirst(page);
  const other = await context.newPage();
  await other.goto(site.origin);
  await waitForState(other, 'current');
  await offer(page, 'good');
  await agree(page);
  await waitForVersion(page, '2');
  // The server has none of the old files any more.
  expect(await other.evaluate(() => window.site.version)).toBe('1');
  await expectWhole(other, '1');
  await expectWhole(page, '2');
});

test('a new version that fails its own test gives way to the one before, which says so, and can be tried again', async ({ page }) => {
  await openFirst(page);
  await offer(page, 'bad');
  await agree(page);
  await waitForState(page, 'rolled-back');
  await expectWhole(page, '1');
  await site.stop();
  await page.reload();
  await waitForState(page, 'rolled-back');
  await expectWhole(page, '1');
  await site.restart();

  const seen: string[] = [];
  await page.exposeFunction('noteVersion', (version: string) => seen.push(version));
  await page.addInitScript(() => {
    addEventListener('load', () => {
      (window as unknown as { noteVersion: (version: string) => void }).noteVersion(window.site.version);
    });
  });
  await agree(page);
  await expect.poll(() => seen).toEqual(['2', '1']);
  await waitForState(page, 'rolled-back');

  await offer(page, 'v3');
  await agree(page);
  await waitForVersion(page, '3');
  await waitForState(page, 'current');
});

test('a new version that stays silent while somebody looks at it gives way to the one before', async ({ page }) => {
  await openFirst(page);
  await offer(page, 'silent');
  const began = Date.now();
  await agree(page);
  await waitForVersion(page, '2');
  await waitForState(page, 'rolled-back');
  expect(Date.now() - began).toBeGreaterThan(trialMs);
  await expectWhole(page, '1');
});

test('a new version whose code cannot even run gives way to the one before', async ({ page }) => {
  await openFirst(page);
  const entry = (await readdir(join(folder, 'silent/assets'))).find((name) => name.startsWith('index-')) ?? '';
  site.intercept = (path, response) => (path === `/assets/${entry}` ? asBroken(response) : response);
  await offer(page, 'silent');
  const errors: string[] = [];
  page.on('pageerror', ({ message }) => errors.push(message));
  await agree(page);
  await waitForState(page, 'rolled-back');
  expect(errors.join()).toContain('Unexpected');
  await expectWhole(page, '1');
});

test('a new version that is opened again and again in vain gives way at once', async ({ page }) => {
  await openFirst(page);
  await offer(page, 'silent');
  await agree(page);
  await waitForVersion(page, '2');
  for (let n = 0; n < 3; n++) await page.reload();
  await waitForVersion(page, '1');
});

test('an update that somebody agrees to during an unlock waits for its end, here and in other tabs', async ({ page, context }) => {
  await openFirst(page);
  const owner = await context.newPage();
  await owner.goto(site.origin);
  await waitForState(owner, 'current');
  let loads = 0;
  page.on('load', () => loads++);
  await page.evaluate(() => Object.assign(window, { letGo: window.site.updates.hold() }));
  await offer(page, 'good');
  await agree(page);
  await waitForState(owner, 'waiting');
  await agree(owner);
  await waitForVersion(owner, '2');
  await page.waitForTimeout(trialMs + 1000);
  expect([await page.evaluate(() => window.site.version), loads]).toEqual(['1', 0]);
  await expectWhole(page, '1');
  await page.evaluate(() => (window as unknown as { letGo: () => void }).letGo());
  await waitForVersion(page, '2');
  expect(loads).toBe(1);
});

function asBroken(response: SiteResponse): SiteResponse {
  const body = Buffer.from('export const = ;');
  const headers = Object.fromEntries(Object.entries(response.headers).filter(([name]) => name !== 'content-encoding'));
  return { ...response, headers: { ...headers, 'content-length': String(body.byteLength) }, body };
}
