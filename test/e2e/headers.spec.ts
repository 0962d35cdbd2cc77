import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';

const routes = ['/', '/settings', '/models', '/health', '/door', '/people', '/teach', '/lab', '/evaluate.html'];

/** What the browser says against a page's or worker's policies while it loads, and every request that leaves the origin. */
async function complaintsOf(page: Page, baseURL: string, visit: () => Promise<void>): Promise<string[]> {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (/Content Security Policy|Trusted ?(Type|HTML|Script)|Permissions-Policy|Cross-Origin/i.test(message.text())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('request', (request) => {
    if (/^https?:/.test(request.url()) && new URL(request.url()).origin !== new URL(baseURL).origin) complaints.push(request.url());
  });
  await visit();
  return complaints;
}

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

  test('is cross-origin isolated, and no policy is violated while the app loads', async ({ page, baseURL }) => {
    const complaints = await complaintsOf(page, baseURL ?? '', async () => {
      await page.goto('/');
      await page.waitForLoadState('networkidle');
    });
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
    expect(complaints).toEqual([]);
  });

  test('refuses what the policy forbids: strings as code, strings as markup, other origins', async ({ page }) => {
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
  });
});
