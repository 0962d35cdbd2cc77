import { CacheFirst } from 'workbox-strategies';
import { assetCacheName } from '../src/store/cache-names.ts';
import { assetsOfAllVersions } from './shell-files.ts';

/**
 * Cache first for files whose content is known: a copy enters the cache only if its SHA-256 is the listed one.
 * A wrong answer still reaches the page, which checks again and reports. A request with `cache: 'reload'` looks
 * past the cache, and a right answer replaces what is there: this is how a damaged copy is repaired. Pages of the version
 * before ask for files that only that version lists.
 */
export function verifiedCacheFirst(assets: readonly ShippedAsset[], origin: string): CacheFirst {
  const hashes = (listed: readonly ShippedAsset[]): ReadonlyMap<string, string> => new Map(listed.map((asset) => [new URL(asset.url, origin).href, asset.sha256]));
  const own = hashes(assets);
  const expectedOf = async (url: string): Promise<string | undefined> => own.get(url) ?? hashes(await assetsOfAllVersions()).get(url);
  return new CacheFirst({
    cacheName: assetCacheName,
    matchOptions: { ignoreVary: true },
    plugins: [
      {
        cachedResponseWillBeUsed: ({ request, cachedResponse }) =>
          Promise.resolve(request.cache === 'reload' ? null : (cachedResponse ?? null)),
        cacheWillUpdate: async ({ request, response }) => {
          const expected = await expectedOf(request.url);
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
