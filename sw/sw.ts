import { PrecacheController } from 'workbox-precaching';
import { isOutdatedCacheName, shellCacheName } from '../src/store/cache-names.ts';
import { dropOtherVersions, fetchSuccessors } from './asset-versions.ts';
import { keepLoaded } from './keep-loaded.ts';
import { registerRoutes } from './routes.ts';

declare const self: ServiceWorkerGlobalScope;

const shell = new PrecacheController({ cacheName: shellCacheName });
shell.addToCacheList(self.__WB_MANIFEST);
registerRoutes(shell, __LINTEL_ASSETS__, self.location.origin);

self.addEventListener('install', (event) => {
  event.waitUntil(Promise.all([shell.install(event), fetchSuccessors(__LINTEL_ASSETS__)]));
});

self.addEventListener('activate', (event) => {
  event.waitUntil(Promise.all([shell.activate(event), dropOtherVersions(__LINTEL_ASSETS__), dropOutdatedCaches(), self.clients.claim()]));
});

/**
 * `SKIP_WAITING`: a person agreed to the update that waits here. `KEEP_LOADED`: a page came under control for the
 * first time and may already have loaded models.
 */
self.addEventListener('message', (event) => {
  const type = typeOf(event.data);
  if (type === 'SKIP_WAITING') event.waitUntil(self.skipWaiting());
  if (type === 'KEEP_LOADED') event.waitUntil(keepLoaded(__LINTEL_ASSETS__));
});

function typeOf(message: unknown): unknown {
  return typeof message === 'object' && message !== null && 'type' in message ? message.type : undefined;
}

async function dropOutdatedCaches(): Promise<void> {
  const names = (await caches.keys()).filter(isOutdatedCacheName);
  await Promise.all(names.map((name) => caches.delete(name)));
}
