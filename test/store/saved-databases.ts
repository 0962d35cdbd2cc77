import { readFile } from 'node:fs/promises';

interface SavedDatabase {
  readonly version: number;
  readonly stores: Readonly<Record<string, readonly { readonly key: string; readonly value: unknown }[]>>;
}

/** Rebuilds a database as an earlier version of the app left it, through the native interface alone. */
export async function restoreSaved(file: string, name: string): Promise<void> {
  const saved = JSON.parse(await readFile(new URL(`saved/${file}`, import.meta.url), 'utf8')) as SavedDatabase;
  await new Promise<void>((resolve, reject) => {
    const request = indexedDB.open(name, saved.version);
    request.onupgradeneeded = () => {
      for (const [store, records] of Object.entries(saved.stores)) {
        const made = request.result.createObjectStore(store);
        for (const { key, value } of records) made.put(value, key);
      }
    };
    request.onsuccess = () => {
      request.result.close();
      resolve();
    };
    request.onerror = () => reject(request.error ?? new Error('not restored'));
  });
}
