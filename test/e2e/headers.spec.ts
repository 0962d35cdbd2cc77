import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { listen, siteFile, siteHandler } from '../../src/server/index.ts';

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

const tensorflow = 'node_modules/@tensorflow';
/** The real library in a worker, as the pipeline uses it: threads wanted, one small product, and a try at `eval`. */
const threadedWorker = `
importScripts('/assets/tf-core.min.js', '/assets/tf-backend-wasm.min.js');
const answer = async () => {
  tf.wasm.setWasmPaths('/wasm/');
  tf.wasm.setThreadsCount(2);
  await tf.setBackend('wasm');
  const product = [...await tf.matMul(tf.tensor2d([[1, 2], [3, 4]]), tf.tensor2d([[5, 6], [7, 8]])).data()];
  let evaluated = 'allowed';
  try { eval('1'); } catch (error) { evaluated = error.name; }
  return { product, evaluated };
};
answer().then(postMessage, (error) => postMessage({ error: String(error) }));
`;

test.describe("the policy of the pipeline's worker", () => {
  test('lets the threads of tfjs start, and eval not', async ({ page }) => {
    const wasm = ['', '-simd', '-threaded-simd'].map((kind) => `tfjs-backend-wasm/wasm-out/tfjs-backend-wasm${kind}.wasm`);
    const scripts = ['tfjs-core/dist/tf-core.min.js', 'tfjs-backend-wasm/dist/tf-backend-wasm.min.js'];
    const read = async (folder: string, path: string) => {
      const name = basename(path);
      return [`/${folder}/${name}`, siteFile(name, await readFile(`${tensorflow}/${path}`))] as const;
    };
    const files = new Map([
      ...(await Promise.all([...wasm.map((path) => read('wasm', path)), ...scripts.map((path) => read('assets', path))])),
      ['/index.html', siteFile('index.html', Buffer.from('<!doctype html><title>threads</title>'))],
      ['/assets/worker-threads1.js', siteFile('worker-threads1.js', Buffer.from(threadedWorker))],
    ]);
    const server = await listen(siteHandler(files, { httpsOnly: false }), { port: 0, host: '127.0.0.1', tls: null });
    if (!server.ok) throw new Error(server.failure.detail);
    const said: string[] = [];
    const threads: string[] = [];
    page.on('console', (message) => said.push(message.text()));
    page.on('worker', (worker) => threads.push(...(worker.url().startsWith('blob:') ? [worker.url()] : [])));
    try {
      await page.goto(`http://127.0.0.1:${server.value.port}/`);
      const answer = await page.evaluate(() => {
        interface Policies {
          createPolicy(name: string, rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): string };
        }
        const { trustedTypes } = globalThis as unknown as { trustedTypes: Policies };
        const address = trustedTypes.createPolicy('lintel', { createScriptURL: (url) => url }).createScriptURL('/assets/worker-threads1.js');
        return new Promise((resolve, reject) => {
          const worker = new Worker(address);
          worker.onmessage = (event) => resolve(event.data);
          worker.onerror = (event) => reject(new Error(event.message));
        });
      });
      expect(answer).toEqual({ product: [19, 22, 43, 50], evaluated: 'EvalError' });
      expect(threads.length).toBeGreaterThan(1);
      expect(said.filter((text) => !text.includes('404'))).toEqual([]);
    } finally {
      await server.value.close(100);
    }
  });
});
