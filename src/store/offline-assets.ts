import type { Failure, Result } from '../base/index.ts';
import { err, messageOf, ok } from '../base/index.ts';
import type { AssetFile } from '../runtime/index.ts';
import { sha256Hex } from '../runtime/index.ts';
import { assetCacheName } from './cache-names.ts';

export interface AssetStatus {
  readonly asset: AssetFile;
  /** Whether a copy is stored. `makeAvailable` also checks that it is whole. */
  readonly cached: boolean;
}

/** Bytes of all asked files together; `doneBytes` rises from 0 to `totalBytes`. */
export interface OfflineProgress {
  readonly doneBytes: number;
  readonly totalBytes: number;
}

/**
 * - `network`: the server did not answer, or not with the file.
 * - `corrupt`: it sent other bytes than this version of the app expects, twice.
 * - `quota`: the device has no room left; what was stored before stays.
 * - `unsupported`: the page has no caches (it is not served securely).
 */
export type OfflineFailure = Failure<'network' | 'corrupt' | 'quota' | 'aborted' | 'unsupported'>;

/** Some of the app's models and wasm builds, and whether they are there without a network. */
export interface OfflineAssets {
  status(): Promise<readonly AssetStatus[]>;
  /**
   * Stores every file that is not there yet, each verified by its SHA-256 first, and replaces damaged copies. Asks
   * the browser to keep the data. A stop loses only the file in transfer: the next call goes on from there.
   * A failure's detail names the file.
   */
  makeAvailable(onProgress: (progress: OfflineProgress) => void, signal: AbortSignal): Promise<Result<null, OfflineFailure>>;
  /** Deletes the stored copies; the app fetches the files again when it needs them. */
  remove(): Promise<void>;
}

/** What the browser provides. `caches` is null where the page is not secure. */
export interface OfflineDeps {
  readonly caches: Pick<CacheStorage, 'open'> | null;
  readonly fetch: typeof fetch;
  /** Asks the browser not to evict the data; how it answers changes nothing here. */
  readonly persist: () => Promise<unknown>;
}

export function browserOfflineDeps(): OfflineDeps {
  return {
    caches: isSecureContext ? caches : null,
    fetch: (...args) => fetch(...args),
    persist: async () => isSecureContext && (await navigator.storage.persist()),
  };
}

export function createOfflineAssets(assets: readonly AssetFile[], deps: OfflineDeps = browserOfflineDeps()): OfflineAssets {
  return new CachedAssets(assets, deps);
}

class CachedAssets implements OfflineAssets {
  constructor(
    private readonly assets: readonly AssetFile[],
    private readonly deps: OfflineDeps,
  ) {}

  async status(): Promise<readonly AssetStatus[]> {
    const cache = await this.deps.caches?.open(assetCacheName);
    return Promise.all(
      this.assets.map(async (asset) => ({ asset, cached: cache !== undefined && (await cache.match(asset.url, matching)) !== undefined })),
    );
  }

  async makeAvailable(onProgress: (progress: OfflineProgress) => void, signal: AbortSignal): Promise<Result<null, OfflineFailure>> {
    if (!this.deps.caches) return err('unsupported', 'this page has no caches');
    await this.deps.persist();
    const cache = await this.deps.caches.open(assetCacheName);
    const totalBytes = this.assets.reduce((sum, asset) => sum + asset.bytes, 0);
    let finishedBytes = 0;
    let doneBytes = 0;
    for (const asset of this.assets) {
      // A second try of a file starts at its beginning; what a person sees does not go back.
      const report = (fileBytes: number): void => {
        doneBytes = Math.max(doneBytes, finishedBytes + fileBytes);
        onProgress({ doneBytes, totalBytes });
      };
      if (signal.aborted) return err('aborted', `stopped before ${asset.name}`);
      const stored = await this.#store(asset, cache, report, signal);
      if (!stored.ok) return stored;
      finishedBytes += asset.bytes;
      report(0);
    }
    return ok(null);
  }

  async remove(): Promise<void> {
    const cache = await this.deps.caches?.open(assetCacheName);
    if (cache) await Promise.all(this.assets.map((asset) => cache.delete(asset.url, matching)));
  }

  async #store(asset: AssetFile, cache: Cache, report: (fileBytes: number) => void, signal: AbortSignal): Promise<Result<null, OfflineFailure>> {
    const kept = await cache.match(asset.url, matching);
    if (kept && (await sha256Hex(new Uint8Array(await kept.arrayBuffer()))) === asset.sha256) return ok(null);
    try {
      // A damaged copy may also lie in the browser's own cache: the second try looks past every cache.
      const fetched = (kept ? null : await this.#download(asset, 'default', report, signal)) ?? (await this.#download(asset, 'reload', report, signal));
      if (!fetched) return err('corrupt', `${asset.url}: the server sends other bytes than this version expects`);
      await cache.put(asset.url, fetched);
      return ok(null);
    } catch (thrown) {
      return err(codeOf(thrown, signal), `${asset.url}: ${messageOf(thrown)}`);
    }
  }

  /** The file as an answer to keep, or null when its bytes are wrong. Throws when there is no answer. */
  async #download(asset: AssetFile, cache: RequestCache, report: (fileBytes: number) => void, signal: AbortSignal): Promise<Response | null> {
    const response = await this.deps.fetch(asset.url, { cache, signal });
    if (!response.ok) throw new Error(`status ${response.status}`);
    const data = await readExactly(response, asset.bytes, report);
    if (!data || (await sha256Hex(data)) !== asset.sha256) return null;
    return new Response(data, { headers: storedHeaders(response.headers, data.byteLength) });
  }
}

/** The service worker ignores `Vary` too: an address stands for one content. */
const matching: CacheQueryOptions = { ignoreVary: true };

/** The body when it has the expected length; null as soon as it is longer, or at its end when it is shorter. */
async function readExactly(response: Response, bytes: number, report: (fileBytes: number) => void): Promise<Uint8Array<ArrayBuffer> | null> {
  const data = new Uint8Array(bytes);
  let filled = 0;
  const reader = response.body?.getReader();
  if (!reader) return null;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return filled === bytes ? data : null;
    if (filled + value.byteLength > bytes) {
      await reader.cancel();
      return null;
    }
    data.set(value, filled);
    filled += value.byteLength;
    report(filled);
  }
}

/** The server's headers, isolation among them, for the decoded body. */
function storedHeaders(received: Headers, bytes: number): Headers {
  const headers = new Headers(received);
  headers.delete('Content-Encoding');
  headers.set('Content-Length', `${bytes}`);
  return headers;
}

function codeOf(thrown: unknown, signal: AbortSignal): OfflineFailure['code'] {
  if (signal.aborted) return 'aborted';
  return thrown instanceof Error && thrown.name === 'QuotaExceededError' ? 'quota' : 'network';
}
