import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { AssetFile } from '../../src/runtime/index.ts';
import { assetCacheName } from '../../src/store/cache-names.ts';
import type { OfflineAssets, OfflineDeps } from '../../src/store/offline-assets.ts';
import { createOfflineAssets } from '../../src/store/offline-assets.ts';
import { FakeCaches } from '../faults/cache-faults.ts';

const contents = ['graph of a model', 'weights of a model', 'a program'].map((text) => new Uint8Array(new TextEncoder().encode(text)));
const assets: readonly AssetFile[] = contents.map((bytes, i) => ({
  name: `file-${i}`,
  url: `/models/m/file-${i}`,
  bytes: bytes.byteLength,
  sha256: createHash('sha256').update(bytes).digest('hex'),
}));

/** A server that has every file. */
const serve: typeof fetch = (request) => {
  const at = assets.findIndex(({ url }) => url === request);
  const body = contents[at];
  return Promise.resolve(body ? new Response(new Uint8Array(body)) : new Response(null, { status: 404 }));
};

function offlineOn(caches: OfflineDeps['caches'], changes: Partial<OfflineDeps> = {}): OfflineAssets {
  return createOfflineAssets(assets, { caches, fetch: serve, persist: () => Promise.resolve(true), ...changes });
}

const store = (offline: OfflineAssets) => offline.makeAvailable(() => undefined, new AbortController().signal);
const keptIn = (caches: FakeCaches): Map<string, Uint8Array<ArrayBuffer>> => caches.kept.get(assetCacheName) ?? new Map<string, Uint8Array<ArrayBuffer>>();

/** Every kept file is one of the app's, whole. */
function expectWhole(caches: FakeCaches): void {
  for (const [url, body] of keptIn(caches)) expect(body).toEqual(contents[assets.findIndex((asset) => asset.url === url)]);
}

const errors = [['QuotaExceededError', 'quota'], ['UnknownError', 'unavailable'], ['AbortError', 'unavailable'], ['InvalidStateError', 'unavailable'], ['SecurityError', 'unavailable']] as const;

describe('offline copies', () => {
  it('are stored whole, and stored once', async () => {
    const caches = new FakeCaches();
    expect(await store(offlineOn(caches))).toEqual({ ok: true, value: null });
    expect((await offlineOn(caches).status()).map(({ cached }) => cached)).toEqual([true, true, true]);
    caches.asked.length = 0;
    expect(await store(offlineOn(caches, { fetch: () => Promise.reject(new Error('no network')) }))).toEqual({ ok: true, value: null });
    expect(caches.asked).not.toContain('put');
    expectWhole(caches);
  });

  it.each(errors)('are whole or not there when the caches fail by %s at any call, and the next try stores the rest', async (errorName, code) => {
    for (let nth = 1; ; nth++) {
      const caches = new FakeCaches();
      await store(createOfflineAssets(assets.slice(0, 1), { caches, fetch: serve, persist: () => Promise.resolve() }));
      caches.failAt(nth, errorName);
      const stored = await store(offlineOn(caches));
      const { fired } = caches;
      const failed = caches.asked[nth - 1];
      caches.heal();
      // A copy that cannot be looked at is fetched anew.
      if (fired && failed !== 'match') expect(stored).toMatchObject({ ok: false, failure: { code } });
      else expect(stored.ok).toBe(true);
      expectWhole(caches);
      expect(keptIn(caches).size).toBeGreaterThan(0);
      expect(await store(offlineOn(caches))).toEqual({ ok: true, value: null });
      expect(keptIn(caches).size).toBe(assets.length);
      if (!fired) break;
      expect(nth).toBeLessThan(20);
    }
  });

  it.each(errors)('are removed, or it is said that they were not, when the caches fail by %s', async (errorName, code) => {
    for (let nth = 1; ; nth++) {
      const caches = new FakeCaches();
      await store(offlineOn(caches));
      caches.failAt(nth, errorName);
      const removed = await offlineOn(caches).remove();
      const { fired } = caches;
      caches.heal();
      expect(removed.ok).toBe(!fired);
      if (!removed.ok) expect(removed.failure.code).toBe(code);
      expectWhole(caches);
      expect(await offlineOn(caches).remove()).toEqual({ ok: true, value: null });
      expect(keptIn(caches).size).toBe(0);
      if (!fired) break;
    }
  });

  it.each(errors)('count as not stored where the caches cannot be asked: %s', async (errorName) => {
    for (let nth = 1; nth <= 4; nth++) {
      const caches = new FakeCaches();
      await store(offlineOn(caches));
      caches.failAt(nth, errorName);
      expect((await offlineOn(caches).status()).some(({ cached }) => !cached)).toBe(true);
    }
  });

  it('are stored also where the browser cannot be asked to keep them', async () => {
    const caches = new FakeCaches();
    expect(await store(offlineOn(caches, { persist: () => Promise.reject(new TypeError('no such question')) }))).toEqual({ ok: true, value: null });
  });

  it('cannot be had on a page without caches', async () => {
    expect(await store(offlineOn(null))).toMatchObject({ ok: false, failure: { code: 'unsupported' } });
    expect(await offlineOn(null).remove()).toMatchObject({ ok: false, failure: { code: 'unsupported' } });
    expect((await offlineOn(null).status()).every(({ cached }) => !cached)).toBe(true);
  });

  it('are replaced when a byte of one changed, whichever it is', async () => {
    const caches = new FakeCaches();
    await store(offlineOn(caches));
    for (const [i, { url }] of assets.entries()) {
      for (let at = 0; at < (contents[i]?.length ?? 0); at++) {
        const damaged = new Uint8Array(contents[i] ?? []);
        damaged[at] = (damaged[at] ?? 0) ^ 1;
        keptIn(caches).set(url, damaged);
        expect((await store(offlineOn(caches))).ok).toBe(true);
        expectWhole(caches);
      }
    }
  });
});
