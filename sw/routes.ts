import { NavigationRoute, registerRoute } from 'workbox-routing';
import { verifiedCacheFirst } from './verified-cache.ts';
import type { VersionKeeper } from './version-keeper.ts';

/** A path that names a file, such as a certificate to download: never answered with the app's page. */
const namesFile = /\/[^/?]+\.[^/?]+(\?|$)/;

/** Files whose names hold their content's hash: those of an older version are asked for by its pages. */
const isHashed = (path: string): boolean => path.startsWith('/assets/') || path.startsWith('/workers/');
/** Not `/models/add`, which is a view. */
const isAsset = (path: string): boolean => /^\/(models|wasm)\/(.+\/)?[0-9a-f]{12}\/[^/]+$/.test(path);

/**
 * Who answers what: the kept versions the app's files, the verified cache the models and wasm builds, and the page of the
 * version that is served every other navigation, because the app's views are routes of one page. The rest goes to the network.
 *
 * @param shell paths of this version's files
 */
export function registerRoutes(versions: VersionKeeper, shell: ReadonlySet<string>, assets: readonly ShippedAsset[], origin: string): void {
  const isOurs = (url: URL, path: (path: string) => boolean): boolean => url.origin === origin && path(url.pathname);
  registerRoute(({ url }) => isOurs(url, isAsset), verifiedCacheFirst(assets, origin));
  registerRoute(
    ({ url }) => isOurs(url, (path) => shell.has(path) || isHashed(path)),
    async ({ url, request }) => (await versions.file(url.pathname)) ?? fetch(request),
  );
  registerRoute(new NavigationRoute(({ event }) => versions.openPage(event as FetchEvent), { denylist: [namesFile] }));
}
