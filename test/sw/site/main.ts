import { shippedWasm } from '../../../src/runtime/index.ts';
import { createAppUpdates, createOfflineAssets } from '../../../src/store/index.ts';
import { createScriptUrlPolicy } from '../../../src/ui/trusted-types.ts';

declare const __SITE_VERSION__: string;

/** What the tests of the service worker reach from outside, at `window.site`. */
const site = {
  version: __SITE_VERSION__,
  updates: createAppUpdates({ scriptUrl: createScriptUrlPolicy()('/sw.js') }),
  offline: createOfflineAssets(shippedWasm),
};

declare global {
  interface Window {
    readonly site: typeof site;
  }
}

Object.assign(window, { site });
