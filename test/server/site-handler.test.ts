import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { appRoutes, loadSiteFiles, siteHandler } from '../../src/server/index.ts';
import type { FinalHandler, SiteResponse } from '../../src/server/index.ts';
import { allRoutes } from '../../src/ui/app/routes.ts';
import { longScript, madeSite } from './made-site.ts';

let site: Awaited<ReturnType<typeof madeSite>>;
let handler: FinalHandler;

beforeAll(async () => {
  site = await madeSite();
  const files = await loadSiteFiles(site.folder);
  if (!files.ok) throw new Error(files.failure.detail);
  handler = siteHandler(files.value, { httpsOnly: false });
});
afterAll(() => site.remove());

const get = (target: string, headers: Record<string, string> = {}): Promise<SiteResponse> => handler({ method: 'GET', target, headers });
const textOf = (response: SiteResponse): string => Buffer.from(response.body ?? []).toString();

describe('what is served', () => {
  it.each([
    ['/', 'text/html; charset=utf-8'],
    ['/evaluate.html', 'text/html; charset=utf-8'],
    ['/sw.js', 'text/javascript; charset=utf-8'],
    ['/manifest.webmanifest', 'application/manifest+json; charset=utf-8'],
    ['/icons/icon.svg', 'image/svg+xml; charset=utf-8'],
    ['/assets/app-1a2b3c4d.css', 'text/css; charset=utf-8'],
    ['/models/objects-centernet/0a1b2c3d/weights.bin', 'application/octet-stream'],
    ['/wasm/9c8d7e6f/tfjs-backend-wasm.wasm', 'application/wasm'],
  ])('%s as %s', async (target, type) => {
    const response = await get(target);
    expect(response.status).toBe(200);
    expect(response.headers['content-type']).toBe(type);
    expect(response.headers['content-length']).toBe(String(response.body?.byteLength));
  });

  it('gives the app for each of its routes, with or without a query', async () => {
    for (const route of appRoutes) expect(textOf(await get(`${route}?x=%2F..`))).toContain('<title>Lintel</title>');
    expect(appRoutes).toHaveLength(18);
  });

  it('gives the app for every view that it has', () => {
    expect(appRoutes).toEqual(expect.arrayContaining(allRoutes.map(({ path }) => path)));
  });

  it.each(['/nothing', '/settings/more', '/assets/', '/assets/gone-12345678.js', '/index.html.br', '//index.html', '/%2Findex.html', '/constructor'])(
    'answers 404 at %s',
    async (target) => {
      const response = await get(target);
      expect(response.status).toBe(404);
      expect(response.headers['cache-control']).toBe('no-store');
    },
  );
});

describe('what is refused', () => {
  it.each([
    '/../secret.txt',
    '/assets/../../secret.txt',
    '/%2e%2e/secret.txt',
    '/%2E%2E%2Fsecret.txt',
    '/assets/..%2f..%2fsecret.txt',
    '/..%5csecret.txt',
    '/..\\secret.txt',
    '/./index.html',
    '/index.html%00.png',
    '/%',
    '/%c3%28',
    'secret.txt',
    '*',
    'http://elsewhere.example/',
    '',
  ])('answers 400 for %j', async (target) => {
    const response = await get(target);
    expect(response.status).toBe(400);
    expect(textOf(response)).not.toContain('nobody may read');
  });

  it('decodes a path once only', async () => {
    expect((await get('/%252e%252e/secret.txt')).status).toBe(404);
  });

  it.each(['POST', 'PUT', 'DELETE', 'OPTIONS', 'TRACE', 'get'])('answers 405 to %s', async (method) => {
    const response = await handler({ method, target: '/', headers: {} });
    expect(response.status).toBe(405);
    expect(response.headers['allow']).toBe('GET, HEAD');
  });
});

describe('caching', () => {
  const forever = 'public, max-age=31536000, immutable';
  it.each([
    ['/assets/app-1a2b3c4d.js', forever],
    ['/models/objects-centernet/0a1b2c3d/weights.bin', forever],
    ['/wasm/9c8d7e6f/tfjs-backend-wasm.wasm', forever],
    ['/', 'no-cache'],
    ['/models', 'no-cache'],
    ['/sw.js', 'no-cache'],
    ['/manifest.webmanifest', 'no-cache'],
    ['/icons/icon.svg', 'no-cache'],
  ])('%s: %s', async (target, expected) => {
    expect((await get(target)).headers['cache-control']).toBe(expected);
  });

  it('answers 304 without a body to the tag it gave, also in a list, weak, or as *', async () => {
    const { etag = '' } = (await get('/')).headers;
    expect(etag).toMatch(/^"[\w-]{22}"$/);
    for (const tags of [etag, `"other", ${etag}`, `W/${etag}`, '*']) {
      const response = await get('/', { 'if-none-match': tags });
      expect(response).toMatchObject({ status: 304, body: null });
      expect(response.headers['etag']).toBe(etag);
      expect(response.headers['content-security-policy']).toContain("default-src 'none'");
      expect(response.headers).not.toHaveProperty('content-length');
    }
    expect((await get('/', { 'if-none-match': '"other"' })).status).toBe(200);
  });

  it('gives different files different tags', async () => {
    const tags = await Promise.all(['/', '/evaluate.html', '/sw.js'].map(async (target) => (await get(target)).headers['etag']));
    expect(new Set(tags).size).toBe(3);
  });

  it('answers HEAD as GET without the body', async () => {
    for (const target of ['/', '/sw.js', '/nothing']) {
      const { status, headers } = await get(target);
      expect(await handler({ method: 'HEAD', target, headers: {} })).toEqual({ status, headers, body: null });
    }
  });
});

