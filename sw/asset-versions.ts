import { assetCacheName } from '../src/store/cache-names.ts';
import { hasContent } from './verified-cache.ts';

/**
 * Brings the new versions of the files that are available offline in an older version, so that an update never
 * takes away what worked without a network. Runs while the update installs; the old version goes on meanwhile.
 * Rejects when a file cannot be had: the browser then keeps the old version and tries again later.
 */
export async function fetchSuccessors(assets: readonly ShippedAsset[]): Promise<void> {
  const cache = await caches.open(assetCacheName);
  const kept = (await cache.keys()).map((request) => new URL(request.url).pathname);
  const slots = new Set(kept.map(slotOf));
  const missing = assets.filter((asset) => slots.has(slotOf(asset.url)) && !kept.includes(asset.url));
  await Promise.all(
    missing.map(async (asset) => {
      const response = await fetch(asset.url);
      if (!(await hasContent(response, asset.sha256))) throw new Error(`${asset.url}: status ${response.status} or wrong content`);
      await cache.put(asset.url, response);
    }),
  );
}

/** Deletes the cached files that none of these versions lists. */
export async function dropOtherVersions(assets: readonly ShippedAsset[]): Promise<void> {
  const current = new Set(assets.map((asset) => asset.url));
  const cache = await caches.open(assetCacheName);
  const outdated = (await cache.keys()).filter((request) => !current.has(new URL(request.url).pathname));
  await Promise.all(outdated.map((request) => cache.delete(request)));
}

/** What stays the same from version to version: the path without its hash folder. */
function slotOf(path: string): string {
  return path.replace(/\/[0-9a-f]{12}\/(?=[^/]+$)/, '/');
}
