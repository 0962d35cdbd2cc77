import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';
import { listAssets } from '../../models/list-assets.ts';
import { noticesOf, packageOf } from './notices.ts';

const packagesRoot = fileURLToPath(new URL('../../node_modules', import.meta.url));
const fileName = 'notices.json';

/** The service worker is built after the app, and held to this list. */
const inServiceWorker = ['workbox-core', 'workbox-precaching', 'workbox-routing', 'workbox-strategies'];

/**
 * Writes `/notices.json`: the packages of which something is in the built app, in its workers or beside them, and their
 * licences. Fails the build on a licence that may not ship. The same instance watches the app and its workers.
 */
export function packageNotices(): { readonly app: Plugin; readonly workers: Plugin } {
  const found = new Set<string>();
  const notices = async (): Promise<string> => {
    const assets = (await listAssets()).map(({ sourcePath }) => packageOf(sourcePath));
    return JSON.stringify(await noticesOf([...found, ...inServiceWorker, ...assets].filter((name) => name !== null), packagesRoot));
  };
  const collect = (bundle: Bundle): void => {
    for (const name of packagesIn(bundle)) found.add(name);
  };
  return {
    workers: { name: 'lintel-notices-of-workers', generateBundle: (_, bundle) => collect(bundle) },
    app: {
      name: 'lintel-notices',
      async generateBundle(_, bundle) {
        collect(bundle);
        if (!this.environment.config.isWorker) this.emitFile({ type: 'asset', fileName, source: await notices() });
      },
      configureServer(server) {
        server.middlewares.use(`/${fileName}`, (_, response, next) => {
          // Nothing is built here: what package.json names stands for it.
          void directDependencies().then(async (names) => {
            for (const name of names) found.add(name);
            response.setHeader('Content-Type', 'application/json').end(await notices());
          }, next);
        });
      },
    },
  };
}

/** Fails the build of the service worker when it holds a package that the notices leave out. */
export function noticedPackages(): Plugin {
  return {
    name: 'lintel-noticed-packages',
    generateBundle(_, bundle) {
      const missing = packagesIn(bundle).filter((name) => !inServiceWorker.includes(name));
      if (missing.length > 0) throw new Error(`packages in the service worker without a notice: ${missing.join(', ')}`);
    },
  };
}

type Bundle = Readonly<Record<string, { readonly type: 'asset' } | { readonly type: 'chunk'; readonly modules: Readonly<Record<string, { readonly renderedLength: number }>> }>>;

function packagesIn(bundle: Bundle): readonly string[] {
  const modules = Object.values(bundle).flatMap((part) => (part.type === 'chunk' ? Object.entries(part.modules) : []));
  const names = modules.filter(([, { renderedLength }]) => renderedLength > 0).map(([id]) => packageOf(id));
  return [...new Set(names.filter((name) => name !== null))];
}

async function directDependencies(): Promise<readonly string[]> {
  const manifest = JSON.parse(await readFile(join(packagesRoot, '../package.json'), 'utf8')) as { dependencies: Record<string, string> };
  return Object.keys(manifest.dependencies);
}
