import type { Failure, Result } from '../base/index.ts';
import { err, messageOf, ok } from '../base/index.ts';
import type { AssetFile } from '../runtime/index.ts';
import { sha256Hex } from '../runtime/index.ts';
import { assetCacheName } from './cache-names.ts';
import { askToPersist, persisted } from './persist.ts';

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
 * - `unavailable`: the browser's caches fail (disk trouble, storage blocked); what was stored before stays.
 */
export type OfflineFailure = Failure<'network' | 'corrupt' | 'quota' | 'aborted' | 'unsupported' | 'unavailable'>;

/** Some of the app's models and wasm builds, and whether they are there without a network. */
export interface OfflineAssets {
  /** Never fails: where the caches cannot be asked, nothing counts as stored. */
  status(): Promise<readonly AssetStatus[]>;
  /**
   * Stores every file that is not there yet, each verified by its SHA-256 first, and replaces damaged copies. Asks
   * the browser to keep the data. A stop loses only the file in transfer: the next call goes on from there.
   * A failure's detail names the file.
   */
  makeAvailable(onProgress: (progress: OfflineProgress) => void, signal: AbortSignal): Promise<Result<null, OfflineFailure>>;
  /** Deletes the stored copies; the app fetches the files again when it needs them. After a failure some may be left. */
  remove(): Promise<Result<null, OfflineFailure>>;
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
    persist: askToPersist,
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
    const cache = await this.#open();
    return Promise.all(this.assets.map(async (asset) => ({ asset, cached: cache.ok && (await isKept(cache.value, asset)) })));
  }

  async makeAvailable(onProgress: (progress: OfflineProgress) => void, signal: AbortSignal): Promise<Result<null, OfflineFailure>> {
    await persisted(this.deps.persist);
    const cache = await this.#open();
    if (!cache.ok) return cache;
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
      const stored = await this.#store(asset, cache.value, report, signal);
      if (!stored.ok) return stored;
      finishedBytes += asset.bytes;
      report(0);
    }
    return ok(null);
  }

  async remove(): Promise<Result<null, OfflineFailure>> {
    const cache = await this.#open();
    if (!cache.ok) return cache;
    const gone = await Promise.allSettled(this.assets.map((asset) => cache.value.delete(asset.url, matching)));
    const left = gone.find((one) => one.status === 'rejected');
    return left ? err(cacheCodeOf(left.reason), messageOf(left.reason)) : ok(null);
  }

  async #open(): Promise<Result<Cache, OfflineFailure>> {
    if (!this.deps.caches) return err('unsupported', 'this page has no caches');
    try {
      return ok(await this.deps.caches.open(assetCacheName));
    } catch (thrown) {
      return err(cacheCodeOf(thrown), messageOf(thrown));
    }
  }

  async #store(asset: AssetFile, cache: Cache, report: (fileBytes: number) => void, signal: AbortSignal): Promise<Result<null, OfflineFailure>> {
    const kept = await copyIn(cache, asset);
    if (kept === 'whole') return ok(null);
    try {
      // A damaged copy may also lie in the browser's own cache: the second try looks past every cache.
      const fetched = (kept === 'none' ? await this.#download(asset, 'default', report, signal) : null) ?? (await this.#download(asset, 'reload', report, signal));
      if (!fetched) return err('corrupt', `${asset.url}: the server sends other bytes than this version expects`);
      return await keep(cache, asset, fetched);
    } catch (thrown) {
      return err(signal.aborted ? 'aborted' : 'network', `${asset.url}: ${messageOf(thrown)}`);
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

async function isKept(cache: Cache, asset: AssetFile): Promise<boolean> {
  try {
    return (await cache.match(asset.url, matching)) !== undefined;
  } catch {
    return false;
  }
}

/** A copy that cannot be read is as good as a damaged one. */
async function copyIn(cache: Cache, asset: AssetFile): Promise<'none' | 'whole' | 'damaged'> {
  try {
    const kept = await cache.match(asset.url, matching);
    if (!kept) return 'none';
    return (await sha256Hex(new Uint8Array(await kept.arrayBuffer()))) === asset.sha256 ? 'whole' : 'damaged';
  } catch {
    return 'damaged';
  }
}

/** Puts an answer in the place of what there is: whole, or not at all. */
async function keep(cache: Cache, asset: AssetFile, answer: Response): Promise<Result<null, OfflineFailure>> {
  try {
    await cache.put(asset.url, answer);
    return ok(null);
  } catch (thrown) {
    return err(cacheCodeOf(thrown), `${asset.url}: ${messageOf(thrown)}`);
  }
}

function cacheCodeOf(thrown: unknown): 'quota' | 'unavailable' {
  return thrown instanceof Error && thrown.name === 'QuotaExceededError' ? 'quota' : 'unavailable';
}
