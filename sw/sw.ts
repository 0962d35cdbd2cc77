import { PrecacheController } from 'workbox-precaching';
import { isOutdatedCacheName, shellCacheName } from '../src/store/cache-names.ts';
import { dropOtherVersions, fetchSuccessors } from './asset-versions.ts';
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

/** An update waits until a person agrees to it: this message is that consent. */
self.addEventListener('message', (event) => {
  const message: unknown = event.data;
  if (typeof message === 'object' && message !== null && 'type' in message && message.type === 'SKIP_WAITING') {
    event.waitUntil(self.skipWaiting());
  }
});

async function dropOutdatedCaches(): Promise<void> {
  const names = (await caches.keys()).filter(isOutdatedCacheName);
  await Promise.all(names.map((name) => caches.delete(name)));
}
