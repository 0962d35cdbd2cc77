import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { serviceWorkerConfig } from '../../sw/vite.config.ts';

let app: string;

async function write(path: string, content: string | Uint8Array): Promise<void> {
  await mkdir(join(app, path, '..'), { recursive: true });
  await writeFile(join(app, path), content);
}

describe('the build of the service worker', () => {
  beforeEach(async () => {
    app = await mkdtemp(join(tmpdir(), 'lintel-sw-'));
    onTestFinished(() => rm(app, { recursive: true }));
    await write('index.html', '<!doctype html><title>App</title>');
    await write('assets/app-1a2b3c4d.js', 'export {};');
    await write('icons/icon-192.png', 'png');
    await write('manifest.webmanifest', '{}');
    await write('models/tiny/0123456789ab/weights.bin', new Uint8Array(3 * 1024 * 1024));
    await write('wasm/0123456789ab/engine.wasm', 'wasm');
  });

  it('makes one self-contained script that lists the shell with revisions, and the assets with hashes only', async () => {
    const asset = { url: '/models/tiny/0123456789ab/weights.bin', sha256: 'ab'.repeat(32), sourcePath: '/somewhere/weights.bin' };
    await build({ ...(await serviceWorkerConfig(app, [asset])), logLevel: 'error' });
    const script = await readFile(join(app, 'sw.js'), 'utf8');
    expect(await readdir(app)).toEqual(['assets', 'icons', 'index.html', 'manifest.webmanifest', 'models', 'sw.js', 'wasm']);
    expect(script).not.toMatch(/\bimportScripts\(|^import\b|__WB_MANIFEST|__LINTEL_ASSETS__|process\.env/m);
    for (const url of ['/index.html', '/icons/icon-192.png', '/manifest.webmanifest']) {
      expect(script).toMatch(new RegExp(`url:\`${url}\`,revision:\`[0-9a-f]{32}\``));
    }
    expect(script).toMatch(/url:`\/assets\/app-1a2b3c4d\.js`,revision:null/);
    expect(script).not.toMatch(/engine\.wasm/);
    expect(script).toContain(asset.sha256);
    expect(script).not.toContain('/somewhere');
  });

  it('leaves its own earlier output out of the list', async () => {
    await write('sw.js', 'an earlier one');
    await build({ ...(await serviceWorkerConfig(app, [])), logLevel: 'error' });
    expect(await readFile(join(app, 'sw.js'), 'utf8')).not.toMatch(/url:`\/sw\.js`/);
  });

  it('fails, naming the file, when a shell file is too large for the precache', async () => {
    await write('assets/huge-1a2b3c4d.js', new Uint8Array(2 * 1024 * 1024 + 1));
    await expect(serviceWorkerConfig(app, [])).rejects.toThrow(/assets\/huge-1a2b3c4d\.js is 2\.1 MB/);
  });

  it('fails, naming the file, when a file is of a kind that nobody would serve offline', async () => {
    await write('help/manual.pdf', 'pdf');
    await expect(serviceWorkerConfig(app, [])).rejects.toThrow(/help\/manual\.pdf is neither precached nor a listed asset/);
  });
});
