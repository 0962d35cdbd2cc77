import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { expect } from '@playwright/test';
import { assetCacheName } from '../../src/store/cache-names.ts';
import type { SiteResponse } from '../../src/server/index.ts';
import type { UpdateState } from '../../src/store/index.ts';
import { strictTest as test } from '../support/strict-test.ts';
import type { SiteAsset } from '../sw/build-site.ts';
import { buildSite, siteAsset } from '../sw/build-site.ts';
import type { ServedSite } from '../sw/serve-site.ts';
import { serveSite } from '../sw/serve-site.ts';
import type {} from '../sw/site/main.ts';

const engine = siteAsset('/wasm/engine.wasm', 200_000, 1);
const weights = siteAsset('/models/tiny/weights.bin', 900_000, 2);
const spare = siteAsset('/wasm/spare.wasm', 50_000, 3);
const assets: readonly SiteAsset[] = [engine, weights, spare];
const totalBytes = assets.reduce((sum, asset) => sum + asset.bytes, 0);
/** The second version brings other weights under the same name. */
const newWeights = siteAsset('/models/tiny/weights.bin', 800_000, 4);

let folder: string;
let site: ServedSite;

const waitForState = (page: Page, state: UpdateState): Promise<unknown> => page.waitForFunction((wanted) => window.site.updates.state === wanted, state);
const stateOf = (page: Page): Promise<UpdateState> => page.evaluate(() => window.site.updates.state);
const versionOf = (page: Page): Promise<string> => page.evaluate(() => window.site.version);

/** Fetches in the page and gives the SHA-256 of what came, or the status of an error. */
function fetchedHash(page: Page, url: string, cache: RequestCache = 'default'): Promise<string> {
  return page.evaluate(
    async ([address, mode]) => {
      const response = await fetch(address, { cache: mode });
      if (!response.ok) return `status ${response.status}`;
      const digest = await crypto.subtle.digest('SHA-256', await response.arrayBuffer());
      return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
    },
    [url, cache] as const,
  );
}

function cachedPaths(page: Page): Promise<readonly string[]> {
  return page.evaluate(async (name) => {
    const cache = await caches.open(name);
    return (await cache.keys()).map((request) => new URL(request.url).pathname).sort();
  }, assetCacheName);
}

/** Changes one byte of a cached file, as a failing disk does. */
function damageCached(page: Page, url: string): Promise<void> {
  return page.evaluate(
    async ([address, name]) => {
      const cache = await caches.open(name);
      const kept = await cache.match(address);
      if (!kept) throw new Error(`${address} is not cached`);
      const bytes = new Uint8Array(await kept.arrayBuffer());
      bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
      await cache.put(address, new Response(bytes, { headers: kept.headers }));
    },
    [url, assetCacheName] as const,
  );
}

function notFound(response: SiteResponse): SiteResponse {
  return { ...response, status: 404, headers: { 'content-length': '0' }, body: null };
}

interface Outcome {
  readonly code: string;
  readonly detail: string;
  readonly doneBytes: readonly number[];
}

function makeAvailable(page: Page, abortAtBytes = Number.POSITIVE_INFINITY): Promise<Outcome> {
  return page.evaluate(async (abortAt) => {
    const stop = new AbortController();
    const doneBytes: number[] = [];
    const result = await window.site.offline.makeAvailable((progress) => {
      doneBytes.push(progress.doneBytes);
      if (progress.doneBytes >= abortAt) stop.abort();
    }, stop.signal);
    return { code: result.ok ? 'ok' : result.failure.code, detail: result.ok ? '' : result.failure.detail, doneBytes };
  }, abortAtBytes);
}

/** The names of the assets that the store calls cached. */
function cachedNames(page: Page): Promise<readonly string[]> {
  return page.evaluate(async () => (await window.site.offline.status()).filter((entry) => entry.cached).map(({ asset }) => asset.name));
}

/** First visit, until the app could be opened without a network. */
async function open(page: Page, path = '/'): Promise<void> {
  await page.goto(site.origin + path);
  await waitForState(page, 'current');
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
}

