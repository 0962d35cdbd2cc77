import { PrecacheController } from 'workbox-precaching';
import { isOutdatedCacheName, shellCacheName } from '../src/store/cache-names.ts';
import type { WorkerMessage } from '../src/store/worker-messages.ts';
import { dropOtherVersions, fetchSuccessors } from './asset-versions.ts';
import { keepLoaded } from './keep-loaded.ts';
import { registerRoutes } from './routes.ts';
import { assetsOfAllVersions, copyUnchanged, dropVersionsExcept, keepAssetList } from './shell-files.ts';
import { VersionKeeper } from './version-keeper.ts';

declare const self: ServiceWorkerGlobalScope;

const own = __LINTEL_VERSION__;
const shell = new PrecacheController({ cacheName: shellCacheName(own) });
shell.addToCacheList(self.__WB_MANIFEST);
const versions = new VersionKeeper(own, __LINTEL_TRIAL_MS__);
registerRoutes(versions, new Set(shell.getCachedURLs().map((url) => new URL(url).pathname)), __LINTEL_ASSETS__, self.location.origin);

self.addEventListener('install', (event) => {
  event.waitUntil(Promise.all([installShell(event), fetchSuccessors(__LINTEL_ASSETS__)]));
});

self.addEventListener('activate', (event) => {
  event.waitUntil(Promise.all([takeOver(), dropOutdatedCaches(), self.clients.claim()]));
});

self.addEventListener('message', (event) => {
  const clientId = event.source instanceof Client ? event.source.id : '';
  const act = acts(clientId, (answer) => event.ports[0]?.postMessage(answer))[typeOf(event.data)];
  if (act) event.waitUntil(act());
});

function acts(clientId: string, answer: (value: unknown) => void): Partial<Record<string, () => Promise<void>>> & Record<WorkerMessage['type'], () => Promise<void>> {
  return {
    SKIP_WAITING: () => self.skipWaiting(),
    KEEP_LOADED: () => keepLoaded(__LINTEL_ASSETS__),
    VERSION_ASK: () => versions.standing(clientId).then(answer),
    VERSION_PROVED: () => versions.prove(clientId),
    VERSION_FAILED: () => versions.giveUp(clientId),
    VERSION_RETRY: () => versions.retry().then(() => answer(null)),
  };
}

function typeOf(message: unknown): string {
  return typeof message === 'object' && message !== null && 'type' in message ? String(message.type) : '';
}

/** The list of assets comes last: a version that has it is whole. */
async function installShell(event: ExtendableEvent): Promise<void> {
  await copyUnchanged(shell, own);
  await shell.install(event);
  await keepAssetList(own, __LINTEL_ASSETS__);
}

/** The version before stays, with its models, until the next one comes. */
async function takeOver(): Promise<void> {
  const { served, before } = await versions.takeOver();
  await dropVersionsExcept([served, before, own]);
  await dropOtherVersions([...__LINTEL_ASSETS__, ...(await assetsOfAllVersions())]);
}

async function dropOutdatedCaches(): Promise<void> {
  const names = (await caches.keys()).filter(isOutdatedCacheName);
  await Promise.all(names.map((name) => caches.delete(name)));
}
