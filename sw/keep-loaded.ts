import { assetCacheName } from '../src/store/cache-names.ts';
import { hasContent } from './verified-cache.ts';

/**
 * Keeps what a first visit loaded before this worker was in control. Those files passed it by, but the browser's own
 * cache still has them; it alone is asked, so nothing is downloaded.
 */
export async function keepLoaded(assets: readonly ShippedAsset[]): Promise<void> {
  const cache = await caches.open(assetCacheName);
  await Promise.all(
    assets.map(async (asset) => {
      if (await cache.match(asset.url, { ignoreVary: true })) return;
      const response = await fromBrowserCache(asset.url);
      if (response && (await hasContent(response, asset.sha256))) await cache.put(asset.url, response);
    }),
  );
}

async function fromBrowserCache(url: string): Promise<Response | null> {
  try {
    return await fetch(url, { cache: 'only-if-cached', mode: 'same-origin' });
  } catch {
    // This is how the browser says that it has no copy.
    return null;
  }
}
