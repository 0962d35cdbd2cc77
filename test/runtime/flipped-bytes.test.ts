import 'fake-indexeddb/auto';
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { listModels } from '../../models/list-assets.ts';
import type { Asset, ShippedModel } from '../../models/list-assets.ts';
import { seededRandom } from '../../src/base/index.ts';
import { fetchSource } from '../../src/runtime/index.ts';
import type { ModelSource } from '../../src/runtime/index.ts';
import { createDatabase, createImportedModels } from '../../src/store/index.ts';
import { madeModel } from '../store/made-model.ts';

/** The bytes of a copy that the device keeps; `undefined` where it has lost the file. */
type Copy = (asset: Asset) => Uint8Array<ArrayBuffer> | undefined;

/** `npm run test:fuzz` goes through all 2,000. */
const positions = import.meta.env.MODE === 'fuzz' ? 2000 : 200;

let models: readonly ShippedModel[];
const whole = new Map<string, Uint8Array<ArrayBuffer>>();

beforeAll(async () => {
  models = await listModels();
  for (const { files } of models) for (const file of files) whole.set(file.url, new Uint8Array(readFileSync(file.sourcePath)));
});

/** The source of a shipped model on a device with this copy, with a network or without. */
function sourceOf({ card, files }: ShippedModel, copy: Copy, isOnline: boolean): ModelSource<ShippedModel['card']> {
  return fetchSource(card, files, (address, init) => {
    const file = files.find(({ url }) => url === address);
    const kept = file && init?.cache !== 'reload' ? copy(file) : undefined;
    const bytes = kept ?? (isOnline && file ? whole.get(file.url) : undefined);
    return bytes ? Promise.resolve(new Response(bytes)) : Promise.reject(new TypeError('Failed to fetch'));
  });
}

function flippedAt(bytes: Uint8Array<ArrayBuffer>, position: number, bit: number): Uint8Array<ArrayBuffer> {
  const changed = bytes.slice();
  changed[position] = (changed[position] ?? 0) ^ (1 << bit);
  return changed;
}

/** With a network the file comes whole again; without one it is named. Reads the file `asset` of a damaged copy. */
async function expectFound(model: ShippedModel, asset: Asset, copy: Copy): Promise<void> {
  const repaired = await sourceOf(model, copy, true).read(asset.name);
  if (!repaired.ok || Buffer.compare(repaired.value, whole.get(asset.url) ?? new Uint8Array()) !== 0) expect(repaired).toBe('the whole file');
  const alone = await sourceOf(model, copy, false).read(asset.name);
  if (alone.ok || alone.failure.code !== 'model-corrupt' || !alone.failure.detail.startsWith(`${asset.name}: `)) expect(alone).toBe(`model-corrupt, naming ${asset.name}`);
}

describe('a model of the app whose copy on the device is damaged', () => {
  it('is found at every byte of a small file, and repaired, or named where there is no network', async () => {
    const model = models.find(({ card }) => card.id === 'antispoof');
    const asset = model?.files.find(({ name }) => name.endsWith('.json'));
    if (!model || !asset) throw new Error('no small file');
    const bytes = whole.get(asset.url) ?? new Uint8Array();
    expect(bytes.length).toBeGreaterThan(8000);
    for (let position = 0; position < bytes.length; position++) await expectFound(model, asset, () => flippedAt(bytes, position, position % 8));
  });

  it(`is found at ${positions} random bytes of all its files`, { timeout: 300_000 }, async () => {
    const random = seededRandom(11);
    const all = models.flatMap((model) => model.files.map((asset) => ({ model, asset })));
    for (let n = 0; n < positions; n++) {
      const { model, asset } = all[n % all.length] ?? all[0]!;
      const bytes = whole.get(asset.url) ?? new Uint8Array();
      const flipped = flippedAt(bytes, Math.floor(random() * bytes.length), Math.floor(random() * 8));
      await expectFound(model, asset, () => flipped);
    }
  });

  it('is found when any one of its files is gone, or cut', async () => {
    for (const model of models) {
      for (const asset of model.files) {
        expect((await sourceOf(model, () => undefined, true).read(asset.name)).ok).toBe(true);
        expect(await sourceOf(model, () => undefined, false).read(asset.name)).toMatchObject({ ok: false, failure: { code: 'model-missing', detail: `${asset.url}: TypeError: Failed to fetch` } });
        await expectFound(model, asset, () => whole.get(asset.url)?.slice(0, -1));
      }
    }
  });
});

describe('a model that a person brought, damaged on the disk', () => {
  it('is found at every byte of every file, and the file is named; the model can be brought again', async () => {
    const database = createDatabase({ name: 'flipped-bytes' });
    const store = createImportedModels(database, () => Promise.resolve(false));
    const kept = madeModel('mine', 'Cups', ['a graph of two layers', 'the weights of both layers, a little longer than the graph']);
    await store.add(kept);
    for (const { name, bytes } of kept.files) {
      for (let position = 0; position < bytes.length; position++) {
        await database.use((db) => db.put('imported-files', flippedAt(bytes, position, position % 8), ['mine', name]));
        expect(await store.read('mine')).toMatchObject({ ok: false, failure: { code: 'file-damaged', file: name } });
      }
      await database.use((db) => db.delete('imported-files', ['mine', name]));
      expect(await store.read('mine')).toMatchObject({ ok: false, failure: { code: 'file-missing', file: name } });
      await store.add(kept);
      expect(await store.read('mine')).toEqual({ ok: true, value: kept });
    }
    await database.close();
  });
});
