import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { InlineConfig } from 'vite';
import { defineConfig } from 'vite';
import type { ManifestEntry } from 'workbox-build';
import { getManifest } from 'workbox-build';
import { listAssets } from '../models/list-assets.ts';
import { noticedPackages } from '../tools/supply/package-notices.ts';

/** Files of the built app that the service worker does not precache: itself, notes for static hosts, and what the verified cache keeps. */
const besideShell = /^(sw\.js|_headers|_redirects|models\/.*|wasm\/.*)$/;

/** Names that already hold a hash of the content, as vite writes them. */
const hashedName = /^(?:assets|workers)\/.+-[\w-]{8}\.\w+$/;

/** Workbox leaves larger files out of the precache. Raise it only with a reason: everybody downloads the whole shell. */
const maxShellFileBytes = 2 * 1024 * 1024;

/** A phone of five years loads the whole app from its cache and starts the engine's worker in a part of it. */
const usualTrialMs = 60_000;

interface ListedAsset {
  readonly url: string;
  readonly sha256: string;
}

/**
 * Builds `sw.js` into the folder of an app that is already built: one self-contained script that holds the list of
 * the shell's files with their revisions and the list of the assets to verify.
 *
 * @param trialMs how long a new version may take to show that it works, while somebody looks at it
 * @throws Error that names every file of the app which nobody would serve offline
 */
export async function serviceWorkerConfig(appFolder: string, assets: readonly ListedAsset[], trialMs = usualTrialMs): Promise<InlineConfig> {
  const shell = await shellManifest(appFolder);
  const listed = JSON.stringify(assets.map(({ url, sha256 }) => ({ url, sha256 })));
  const version = createHash('sha256').update(JSON.stringify(shell)).update(listed).digest('hex').slice(0, 12);
  return {
    configFile: false,
    root: fileURLToPath(new URL('.', import.meta.url)),
    publicDir: false,
    plugins: [noticedPackages()],
    define: {
      'self.__WB_MANIFEST': JSON.stringify(shell),
      __LINTEL_ASSETS__: listed,
      __LINTEL_VERSION__: JSON.stringify(version),
      __LINTEL_TRIAL_MS__: JSON.stringify(trialMs),
    },
    build: {
      target: 'es2022',
      outDir: appFolder,
      emptyOutDir: false,
      rolldownOptions: {
        input: fileURLToPath(new URL('sw.ts', import.meta.url)),
        output: { format: 'iife', entryFileNames: 'sw.js' },
      },
    },
  };
}

async function shellManifest(appFolder: string): Promise<readonly ManifestEntry[]> {
  const { manifestEntries, warnings } = await getManifest({
    globDirectory: appFolder,
    globPatterns: ['**/*.{html,js,css,webmanifest,json,svg,png,ico,woff2}'],
    globIgnores: ['sw.js', 'models/**', 'wasm/**'],
    dontCacheBustURLsMatching: hashedName,
    maximumFileSizeToCacheInBytes: maxShellFileBytes,
  });
  const precached = new Set(manifestEntries.map((entry) => entry.url));
  const left = (await filesOf(appFolder)).filter((file) => !precached.has(file) && !besideShell.test(file));
  const complaints = [...warnings, ...left.map((file) => `${file} is neither precached nor a listed asset`)];
  if (complaints.length > 0) throw new Error(`the app would not work offline:\n${complaints.join('\n')}`);
  return manifestEntries.map((entry) => ({ ...entry, url: `/${entry.url}` })).sort((a, b) => a.url.localeCompare(b.url));
}

async function filesOf(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'));
}

const builtApp = fileURLToPath(new URL('../dist/app', import.meta.url));

export default defineConfig(async () => serviceWorkerConfig(builtApp, await listAssets()));