test.describe('a small app around the store and the service worker', () => {
  test.beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lintel-offline-'));
    await buildSite(join(folder, 'v1'), '1', assets);
    await buildSite(join(folder, 'v2'), '2', [engine, newWeights, spare]);
  });

  test.afterAll(() => rm(folder, { recursive: true }));

  test.beforeEach(async () => {
    site = await serveSite(join(folder, 'v1'));
  });

  test.afterEach(() => site.stop());

  test('opens without a server: every route, isolated, with the models that the first visit used', async ({ page }) => {
    await open(page);
    for (const asset of assets) expect(await fetchedHash(page, asset.url)).toBe(asset.sha256);
    await expect.poll(() => cachedPaths(page)).toEqual(assets.map((asset) => asset.url).sort());
    await site.stop();
    for (const route of ['/', '/settings', '/door?from=home']) {
      await page.goto(site.origin + route);
      await waitForState(page, 'current');
      expect(await page.evaluate(() => [crossOriginIsolated, location.pathname + location.search])).toEqual([true, route]);
    }
    for (const asset of assets) expect(await fetchedHash(page, asset.url)).toBe(asset.sha256);
    expect(await page.evaluate(() => window.site.updates.check())).toMatchObject({ ok: false, failure: { code: 'network' } });
    expect(await stateOf(page)).toBe('current');
    await site.restart();
  });

  test('keeps what the first visit loaded before the service worker was in control, without loading it again', async ({ page }) => {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    site.intercept = async (path, response) => {
      if (path === '/sw.js') await held;
      return response;
    };
    await page.goto(site.origin);
    expect(await fetchedHash(page, weights.url)).toBe(weights.sha256);
    expect(await page.evaluate(() => navigator.serviceWorker.controller)).toBeNull();
    release();
    await waitForState(page, 'current');
    await expect.poll(() => cachedPaths(page)).toEqual([weights.url]);
    expect(site.requests.filter((path) => assets.some((asset) => asset.url === path))).toEqual([weights.url]);
  });

  test('serves the shell with the headers of the server', async ({ page }) => {
    await open(page);
    const headersOf = (path: string): Promise<readonly (string | null)[]> =>
      page.evaluate(async (address) => {
        const { headers } = await fetch(address);
        return ['content-security-policy', 'cross-origin-embedder-policy', 'cross-origin-opener-policy', 'content-type'].map((name) => headers.get(name));
      }, path);
    const script = (await readdir(join(folder, 'v1/assets')))[0] ?? '';
    const online = [(await page.request.get(`${site.origin}/index.html`)).headers(), (await page.request.get(`${site.origin}/assets/${script}`)).headers()];
    await site.stop();
    for (const [index, path] of ['/index.html', `/assets/${script}`].entries()) {
      const sent = online[index] ?? {};
      expect(await headersOf(path)).toEqual([sent['content-security-policy'], 'require-corp', 'same-origin', sent['content-type']]);
    }
    await site.restart();
  });

  test('leaves addresses that name a file to the server', async ({ page }) => {
    await open(page);
    const response = await page.goto(`${site.origin}/lintel-authority.crt`);
    expect(response?.status()).toBe(404);
  });

  test('passes a wrong file on to the page, and never keeps it', async ({ page }) => {
    await open(page);
    const cut = engine.content.slice(0, -1);
    const lies = { 'content-type': 'application/wasm', 'content-length': `${cut.byteLength}` };
    site.intercept = (path, response) => (path === engine.url ? { ...response, body: cut, headers: lies } : response);
    expect(await fetchedHash(page, engine.url)).toBe(createHash('sha256').update(cut).digest('hex'));
    // The right file after it shows that the wrong one had its time to be kept.
    await fetchedHash(page, spare.url);
    await expect.poll(() => cachedPaths(page)).toEqual([spare.url]);
  });

  test('repairs a damaged copy when asked past the cache', async ({ page }) => {
    await open(page);
    await fetchedHash(page, weights.url);
    await expect.poll(() => cachedPaths(page)).toEqual([weights.url]);
    await damageCached(page, weights.url);
    expect(await fetchedHash(page, weights.url)).not.toBe(weights.sha256);
    expect(await fetchedHash(page, weights.url, 'reload')).toBe(weights.sha256);
    await expect.poll(() => fetchedHash(page, weights.url)).toBe(weights.sha256);
    await site.stop();
    expect(await fetchedHash(page, weights.url)).toBe(weights.sha256);
    await site.restart();
  });

  test('makes everything available with progress, once', async ({ page }) => {
    await open(page);
    expect(await cachedNames(page)).toEqual([]);
    const outcome = await makeAvailable(page);
    expect(outcome).toMatchObject({ code: 'ok', detail: '' });
    expect(outcome.doneBytes).toEqual([...outcome.doneBytes].sort((a, b) => a - b));
    expect(outcome.doneBytes.at(-1)).toBe(totalBytes);
    expect(outcome.doneBytes.length).toBeGreaterThan(assets.length);
    expect(await cachedNames(page)).toEqual(assets.map((asset) => asset.name));

    const before = site.requests.length;
    expect((await makeAvailable(page)).code).toBe('ok');
    expect(site.requests.length).toBe(before);

    await site.stop();
    await page.reload();
    for (const asset of assets) expect(await fetchedHash(page, asset.url)).toBe(asset.sha256);
    await page.evaluate(() => window.site.offline.remove());
    expect(await cachedNames(page)).toEqual([]);
    await site.restart();
  });

  test('stops when asked, and goes on with the files that are left', async ({ page }) => {
    await open(page);
    const stopped = await makeAvailable(page, engine.bytes + 1);
    expect(stopped.code).toBe('aborted');
    expect(stopped.detail).toContain(weights.name);
    expect(await cachedNames(page)).toContain(engine.name);
    expect(await cachedNames(page)).not.toContain(spare.name);
    const before = site.requests.length;
    expect((await makeAvailable(page)).code).toBe('ok');
    expect(site.requests.slice(before)).not.toContain(engine.url);
  });

  test('replaces a damaged copy while making things available', async ({ page }) => {
    await open(page);
    await makeAvailable(page);
    await damageCached(page, weights.url);
    expect((await makeAvailable(page)).code).toBe('ok');
    expect(await fetchedHash(page, weights.url)).toBe(weights.sha256);
  });

  test('names the file that the server sends wrong, or not at all', async ({ page }) => {
    await open(page);
    site.intercept = (path, response) => (path === weights.url ? { ...response, body: weights.content.map((byte) => byte ^ 1) } : response);
    expect(await makeAvailable(page)).toMatchObject({ code: 'corrupt', detail: expect.stringContaining(weights.url) });
    expect(await cachedNames(page)).toEqual([engine.name]);
    site.intercept = (path, response) => (path === weights.url ? notFound(response) : response);
    expect(await makeAvailable(page)).toMatchObject({ code: 'network', detail: expect.stringContaining(weights.url) });
    await site.stop();
    expect((await makeAvailable(page)).code).toBe('network');
    await site.restart();
    site.intercept = null;
    expect((await makeAvailable(page)).code).toBe('ok');
  });

  test('says that there is no room, and keeps what was there', async ({ page, context }) => {
    await open(page);
    await fetchedHash(page, spare.url);
    await expect.poll(() => cachedPaths(page)).toEqual([spare.url]);
    const browser = await context.newCDPSession(page);
    await browser.send('Storage.overrideQuotaForOrigin', { origin: site.origin, quotaSize: 100_000 });
    expect(await makeAvailable(page)).toMatchObject({ code: 'quota', detail: expect.stringContaining(engine.url) });
    expect(await cachedPaths(page)).toEqual([spare.url]);
    await browser.send('Storage.overrideQuotaForOrigin', { origin: site.origin });
    expect((await makeAvailable(page)).code).toBe('ok');
  });

  test('an update waits for consent, brings the new models first, then reloads once', async ({ page }) => {
    await open(page);
    await makeAvailable(page);
    await site.deploy(join(folder, 'v2'));
    expect(await page.evaluate(() => window.site.updates.check())).toEqual({ ok: true, value: null });
    await waitForState(page, 'waiting');
    expect(await cachedPaths(page)).toContain(newWeights.url);

    await page.reload();
    await waitForState(page, 'waiting');
    expect(await versionOf(page)).toBe('1');
    expect(await fetchedHash(page, weights.url)).toBe(weights.sha256);

    let loads = 0;
    page.on('load', () => loads++);
    await page.evaluate(() => window.site.updates.apply());
    await page.waitForFunction(() => (window.site as Window['site'] | undefined)?.version === '2');
    await waitForState(page, 'current');
    expect(loads).toBe(1);
    // The version before stays whole, in case that the new one fails.
    await expect.poll(() => cachedPaths(page)).toEqual([engine.url, newWeights.url, spare.url, weights.url].sort());

    await site.stop();
    await page.reload();
    expect(await versionOf(page)).toBe('2');
    expect(await fetchedHash(page, newWeights.url)).toBe(newWeights.sha256);
    await site.restart();
  });

  test('an update in one tab reloads no other tab, which is told', async ({ page, context }) => {
    await open(page);
    const other = await context.newPage();
    await open(other);
    await site.deploy(join(folder, 'v2'));
    await page.evaluate(() => window.site.updates.check());
    await waitForState(page, 'waiting');
    await waitForState(other, 'waiting');
    await page.evaluate(() => window.site.updates.apply());
    await page.waitForFunction(() => (window.site as Window['site'] | undefined)?.version === '2');
    expect([await versionOf(other), await stateOf(other)]).toEqual(['1', 'waiting']);
    await other.evaluate(() => window.site.updates.apply());
    await other.waitForFunction(() => (window.site as Window['site'] | undefined)?.version === '2');
    await waitForState(other, 'current');
  });

  for (const missing of ['/index.html', newWeights.url]) {
    test(`an update without ${missing} leaves the old version in place until it can be had whole`, async ({ page }) => {
      await open(page);
      await makeAvailable(page);
      await site.deploy(join(folder, 'v2'));
      site.intercept = (path, response) => (path === missing ? notFound(response) : response);
      await page.evaluate(() => window.site.updates.check());
      await expect.poll(() => site.requests).toContain(missing);
      await page.waitForFunction(async () => (await navigator.serviceWorker.getRegistration())?.installing === null);
      expect(await stateOf(page)).toBe('current');
      await page.reload();
      expect(await versionOf(page)).toBe('1');
      expect(await fetchedHash(page, weights.url)).toBe(weights.sha256);
      site.intercept = null;
      await page.evaluate(() => window.site.updates.check());
      await waitForState(page, 'waiting');
    });
  }

  test('a first visit whose shell cannot be stored says so', async ({ page }) => {
    site.intercept = (path, response) => (path === '/index.html' ? notFound(response) : response);
    await page.goto(site.origin);
    await waitForState(page, 'failed');
    expect(await page.evaluate(() => window.site.updates.failure?.code)).toBe('registration');
  });
});

