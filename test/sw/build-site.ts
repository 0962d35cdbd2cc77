import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { serviceWorkerConfig } from '../../sw/vite.config.ts';

export interface SiteAsset {
  readonly name: string;
  readonly url: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly content: Uint8Array;
}

/** A file of `bytes` bytes with a content-addressed address; another seed gives other content and the same name. */
export function siteAsset(path: string, bytes: number, seed: number): SiteAsset {
  const content = new Uint8Array(bytes).map((_, index) => (index * 31 + (index >> 8) * 17 + seed * 101) & 255);
  const sha256 = createHash('sha256').update(content).digest('hex');
  const name = path.slice(path.lastIndexOf('/') + 1);
  return { name, url: `${dirname(path)}/${sha256.slice(0, 12)}/${name}`, bytes, sha256, content };
}

/** How a version of the small app does on its first page: it works, it fails its own test, or never says anything. */
export type SiteProof = 'good' | 'bad' | 'silent';

/** Builds a small app around the real store and the real service worker, the way the real app is built. */
export async function buildSite(folder: string, version: string, assets: readonly SiteAsset[], proof: SiteProof = 'good', trialMs?: number): Promise<void> {
  const listed = assets.map(({ name, url, bytes, sha256 }) => ({ name, url, bytes, sha256 }));
  await build({
    configFile: false,
    logLevel: 'error',
    root: fileURLToPath(new URL('site', import.meta.url)),
    define: { __SITE_VERSION__: JSON.stringify(version), __SITE_PROOF__: JSON.stringify(proof) },
    plugins: [
      {
        name: 'site-assets',
        resolveId: (id) => (id === 'virtual:lintel-assets' ? `\0${id}` : undefined),
        load: (id) => (id === '\0virtual:lintel-assets' ? `export const models = []; export const pointsModels = []; export const vectorModels = []; export const runtimeFiles = []; export const wasmFiles = ${JSON.stringify(listed)};` : undefined),
      },
    ],
    build: { target: 'es2022', outDir: folder, emptyOutDir: true, modulePreload: { polyfill: false } },
  });
  for (const { url, content } of assets) {
    await mkdir(join(folder, dirname(url)), { recursive: true });
    await writeFile(join(folder, url), content);
  }
  await build({ ...(await serviceWorkerConfig(folder, assets, trialMs)), logLevel: 'error' });
}
