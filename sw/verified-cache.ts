import { CacheFirst } from 'workbox-strategies';
import { assetCacheName } from '../src/store/cache-names.ts';

/**
 * Cache first for files whose content is known: a copy enters the cache only if its SHA-256 is the listed one.
 * A wrong answer still reaches the page, which checks again and reports. A request with `cache: 'reload'` looks
 * past the cache, and a right answer replaces what is there: this is how a damaged copy is repaired.
 */
export function verifiedCacheFirst(assets: readonly ShippedAsset[], origin: string): CacheFirst {
  const sha256ByUrl = new Map(assets.map((asset) => [new URL(asset.url, origin).href, asset.sha256]));
  return new CacheFirst({
    cacheName: assetCacheName,
    matchOptions: { ignoreVary: true },
    plugins: [
      {
        cachedResponseWillBeUsed: ({ request, cachedResponse }) =>
          Promise.resolve(request.cache === 'reload' ? null : (cachedResponse ?? null)),
        cacheWillUpdate: async ({ request, response }) => {
          const expected = sha256ByUrl.get(request.url);
          return expected !== undefined && (await hasContent(response, expected)) ? response : null;
        },
      },
    ],
  });
}

/** Whether a whole answer (not an error, not a range) holds the bytes with this SHA-256. Leaves the body unread. */
export async function hasContent(response: Response, sha256: string): Promise<boolean> {
  if (response.status !== 200) return false;
  const digest = await crypto.subtle.digest('SHA-256', await response.clone().arrayBuffer());
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('') === sha256;
}
