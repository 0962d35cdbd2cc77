import type { PrecacheController } from 'workbox-precaching';
import { shellCacheName, shellVersionOf } from '../src/store/cache-names.ts';

/** Beside the files of a version: the assets that it asks for. No page can ask for this address. */
const assetListKey = '/.lintel/assets.json';

/** What does not change between two versions is taken from the older one, and not from the network again. */
export async function copyUnchanged(shell: PrecacheController, own: string): Promise<void> {
  const cache = await caches.open(shellCacheName(own));
  const others = await shellCachesExcept([own]);
  for (const key of shell.getCachedURLs().map((url) => shell.getCacheKeyForURL(url))) {
    if (key === undefined) continue;
    for (const name of others) {
      const kept = await caches.match(key, { cacheName: name, ignoreVary: true });
      if (!kept) continue;
      await cache.put(key, kept);
      break;
    }
  }
}

export async function keepAssetList(own: string, assets: readonly ShippedAsset[]): Promise<void> {
  const cache = await caches.open(shellCacheName(own));
  await cache.put(assetListKey, Response.json(assets));
}

/** The assets of every version that is kept. */
export async function assetsOfAllVersions(): Promise<readonly ShippedAsset[]> {
  const lists = await Promise.all((await shellCachesExcept([])).map((cacheName) => caches.match(assetListKey, { cacheName })));
  const parsed = await Promise.all(lists.map((list): Promise<unknown> => list?.json().catch(() => null) ?? Promise.resolve(null)));
  return parsed.flatMap((list) => (Array.isArray(list) ? list.filter(isAsset) : []));
}

/** A file of one version; undefined where it has none of that name. Query strings hold revisions only. */
export async function fileOf(version: string, path: string): Promise<Response | undefined> {
  return caches.match(path, { cacheName: shellCacheName(version), ignoreSearch: true, ignoreVary: true });
}

/** Whether a version can be served: its page is still there. */
export async function isWhole(version: string): Promise<boolean> {
  return (await fileOf(version, '/index.html')) !== undefined;
}

export async function dropVersionsExcept(versions: readonly (string | null)[]): Promise<void> {
  const outdated = await shellCachesExcept(versions);
  await Promise.all(outdated.map((name) => caches.delete(name)));
}

async function shellCachesExcept(versions: readonly (string | null)[]): Promise<readonly string[]> {
  return (await caches.keys()).filter((name) => {
    const version = shellVersionOf(name);
    return version !== null && !versions.includes(version);
  });
}

function isAsset(value: unknown): value is ShippedAsset {
  return typeof value === 'object' && value !== null && 'url' in value && typeof value.url === 'string' && 'sha256' in value && typeof value.sha256 === 'string';
}