test.describe('the app', () => {
  const appFolder = fileURLToPath(new URL('../../dist/app', import.meta.url));

  test('can be installed', async ({ page, context }) => {
    const served = await serveSite(appFolder);
    try {
      await page.goto(served.origin);
      await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
      const browser = await context.newCDPSession(page);
      expect((await browser.send('Page.getAppManifest')).errors).toEqual([]);
      const { installabilityErrors } = await browser.send('Page.getInstallabilityErrors');
      // Tests run in a private window, where no app can be installed: that is all that may stand in the way.
      expect(installabilityErrors.map((error) => error.errorId)).toEqual(['in-incognito']);
    } finally {
      await served.stop();
    }
  });

  test('opens with the server stopped, with all its models, and repairs one that was damaged', async ({ page }) => {
    const served = await serveSite(appFolder);
    try {
      const shipped = await shippedHashes(appFolder);
      expect(shipped.size).toBeGreaterThan(4);
      await page.goto(served.origin);
      await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
      for (const [url, sha256] of shipped) expect(await fetchedHash(page, url)).toBe(sha256);
      await expect.poll(() => cachedPaths(page)).toEqual([...shipped.keys()].sort());

      const online = await shownAt(page, served.origin);
      await served.stop();
      expect(await shownAt(page, served.origin)).toEqual(online);
      expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
      for (const [url, sha256] of shipped) expect(await fetchedHash(page, url)).toBe(sha256);

      await served.restart();
      const [url = '', sha256] = [...shipped][0] ?? [];
      await damageCached(page, url);
      expect(await fetchedHash(page, url)).not.toBe(sha256);
      expect(await fetchedHash(page, url, 'reload')).toBe(sha256);
      await expect.poll(() => fetchedHash(page, url)).toBe(sha256);
    } finally {
      await served.stop();
    }
  });
});

/** The headings of the live view and of the settings, each opened by its address. */
async function shownAt(page: Page, origin: string): Promise<readonly string[]> {
  const headings: string[] = [];
  for (const route of ['/', '/settings']) {
    await page.goto(origin + route);
    await expect(page.getByRole('main')).toBeVisible();
    headings.push(await page.getByRole('heading', { level: 1 }).innerText());
  }
  return headings;
}

/** SHA-256 of every model and wasm file of the built app, by address. */
async function shippedHashes(appFolder: string): Promise<ReadonlyMap<string, string>> {
  const entries = await readdir(appFolder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const urls = files.map((file) => [`/${relative(appFolder, file).split(sep).join('/')}`, file] as const).filter(([url]) => /^\/(models|wasm)\//.test(url));
  return new Map(await Promise.all(urls.map(async ([url, file]) => [url, createHash('sha256').update(await readFile(file)).digest('hex')] as const)));
}
