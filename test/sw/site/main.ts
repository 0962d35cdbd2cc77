import { shippedWasm } from '../../../src/runtime/index.ts';
import { createAppUpdates, createOfflineAssets } from '../../../src/store/index.ts';
import { createScriptUrlPolicy } from '../../../src/ui/trusted-types.ts';
import type { SiteProof } from '../build-site.ts';
import { err, ok } from '../../../src/base/index.ts';

declare const __SITE_VERSION__: string;
declare const __SITE_PROOF__: SiteProof;

/** What the tests of the service worker reach from outside, at `window.site`. */
const site = {
  version: __SITE_VERSION__,
  updates: createAppUpdates({ scriptUrl: createScriptUrlPolicy()('/sw.js') }),
  offline: createOfflineAssets(shippedWasm),
  late: async () => (await import('./late.ts')).late,
};

declare global {
  interface Window {
    readonly site: typeof site;
  }
}

Object.assign(window, { site });
if (__SITE_PROOF__ !== 'silent') void site.updates.proveItself(() => Promise.resolve(__SITE_PROOF__ === 'good' ? ok(null) : err('bad', 'it fails its own test')));
