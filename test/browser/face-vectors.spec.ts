import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from '@playwright/test';
import type * as facesRoom from '../../src/faces/index.ts';
import type * as facesTensors from '../../src/faces/tf.ts';
import type * as runtimeTensors from '../../src/runtime/tf.ts';
import { photoBase64 } from '../support/photos.ts';

type VectorId = 'face-descriptor-128' | 'face-descriptor-1024' | 'liveness' | 'antispoof';

/** The doors of the rooms, in a page opened by `openVectorsPage`. */
interface Vectors {
  readonly pure: typeof facesRoom;
  readonly tensors: typeof runtimeTensors;
  start(backend: runtimeTensors.BackendKind): Promise<void>;
  load(id: VectorId, spoil?: (name: string, data: Uint8Array) => Uint8Array): Promise<facesTensors.FaceVectorModel>;
  photo(base64: string): Promise<ImageBitmap>;
}

declare global {
  var vectors: Vectors;
}

const require = createRequire(import.meta.url);
const faceApiFolder = dirname(require.resolve('@vladmandic/face-api/package.json'));
const wasmFolder = join(dirname(require.resolve('@tensorflow/tfjs-backend-wasm/package.json')), 'dist');

test.beforeEach(async ({ page }) => {
  await openVectorsPage(page);
});

