import type { Page } from '@playwright/test';

/** What must not be found, by what it is called: the ways in which it may be written. */
export type Traces = Readonly<Record<string, readonly Uint8Array[]>>;

export interface FoundTrace {
  readonly what: string;
  /** Store, cache, file or log in which it lies. */
  readonly place: string;
}

/** A text in the ways that programs write one. */
export function textWritings(text: string): readonly Uint8Array[] {
  return [Buffer.from(text, 'utf8'), Buffer.from(text, 'utf16le')];
}

/** Pairs of neighbouring numbers as 32-bit floats: a template that lies anywhere holds them, in whatever wrapping. */
export function floatWritings(values: readonly number[]): readonly Uint8Array[] {
  return Array.from({ length: Math.floor(values.length / 2) }, (_, i) => new Uint8Array(Float32Array.from(values.slice(2 * i, 2 * i + 2)).buffer));
}

/** Pieces of a file or a picture, from so many places in it; rows of one and the same byte say nothing and are left out. */
export function byteWritings(bytes: readonly number[], pieces = 40, length = 24): readonly Uint8Array[] {
  const step = Math.max(length, Math.floor(bytes.length / pieces));
  return Array.from({ length: Math.floor((bytes.length - length) / step) }, (_, i) => Uint8Array.from(bytes.slice(i * step, i * step + length))).filter((piece) => new Set(piece).size > 8);
}

/**
 * Looks through everything that this origin keeps in the browser: every store of every database, every cache, both
 * storages, cookies, the private file system, and the log that was collected.
 */
export async function scanForTraces(page: Page, traces: Traces, log: readonly string[]): Promise<readonly FoundTrace[]> {
  const wanted = Object.entries(traces).flatMap(([what, pieces]) => pieces.map((piece) => ({ what, base64: Buffer.from(piece).toString('base64') })));
  const inBrowser = await page.evaluate(scan, wanted);
  const inLog = Object.entries(traces).flatMap(([what, pieces]) => (pieces.some((piece) => Buffer.from(log.join('\n')).includes(Buffer.from(piece))) ? [{ what, place: 'console' }] : []));
  return [...inBrowser, ...inLog];
}

/** Runs in the page: it may use nothing from outside. */
async function scan(wanted: readonly { readonly what: string; readonly base64: string }[]): Promise<FoundTrace[]> {
  // Pieces by their first four bytes: every byte that is kept is looked at once.
  const pieces = new Map<number, { what: string; bytes: Uint8Array }[]>();
  for (const { what, base64 } of wanted) {
    const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
    const head = ((bytes[0]! << 24) | (bytes[1]! << 16) | (bytes[2]! << 8) | bytes[3]!) >>> 0;
    pieces.set(head, [...(pieces.get(head) ?? []), { what, bytes }]);
  }
  const found = new Map<string, FoundTrace>();
  const text = new TextEncoder();
  const look = {
    bytes(place: string, bytes: Uint8Array): void {
      let head = 0;
      for (let i = 0; i < bytes.length; i++) {
        head = ((head << 8) | bytes[i]!) >>> 0;
        const candidates = i >= 3 ? pieces.get(head) : undefined;
        for (const { what, bytes: piece } of candidates ?? []) {
          if (piece.every((byte, at) => bytes[i - 3 + at] === byte)) found.set(`${what} ${place}`, { what, place });
        }
      }
    },
    async value(place: string, value: unknown): Promise<void> {
      if (ArrayBuffer.isView(value)) look.bytes(place, new Uint8Array(value.buffer, value.byteOffset, value.byteLength));
      else if (value instanceof ArrayBuffer) look.bytes(place, new Uint8Array(value));
      else if (value instanceof Blob) look.bytes(place, new Uint8Array(await value.arrayBuffer()));
      else if (value instanceof CryptoKey || value === null || value === undefined) return;
      else if (typeof value === 'object') {
        const entries: readonly (readonly [unknown, unknown])[] = value instanceof Map ? [...(value as Map<unknown, unknown>)] : Object.entries(value);
        for (const [key, inner] of entries) {
          await look.value(place, key);
          await look.value(place, inner);
        }
      } else if (typeof value === 'string') look.bytes(place, text.encode(value));
      else if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint') look.bytes(place, text.encode(value.toString()));
    },
    async folder(place: string, folder: FileSystemDirectoryHandle): Promise<void> {
      const entries = (folder as unknown as { entries(): AsyncIterable<[string, FileSystemDirectoryHandle | FileSystemFileHandle]> }).entries();
      for await (const [name, entry] of entries) {
        await look.value(`${place}/${name}`, name);
        if (entry.kind === 'directory') await look.folder(`${place}/${name}`, entry);
        else await look.value(`${place}/${name}`, await entry.getFile());
      }
    },
  };
  const answer = <T>(request: IDBRequest<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error ?? new Error('no answer'));
    });
  for (const { name } of await indexedDB.databases()) {
    const database = await answer(indexedDB.open(name ?? ''));
    for (const storeName of database.objectStoreNames) {
      const store = database.transaction(storeName).objectStore(storeName);
      const [keys, values] = await Promise.all([answer(store.getAllKeys()), answer(store.getAll())]);
      for (const each of [...keys, ...(values as unknown[])]) await look.value(`indexedDB ${name}/${storeName}`, each);
    }
    database.close();
  }
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      await look.value(`cache ${name}`, request.url);
      const response = await cache.match(request, { ignoreVary: true });
      if (response) await look.value(`cache ${name}`, await response.arrayBuffer());
    }
  }
  for (const [place, storage] of [['localStorage', localStorage], ['sessionStorage', sessionStorage]] as const) for (let i = 0; i < storage.length; i++) await look.value(place, [storage.key(i), storage.getItem(storage.key(i) ?? '')]);
  await look.value('cookies', document.cookie);
  await look.value('address', [location.href, history.state, window.name]);
  await look.folder('files', await navigator.storage.getDirectory());
  return [...found.values()];
}
