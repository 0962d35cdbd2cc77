import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from '@playwright/test';
import type { SentHeaders } from '../support/host-files.ts';
import { readHeadersFile, readNginxFile } from '../support/host-files.ts';
import { strictTest as test } from '../support/strict-test.ts';

/** Of this browser alone, or without an effect that a page could have by itself. */
const harmless = ['aria-notify', 'cross-origin-isolated', 'deferred-fetch', 'deferred-fetch-minimal', 'digital-credentials-create', 'interest-cohort', 'local-network', 'loopback-network', 'media-playback-while-not-visible', 'unload'];

const routes = ['/', '/settings', '/models', '/health', '/door', '/people', '/teach', '/lab', '/evaluate.html'];

test.describe('the built site', () => {
  for (const route of routes) {
    test(`has its security headers at ${route}`, async ({ request }) => {
      const response = await request.get(route);
      expect(response.status()).toBe(200);
      const headers = response.headers();
      const policy = headers['content-security-policy'] ?? '';
      for (const rule of [
        "default-src 'none'",
        "script-src 'self' 'wasm-unsafe-eval'",
        "style-src 'self'",
        "connect-src 'self'",
        "worker-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
      ]) {
        expect(policy.split('; ')).toContain(rule);
      }
      expect(policy).not.toMatch(/'unsafe-(?:eval|inline)'|\*|https?:/);
      expect(headers).toMatchObject({
        'cache-control': 'no-cache',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-embedder-policy': 'require-corp',
        'cross-origin-resource-policy': 'same-origin',
        'referrer-policy': 'no-referrer',
        'x-content-type-options': 'nosniff',
      });
      expect(headers['permissions-policy']).toMatch(/^camera=\(self\), .*geolocation=\(\).*microphone=\(\)/);
    });
  }

  test('keeps hashed files for good, and has one policy of its own for each kind of worker', async ({ page, request }) => {
    await page.goto('/');
    const scripts = await page.locator('script[src]').evaluateAll((all) => all.map((each) => each.getAttribute('src') ?? ''));
    expect(scripts.length).toBeGreaterThan(0);
    for (const script of scripts) {
      const headers = (await request.get(script)).headers();
      expect(script).toMatch(/^\/assets\/[^/]+-[\w-]{8,}\.js$/);
      expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
    }
    const serviceWorker = (await request.get('/sw.js')).headers();
    expect(serviceWorker['cache-control']).toBe('no-cache');
    expect(serviceWorker['content-security-policy']).not.toContain('blob:');
  });

  test('gives nothing from outside its folder', async ({ request }) => {
    for (const path of ['/%2e%2e/package.json', '/assets/..%2f..%2f..%2fpackage.json', '/package.json', '/.git/config']) {
      expect([400, 404]).toContain((await request.get(path)).status());
    }
  });

  test('is cross-origin isolated, and every view opens without breaking a policy or leaving the origin', async ({ page, baseURL }) => {
    const elsewhere: string[] = [];
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(String(error)));
    page.on('request', (request) => {
      if (/^https?:/.test(request.url()) && new URL(request.url()).origin !== new URL(baseURL ?? '').origin) elsewhere.push(request.url());
    });
    for (const route of routes) {
      await page.goto(route);
      await page.waitForLoadState('networkidle');
      expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
    }
    expect([...elsewhere, ...errors]).toEqual([]);
  });

  test('leaves no feature of the browser on but those that the app uses', async ({ page }) => {
    await page.goto('/');
    const allowed = await page.evaluate(() => (document as unknown as { featurePolicy: { allowedFeatures(): string[] } }).featurePolicy.allowedFeatures());
    const used = ['camera', 'fullscreen', 'screen-wake-lock', 'publickey-credentials-create', 'publickey-credentials-get', 'serial'];
    expect(allowed).toEqual(expect.arrayContaining(used));
    expect(allowed.filter((feature) => !used.includes(feature) && !feature.startsWith('ch-') && !harmless.includes(feature))).toEqual([]);
  });

  test('says of every file what the notes for other hosts say of it', async ({ request }) => {
    const app = fileURLToPath(new URL('../../dist/app', import.meta.url));
    const [byHeaders, byNginx] = [readHeadersFile(await readFile(join(app, '_headers'), 'utf8')), readNginxFile(await readFile(join(app, '../../docs/nginx.conf'), 'utf8'))];
    const entries = await readdir(app, { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile() && !entry.name.startsWith('_')).map((entry) => `/${relative(app, join(entry.parentPath, entry.name)).split(sep).join('/')}`);
    expect(files.length).toBeGreaterThan(50);
    for (const path of [...files, ...routes]) {
      const response = await request.head(path);
      expect([path, response.status()]).toEqual([path, 200]);
      const said = withoutHttps(byNginx(path));
      expect(response.headers(), path).toMatchObject(said);
      const saidByHeaders = withoutHttps(byHeaders(path));
      expect(response.headers(), path).toMatchObject(saidByHeaders);
      if (!path.startsWith('/models/') || routes.includes(path)) expect(Object.keys(saidByHeaders).sort(), path).toEqual(Object.keys(said).sort());
    }
  });

  test.describe('asked for what is forbidden', () => {
    test.use({ mayViolate: true });
    test('refuses strings as code, strings as markup, other origins, and says so', async ({ page, violations }) => {
    await page.goto('/');
    const outcomes = await page.evaluate(async () => {
      const attempt = async (work: () => unknown): Promise<string> => {
        // Leave the debugger's own call, in which a browser lets eval through.
        await new Promise((resolve) => setTimeout(resolve, 0));
        try {
          await work();
          return 'allowed';
        } catch (error) {
          return error instanceof Error ? error.name : 'refused';
        }
      };
      return {
        evaluated: await attempt(() => (0, eval)('1')),
        markup: await attempt(() => (document.createElement('div').innerHTML = '<b>x</b>')),
        elsewhere: await attempt(() => fetch('https://lintel.invalid/')),
        wasm: await attempt(() => WebAssembly.compile(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]))),
      };
    });
    expect(outcomes).toEqual({ evaluated: 'EvalError', markup: 'TypeError', elsewhere: 'TypeError', wasm: 'allowed' });
    await expect.poll(() => violations.join()).toMatch(/TrustedScript.*TrustedHTML.*connect-src/s);
  });
  });
});

/** Only https promises https, and the site under test is served without. */
function withoutHttps(headers: SentHeaders): SentHeaders {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => name !== 'strict-transport-security'));
}
