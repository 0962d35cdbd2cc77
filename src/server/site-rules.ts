import type { ResponseKind } from './security-headers.ts';

/** Addresses inside the app: the page itself reads them, so all of them are the same document. */
export const appRoutes: readonly string[] = ['/', '/settings', '/models', '/models/add', '/models/compare', '/health', '/licences', '/door', '/door/admin', '/people', '/people/enrol', '/people/person', '/people/again', '/people/receipts', '/people/backup', '/people/test', '/teach', '/lab'];

/** Documents that have an address of their own. */
export const documents: readonly string[] = ['/index.html', '/evaluate.html'];

export const serviceWorkerPath = '/sw.js';

/** Where the build puts the entries of workers, and nothing else: a policy of theirs can be given by folder. */
export const workerFolder = '/workers/';

/** Folders whose file names hold a part of the content's hash. */
export const hashedFolders: readonly string[] = [workerFolder, '/assets/', '/models/', '/wasm/'];

/** Notes for static hosts that the build carries along; no address of the app. */
export const hostFiles: readonly string[] = ['/_headers', '/_redirects'];

export const foreverCache = 'public, max-age=31536000, immutable';
export const askEachTime = 'no-cache';

/** What the file at this path is to a browser; not for a route of the app, which is the document `/index.html`. */
export function kindOfPath(path: string): ResponseKind {
  if (path.endsWith('.html')) return 'document';
  if (path === serviceWorkerPath) return 'service-worker';
  return path.startsWith(workerFolder) ? 'worker' : 'other';
}

/** How long a browser may keep the file at this path without asking. */
export function cacheControlOf(path: string): string {
  return hashedFolders.some((folder) => path.startsWith(folder)) ? foreverCache : askEachTime;
}
