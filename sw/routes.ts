import type { PrecacheController } from 'workbox-precaching';
import { PrecacheRoute } from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';
import { verifiedCacheFirst } from './verified-cache.ts';

/** A path that names a file, such as a certificate to download: never answered with the app's page. */
const namesFile = /\/[^/?]+\.[^/?]+(\?|$)/;

/**
 * Who answers what: the precached shell its own files, the verified cache the listed models and wasm builds, and
 * the app's page every other navigation, because its views are routes of one page. The rest goes to the network.
 */
export function registerRoutes(shell: PrecacheController, assets: readonly ShippedAsset[], origin: string): void {
  const assetPaths = new Set(assets.map((asset) => asset.url));
  registerRoute(({ url }) => url.origin === origin && assetPaths.has(url.pathname), verifiedCacheFirst(assets, origin));
  registerRoute(new PrecacheRoute(shell, { cleanURLs: false }));
  registerRoute(new NavigationRoute(shell.createHandlerBoundToURL('/index.html'), { denylist: [namesFile] }));
}
