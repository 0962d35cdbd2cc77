import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { appRoutes, headersFile, nginxFile, redirectsFile, siteFile, siteHandler } from '../../src/server/index.ts';
import { readHeadersFile, readNginxFile } from '../support/host-files.ts';

const root = join(import.meta.dirname, '../..');
const paths = [...appRoutes, '/index.html', '/evaluate.html', '/sw.js', '/favicon.svg', '/manifest.webmanifest', '/notices.json', '/icons/icon-192.png', '/assets/app-1a2b3c4d.js', '/workers/worker-1a2b3c4d.js', '/wasm/0a1b2c3d4e5f/engine.wasm'];
const weights = '/models/tiny/0a1b2c3d4e5f/weights.bin';

/** What our own server says over https, less what depends on the bytes. */
async function served(path: string): Promise<Record<string, string>> {
  const files = new Map([...paths, weights].map((each) => [each, siteFile(each, Buffer.from(each))]));
  const { headers } = await siteHandler(files, { httpsOnly: true })({ method: 'GET', target: path, headers: {} });
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !['etag', 'vary', 'content-type', 'content-length'].includes(name)));
}

describe('what is written for other hosts', () => {
  it.each([
    ['public/_headers', headersFile],
    ['public/_redirects', redirectsFile],
    ['docs/nginx.conf', nginxFile],
  ])('%s is what `npm run hosts:write` writes', async (path, written) => {
    expect(await readFile(join(root, path), 'utf8')).toBe(written());
  });

  it.each(paths)('says of %s what our own server says', async (path) => {
    const ours = await served(path);
    expect(readHeadersFile(headersFile())(path)).toEqual(ours);
    expect(readNginxFile(nginxFile())(path)).toEqual(ours);
  });

  it('gives weights, which lie beside a view, no policy that would reach the view', async () => {
    expect(readNginxFile(nginxFile())(weights)).toEqual(await served(weights));
    expect(readHeadersFile(headersFile())(weights)).not.toHaveProperty('content-security-policy');
    expect(readHeadersFile(headersFile())('/models/add')['content-security-policy']).not.toContain(',');
  });

  it('leads every view to the page, and to the page only', () => {
    const led = redirectsFile().split('\n').filter((line) => line.startsWith('/'));
    expect(led).toEqual(appRoutes.filter((route) => route !== '/').map((route) => `${route} / 200`));
  });

  it('serves its notes for other hosts to nobody', async () => {
    const files = new Map(['/_headers', '/_redirects'].map((path) => [path, siteFile(path, Buffer.from('note'))]));
    const handler = siteHandler(files, { httpsOnly: false });
    for (const target of ['/_headers', '/_redirects']) expect((await handler({ method: 'GET', target, headers: {} })).status).toBe(404);
  });
});
