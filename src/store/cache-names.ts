const shellPrefix = 'lintel-shell-';
const assetPrefix = 'lintel-assets-';
const recordPrefix = 'lintel-versions-';
/** Each version of the app has a cache of its own. The number rises when the way they are stored changes. */
const shellScheme = `${shellPrefix}v2-`;

/** The app's own files of one version. */
export function shellCacheName(version: string): string {
  return shellScheme + version;
}

/** Models and wasm builds of all versions, keyed by their content-addressed address. The number rises as for the shell. */
export const assetCacheName = `${assetPrefix}v1`;

/** Which version is served, and which goes on if that one fails. */
export const versionRecordCacheName = `${recordPrefix}v1`;

/** The version whose files a cache holds; null for any other cache. */
export function shellVersionOf(name: string): string | null {
  return name.startsWith(shellScheme) ? name.slice(shellScheme.length) : null;
}

/** Whether a cache was made by an earlier way of storing. Caches of other owners on the origin are never outdated. */
export function isOutdatedCacheName(name: string): boolean {
  const ours = [shellPrefix, assetPrefix, recordPrefix].some((prefix) => name.startsWith(prefix));
  return ours && shellVersionOf(name) === null && name !== assetCacheName && name !== versionRecordCacheName;
}