async function openVectorsPage(page: Page): Promise<void> {
  await page.route('**/blank.html', (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>blank</title>' }));
  await page.goto('/blank.html');
  await page.addScriptTag({
    type: 'module',
    content: `
      import * as runtime from '/src/runtime/index.ts';
      import * as tensors from '/src/runtime/tf.ts';
      import * as pure from '/src/faces/index.ts';
      import * as faces from '/src/faces/tf.ts';
      const valueOf = (result) => {
        if (!result.ok) throw new Error(result.failure.code + ': ' + result.failure.detail);
        return result.value;
      };
      globalThis.vectors = {
        pure, tensors,
        async start(backend) {
          const wasmPaths = Object.fromEntries(runtime.shippedWasm.map((file) => [file.name, file.url]));
          valueOf(await tensors.startBackend(backend, { wasmPaths, threads: 1, allowSoftwareWebgl: true }));
        },
        async load(id, spoil = (name, data) => data) {
          const source = runtime.shippedVectorSource(id);
          return valueOf(await faces.loadFaceVectors({ card: source.card, read: async (name) => ({ ok: true, value: spoil(name, valueOf(await source.read(name))) }) }));
        },
        photo: async (base64) => createImageBitmap(await (await fetch('data:image/jpeg;base64,' + base64)).blob()),
      };
    `,
  });
  await page.waitForFunction(() => 'vectors' in globalThis);
}

/** Three squares of a photo with faces in them, as the library would be given them: 150 pixels wide. */
const chipsPx = [
  { x: 60, y: 40 },
  { x: 200, y: 90 },
  { x: 420, y: 60 },
] as const;

test('makes the numbers that face-api makes of the same pixels', async ({ page }) => {
  // The library's own files: it loads them by address.
  await page.route('**/peer/**', (route) => {
    const path = new URL(route.request().url()).pathname.slice('/peer/'.length);
    const file = path.startsWith('wasm/') ? join(wasmFolder, path.slice('wasm/'.length)) : join(faceApiFolder, path);
    const contentType = path.endsWith('.js') ? 'text/javascript' : path.endsWith('.wasm') ? 'application/wasm' : 'application/octet-stream';
    return route.fulfill({ contentType, body: readFileSync(file) });
  });
  const apart = await page.evaluate(
    async ({ file, places }) => {
      const address = '/peer/dist/face-api.esm.js';
      const peer = (await import(/* @vite-ignore */ address)) as {
        tf: { env(): { set(flag: string, value: boolean): void }; setWasmPaths(path: string): void; setBackend(name: string): Promise<boolean>; ready(): Promise<void> };
        nets: { faceRecognitionNet: { loadFromUri(uri: string): Promise<void>; computeFaceDescriptor(input: HTMLCanvasElement): Promise<Float32Array> } };
      };
      peer.tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
      peer.tf.setWasmPaths('/peer/wasm/');
      await peer.tf.setBackend('wasm');
      await peer.tf.ready();
      await peer.nets.faceRecognitionNet.loadFromUri('/peer/model');
      await vectors.start('wasm');
      const shipped = await vectors.load('face-descriptor-128');
      const photo = await vectors.photo(file);
      const canvas = document.createElement('canvas');
      canvas.width = canvas.height = 150;
      const context = canvas.getContext('2d')!;
      const largest: number[] = [];
      for (const { x, y } of places) {
        context.drawImage(photo, -x, -y);
        const bitmap = await createImageBitmap(canvas);
        const region = { centrePx: { x: 75, y: 75 }, sizePx: { width: 150, height: 150 }, angleRad: 0 };
        const ours = await shipped.run(bitmap, [region]);
        if (!ours.ok) throw new Error(ours.failure.detail);
        const theirsOf = async (mirrored: boolean): Promise<Float32Array> => {
          context.setTransform(mirrored ? -1 : 1, 0, 0, 1, mirrored ? 150 : 0, 0);
          context.drawImage(bitmap, 0, 0);
          context.resetTransform();
          return peer.nets.faceRecognitionNet.computeFaceDescriptor(canvas);
        };
        const looks = shipped.card.chip.mirroredMean ? [await theirsOf(false), await theirsOf(true)] : [await theirsOf(false)];
        largest.push(Math.max(...Array.from(ours.value.vectors[0]!, (value, i) => Math.abs(value - looks.reduce((sum, look) => sum + look[i]!, 0) / looks.length))));
      }
      return largest;
    },
    { file: photoBase64('sample1.jpg'), places: chipsPx },
  );
  expect(apart).toHaveLength(chipsPx.length);
  for (const value of apart) expect(value, 'largest difference of a number').toBeLessThan(1e-3);
});

test('gives finite numbers of the length of each card, none of them twice the same, and leaves no tensor', async ({ page }) => {
  const runs = await page.evaluate(async (file) => {
    await vectors.start('wasm');
    const bitmap = await vectors.photo(file);
    const seen: { id: string; lengths: number[]; finite: boolean; distinct: boolean; leaked: number; left: number }[] = [];
    for (const id of ['face-descriptor-128', 'face-descriptor-1024', 'liveness', 'antispoof'] as const) {
      const before = vectors.tensors.tensorCounts().tensors;
      const model = await vectors.load(id);
      const held = vectors.tensors.tensorCounts().tensors;
      const regions = [
        { centrePx: { x: 120, y: 100 }, sizePx: { width: 90, height: 90 }, angleRad: 0.3 },
        { centrePx: { x: 300, y: 120 }, sizePx: { width: 160, height: 160 }, angleRad: 0 },
      ];
      const run = await model.run(bitmap, regions);
      const none = await model.run(bitmap, []);
      if (!run.ok || !none.ok) throw new Error('refused');
      const leaked = vectors.tensors.tensorCounts().tensors - held;
      model.dispose();
      const [a, b] = run.value.vectors;
      seen.push({ id, lengths: run.value.vectors.map((vector) => vector.length), finite: [...a!, ...b!].every(Number.isFinite), distinct: a!.some((value, i) => value !== b![i]), leaked, left: vectors.tensors.tensorCounts().tensors - before });
    }
    return seen;
  }, photoBase64('sample1.jpg'));
  expect(runs).toEqual(
    ([['face-descriptor-128', 128], ['face-descriptor-1024', 1024], ['liveness', 2], ['antispoof', 1]] as const).map(([id, length]) => ({ id, lengths: [length, length], finite: true, distinct: true, leaked: 0, left: 0 })),
  );
});

test('refuses numbers that are not finite, all regions at once, and leaves no tensor of them', async ({ page }) => {
  const seen = await page.evaluate(async (file) => {
    await vectors.start('wasm');
    const bitmap = await vectors.photo(file);
    const region = { centrePx: { x: 120, y: 100 }, sizePx: { width: 90, height: 90 }, angleRad: 0 };
    const outcomes: { id: string; code: string; leaked: number }[] = [];
    for (const id of ['face-descriptor-128', 'face-descriptor-1024'] as const) {
      // One is kept in bytes with a scale in its manifest, the other in floats of 16 bits, of which 0x7e7e is no number.
      const hugeScale = (data: Uint8Array): Uint8Array => new TextEncoder().encode(new TextDecoder().decode(data).replaceAll(/"scale": ?[0-9.e-]+/gu, '"scale":1e38'));
      const model = await vectors.load(id, (name, data) => (id === 'face-descriptor-128' ? (name.endsWith('.json') ? hugeScale(data) : data) : name.endsWith('.bin') ? data.map((byte, i) => (i > 0.3 * data.length && i < 0.32 * data.length ? 0x7e : byte)) : data));
      const before = vectors.tensors.tensorCounts().tensors;
      const run = await model.run(bitmap, [region, region]);
      outcomes.push({ id, code: run.ok ? 'numbers' : run.failure.code, leaked: vectors.tensors.tensorCounts().tensors - before });
      const closed = await vectors.photo(file);
      closed.close();
      const thrown = await model.run(closed, [region]).then(() => 'numbers', () => 'threw');
      outcomes.push({ id, code: thrown, leaked: vectors.tensors.tensorCounts().tensors - before });
      model.dispose();
    }
    return outcomes;
  }, photoBase64('sample1.jpg'));
  expect(seen.filter(({ leaked }) => leaked !== 0)).toEqual([]);
  expect(seen.map(({ code }) => code)).toEqual(['non-finite-output', 'threw', 'non-finite-output', 'threw']);
});
