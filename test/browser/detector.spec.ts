import type { Page } from '@playwright/test';
import { expect, test } from '@playwright/test';
import { iou } from '../../src/geometry/index.ts';
import type * as runtimeRoom from '../../src/runtime/index.ts';
import type * as runtimeTensors from '../../src/runtime/tf.ts';
import type * as yoloTensors from '../../src/yolo/tf.ts';
import type { Detection } from '../../src/yolo/tf.ts';
import { photoBase64 } from '../support/photos.ts';

/** The rooms' doors, in a page opened by `openDetectorPage`. */
interface Rooms {
  readonly runtime: typeof runtimeRoom;
  readonly tensors: typeof runtimeTensors;
  readonly yolo: typeof yoloTensors;
  /** A detector on a backend that is started first; `spoil` changes a file of the model on its way. */
  load(backend: runtimeTensors.BackendKind, id: string, spoil?: (name: string, data: Uint8Array) => Uint8Array): Promise<yoloTensors.Detector>;
  /** A photo, scaled to a size. */
  photo(base64: string, width: number, height: number): Promise<ImageBitmap>;
}

declare global {
  var rooms: Rooms;
}

async function openDetectorPage(page: Page): Promise<void> {
  await page.route('**/blank.html', (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>blank</title>' }));
  await page.goto('/blank.html');
  await page.addScriptTag({
    type: 'module',
    content: `
      import * as runtime from '/src/runtime/index.ts';
      import * as tensors from '/src/runtime/tf.ts';
      import * as yolo from '/src/yolo/tf.ts';
      const started = new Map();
      const valueOf = (result) => {
        if (!result.ok) throw new Error(result.failure.code + ': ' + result.failure.detail);
        return result.value;
      };
      globalThis.rooms = {
        runtime, tensors, yolo,
        async load(backend, id, spoil = (name, data) => data) {
          const wasmPaths = Object.fromEntries(runtime.shippedWasm.map((file) => [file.name, file.url]));
          valueOf(await tensors.startBackend(backend, { wasmPaths, threads: 1, allowSoftwareWebgl: true }));
          const source = runtime.shippedSource(id);
          const read = async (name) => ({ ok: true, value: spoil(name, valueOf(await source.read(name))) });
          return valueOf(await yolo.loadDetector({ card: source.card, read }));
        },
        async photo(base64, resizeWidth, resizeHeight) {
          const blob = await (await fetch('data:image/jpeg;base64,' + base64)).blob();
          return createImageBitmap(blob, { resizeWidth, resizeHeight, resizeQuality: 'high' });
        },
      };
    `,
  });
  await page.waitForFunction(() => 'rooms' in globalThis);
}

test.beforeEach(async ({ page }) => {
  await openDetectorPage(page);
});

for (const { id, width, height, atLeast, tag } of [
  { id: 'objects-centernet', width: 256, height: 192, atLeast: 3, tag: '@long' },
  { id: 'faces-tiny-yolov2', width: 416, height: 320, atLeast: 3, tag: [] },
]) {
  // The photo has the size of the input already, so that both backends are given the same pixels.
  test(`${id} gives the same boxes on webgl as on wasm, and both leave no tensor`, { tag }, async ({ page }) => {
    const runs = await page.evaluate(
      async ({ file, id, width, height }) => {
        const bitmap = await rooms.photo(file, width, height);
        const seen: { found: readonly Detection[]; input: number[]; leaked: number }[] = [];
        for (const backend of ['wasm', 'webgl'] as const) {
          const detector = await rooms.load(backend, id);
          const request = { sizePx: width, minScore: 0.2, care: 'live' } as const;
          await detector.run(bitmap, request);
          const before = rooms.tensors.tensorCounts().tensors;
          const run = await detector.run(bitmap, request);
          if (!run.ok) throw new Error(run.failure.detail);
          seen.push({ found: run.value.found, input: [run.value.inputSize.width, run.value.inputSize.height], leaked: rooms.tensors.tensorCounts().tensors - before });
          detector.dispose();
        }
        bitmap.close();
        return seen;
      },
      { file: photoBase64('sample6.jpg'), id, width, height },
    );
    for (const run of runs) expect([run.input, run.leaked]).toEqual([[width, height], 0]);
    const [wasm, webgl] = [runs[0]!.found, runs[1]!.found];
    for (const [ours, others] of [[wasm, webgl], [webgl, wasm]] as const) {
      const sure = ours.filter((one) => one.score >= 0.25);
      expect(sure.length).toBeGreaterThanOrEqual(atLeast);
      for (const one of sure) {
        const overlaps = others.filter((other) => other.label === one.label && Math.abs(other.score - one.score) <= 0.02).map((other) => iou(other.box, one.box));
        expect(Math.max(...overlaps), `${one.label} ${one.score}`).toBeGreaterThanOrEqual(0.95);
      }
    }
  });
}

test('refuses an output that is not finite, and leaves no tensor of it', async ({ page }) => {
  const seen = await page.evaluate(async (file) => {
    const detector = await rooms.load('wasm', 'faces-tiny-yolov2', (name, data) => {
      if (!name.endsWith('manifest.json')) return data;
      // The scale of the last layer's bias goes beyond what a float32 holds.
      const text = new TextDecoder().decode(data);
      return new TextEncoder().encode(text.replace(/("name": ?"conv8\/bias"[^}]*"scale": ?)[\d.e-]+/, '$11e39'));
    });
    const bitmap = await rooms.photo(file, 256, 192);
    const before = rooms.tensors.tensorCounts().tensors;
    const run = await detector.run(bitmap, { sizePx: 256, minScore: 0.5, care: 'still' });
    return { run, leaked: rooms.tensors.tensorCounts().tensors - before };
  }, photoBase64('sample6.jpg'));
  expect(seen.run).toEqual({ ok: false, failure: { code: 'non-finite-output', detail: 'faces-tiny-yolov2 gave NaN or infinity at 256x192' } });
  expect(seen.leaked).toBe(0);
});

test('looks at frames of any shape: boxes stay in the frame, sizes are those that the card allows', async ({ page }) => {
  const runs = await page.evaluate(async (file) => {
    const detector = await rooms.load('wasm', 'faces-tiny-yolov2');
    const shapes = [[1, 1], [3000, 40], [40, 3000], [640, 481], [300, 400]] as const;
    const seen = [];
    for (const [width, height] of shapes) {
      const bitmap = await rooms.photo(file, width, height);
      for (const sizePx of [1, 200, 9999]) {
        const run = await detector.run(bitmap, { sizePx, minScore: 0.05, care: 'live' });
        if (!run.ok) throw new Error(run.failure.detail);
        seen.push({ asked: sizePx, size: run.value.inputSize, boxes: run.value.found.map(({ box }) => [box.x1, box.y1, box.x2, box.y2]) });
      }
      bitmap.close();
    }
    return seen;
  }, photoBase64('sample6.jpg'));
  expect(runs).toHaveLength(15);
  for (const { asked, size, boxes } of runs) {
    expect(Math.max(size.width, size.height)).toBe(asked === 1 ? 128 : asked === 200 ? 192 : 608);
    expect([size.width % 32, size.height % 32]).toEqual([0, 0]);
    for (const box of boxes) expect(box.every((side) => side >= 0 && side <= 1) && box[0]! <= box[2]! && box[1]! <= box[3]!).toBe(true);
  }
});

test('finds in the mirror image the mirrored boxes, since a still is looked at both ways', async ({ page }) => {
  const [plain, mirrored] = await page.evaluate(async (file) => {
    const detector = await rooms.load('wasm', 'faces-tiny-yolov2');
    const bitmap = await rooms.photo(file, 416, 320);
    const canvas = new OffscreenCanvas(416, 320);
    const context = canvas.getContext('2d')!;
    context.setTransform(-1, 0, 0, 1, 416, 0);
    context.drawImage(bitmap, 0, 0);
    const looks = [];
    for (const picture of [bitmap, canvas.transferToImageBitmap()]) {
      const run = await detector.run(picture, { sizePx: 416, minScore: 0.5, care: 'still' });
      if (!run.ok) throw new Error(run.failure.detail);
      looks.push(run.value.found);
    }
    return looks;
  }, photoBase64('sample4.jpg'));
  expect(plain!.length).toBe(4);
  expect(mirrored!.length).toBe(4);
  for (const { box } of plain!) {
    const twin = { x1: 1 - box.x2, y1: box.y1, x2: 1 - box.x1, y2: box.y2 };
    expect(Math.max(...mirrored!.map((other) => iou(other.box, twin)))).toBeGreaterThan(0.95);
  }
});
