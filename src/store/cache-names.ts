const shellPrefix = 'lintel-shell-';
const assetPrefix = 'lintel-assets-';

/** The app's own files. The number rises when the way they are stored changes; their content has its own revisions. */
export const shellCacheName = `${shellPrefix}v1`;

/** Models and wasm builds, keyed by their content-addressed address. The number rises as for the shell. */
export const assetCacheName = `${assetPrefix}v1`;

/** Whether a cache was made by an earlier way of storing. Caches of other owners on the origin are never outdated. */
export function isOutdatedCacheName(name: string): boolean {
  const ours = name.startsWith(shellPrefix) || name.startsWith(assetPrefix);
  return ours && name !== shellCacheName && name !== assetCacheName;
}