describe('packing', () => {
  const script = '/assets/app-1a2b3c4d.js';
  it.each([
    ['gzip, deflate, br', 'br'],
    ['gzip', 'gzip'],
    ['br;q=0, gzip;q=0.5', 'gzip'],
    ['*', 'br'],
    ['*;q=0', undefined],
    ['identity', undefined],
    ['', undefined],
  ])('accept-encoding %j gives %s', async (accept, encoding) => {
    const response = await get(script, { 'accept-encoding': accept });
    expect(response.headers['content-encoding']).toBe(encoding);
    expect(response.headers['vary']).toBe('accept-encoding');
    const body = response.body ?? new Uint8Array();
    const unpacked = encoding === 'br' ? brotliDecompressSync(body) : encoding === 'gzip' ? gunzipSync(body) : body;
    expect(Buffer.from(unpacked).toString()).toBe(longScript);
    if (encoding) expect(body.byteLength).toBeLessThan(longScript.length / 2);
  });

  it('has a tag of its own for each encoding, and packs once', async () => {
    const br = await get(script, { 'accept-encoding': 'br' });
    const again = await get(script, { 'accept-encoding': 'br' });
    const gzip = await get(script, { 'accept-encoding': 'gzip' });
    expect(again.body).toBe(br.body);
    expect(new Set([br, gzip, await get(script)].map(({ headers }) => headers['etag'])).size).toBe(3);
    expect((await get(script, { 'accept-encoding': 'br', 'if-none-match': br.headers['etag'] ?? '' })).status).toBe(304);
    expect((await get(script, { 'accept-encoding': 'gzip', 'if-none-match': br.headers['etag'] ?? '' })).status).toBe(200);
  });

  it('leaves weights and small files alone', async () => {
    for (const target of ['/models/objects-centernet/0a1b2c3d/weights.bin', '/sw.js']) {
      expect((await get(target, { 'accept-encoding': 'br' })).headers).not.toHaveProperty('content-encoding');
    }
  });
});

describe('security headers', () => {
  it.each(['/', '/settings', '/sw.js', '/assets/app-1a2b3c4d.js', '/wasm/9c8d7e6f/tfjs-backend-wasm.wasm', '/nothing', '/%2e%2e'])('are on %s', async (target) => {
    const { headers } = await get(target);
    expect(headers).toMatchObject({
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-embedder-policy': 'require-corp',
      'cross-origin-resource-policy': 'same-origin',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    });
    expect(headers['content-security-policy']).toMatch(/^default-src 'none'/);
    expect(headers['content-security-policy']).not.toMatch(/'unsafe-(eval|inline)'/);
    expect(headers['permissions-policy']).toMatch(/^camera=\(self\), .*microphone=\(\)/);
    expect(headers).not.toHaveProperty('strict-transport-security');
  });

  it('gives documents Trusted Types, and blob: scripts to the worker alone', async () => {
    const policyOf = async (target: string) => (await get(target)).headers['content-security-policy'];
    for (const target of ['/', '/lab', '/evaluate.html']) {
      expect(await policyOf(target)).toContain("require-trusted-types-for 'script'; trusted-types lintel lit-html");
      expect(await policyOf(target)).toContain("script-src 'self' 'wasm-unsafe-eval';");
    }
    expect(await policyOf('/workers/worker-5e6f7a8b.js')).toContain("worker-src 'self' blob:");
    for (const target of ['/sw.js', '/assets/app-1a2b3c4d.js']) expect(await policyOf(target)).not.toContain('blob:');
  });
});

it('says so when there is no build', async () => {
  expect(await loadSiteFiles(`${site.folder}/icons`)).toMatchObject({ ok: false, failure: { code: 'site-missing' } });
  expect(await loadSiteFiles(`${site.folder}/nowhere`)).toMatchObject({ ok: false, failure: { code: 'site-missing' } });
});
