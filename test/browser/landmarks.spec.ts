import type { Page } from '@playwright/test';
import { expect, test } from '@playwright/test';
import type * as landmarksRoom from '../../src/landmarks/index.ts';
import type * as landmarksTensors from '../../src/landmarks/tf.ts';
import type { PointsCard } from '../../src/runtime/index.ts';
import type * as runtimeTensors from '../../src/runtime/tf.ts';
import type * as yoloTensors from '../../src/yolo/tf.ts';
import { photoBase64 } from '../support/photos.ts';

type PointsId = 'face-landmarks-68' | 'face-mesh' | 'pose-movenet';

/** The doors of the rooms, in a page opened by `openPointsPage`. */
interface Points {
  readonly pure: typeof landmarksRoom;
  readonly tensors: typeof runtimeTensors;
  readonly landmarks: typeof landmarksTensors;
  start(backend: runtimeTensors.BackendKind): Promise<void>;
  load(id: PointsId, spoil?: (name: string, data: Uint8Array) => Uint8Array): Promise<landmarksTensors.PointsModel>;
  detector(id: string): Promise<yoloTensors.Detector>;
  photo(base64: string): Promise<ImageBitmap>;
}

declare global {
  var points: Points;
}

test.beforeEach(async ({ page }) => {
  await openPointsPage(page);
});

async function openPointsPage(page: Page): Promise<void> {
  await page.route('**/blank.html', (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>blank</title>' }));
  await page.goto('/blank.html');
  await page.addScriptTag({
    type: 'module',
    content: `
      import * as runtime from '/src/runtime/index.ts';
      import * as tensors from '/src/runtime/tf.ts';
      import * as pure from '/src/landmarks/index.ts';
      import * as landmarks from '/src/landmarks/tf.ts';
      import * as yolo from '/src/yolo/tf.ts';
      const valueOf = (result) => {
        if (!result.ok) throw new Error(result.failure.code + ': ' + result.failure.detail);
        return result.value;
      };
      globalThis.points = {
        pure, tensors, landmarks,
        async start(backend) {
          const wasmPaths = Object.fromEntries(runtime.shippedWasm.map((file) => [file.name, file.url]));
          valueOf(await tensors.startBackend(backend, { wasmPaths, threads: 1, allowSoftwareWebgl: true }));
        },
        async load(id, spoil = (name, data) => data) {
          const source = runtime.shippedPointsSource(id);
          const spoiled = { card: source.card, read: async (name) => ({ ok: true, value: spoil(name, valueOf(await source.read(name))) }) };
          return valueOf(await (id === 'pose-movenet' ? landmarks.loadPosePoints : landmarks.loadFacePoints)(spoiled));
        },
        detector: async (id) => valueOf(await yolo.loadDetector(runtime.shippedSource(id))),
        photo: async (base64) => createImageBitmap(await (await fetch('data:image/jpeg;base64,' + base64)).blob()),
      };
    `,
  });
  await page.waitForFunction(() => 'points' in globalThis);
}

test('finds the points of the faces of a photo, the mesh and the landmarks in the same places, and leaves no tensor', async ({ page }) => {
  const seen = await page.evaluate(async (file) => {
    await points.start('wasm');
    const [landmarks, mesh, detector, bitmap] = [await points.load('face-landmarks-68'), await points.load('face-mesh'), await points.detector('faces-tiny-yolov2'), await points.photo(file)];
    const frame = { width: bitmap.width, height: bitmap.height };
    const faces = await detector.run(bitmap, { sizePx: 416, minScore: 0.6, care: 'still' });
    if (!faces.ok) throw new Error(faces.failure.detail);
    const found = [];
    let leaked = 0;
    for (const { box } of faces.value.found) {
      const before = points.tensors.tensorCounts().tensors;
      const [a, b] = [await landmarks.run(bitmap, points.pure.regionOfFaceBox(box, frame, landmarks.card), 'still'), await mesh.run(bitmap, points.pure.regionOfFaceBox(box, frame, mesh.card), 'still')];
      leaked += points.tensors.tensorCounts().tensors - before;
      if (!a.ok || !b.ok) throw new Error('refused');
      const px = ({ xy }: { readonly xy: Float32Array }, i: number): [number, number] => [xy[2 * i]! * frame.width, xy[2 * i + 1]! * frame.height];
      const eyeSampler = new points.landmarks.EyeSampler();
      found.push({
        landmarks: Array.from({ length: 68 }, (_, i) => px(a.value.points, i)),
        mesh: points.pure.face68OfMesh.map((i) => px(b.value.points, i)),
        presence: b.value.presence,
        box: [box.x1 * frame.width, box.y1 * frame.height, box.x2 * frame.width, box.y2 * frame.height],
        byLandmarks: points.pure.faceFacts(a.value.points, 'landmarks', frame, eyeSampler.sample(bitmap, a.value.points, 'landmarks')),
        byMesh: points.pure.faceFacts(b.value.points, 'mesh', frame, eyeSampler.sample(bitmap, b.value.points, 'mesh')),
      });
    }
    return { found, leaked };
  }, photoBase64('sample1.jpg'));
  expect(seen.leaked).toBe(0);
  expect(seen.found.length).toBeGreaterThanOrEqual(1);
  for (const { landmarks, mesh, presence, box, byLandmarks, byMesh } of seen.found) {
    const eyesPx = Math.hypot(landmarks[45]![0] - landmarks[36]![0], landmarks[45]![1] - landmarks[36]![1]);
    const apart = [...Array.from({ length: 51 }, (_, i) => i + 17)].map((i) => Math.hypot(landmarks[i]![0] - mesh[i]![0], landmarks[i]![1] - mesh[i]![1]) / eyesPx);
    expect(apart.reduce((sum, value) => sum + value, 0) / apart.length, 'two networks that do not know each other').toBeLessThan(0.08);
    expect(presence).toBeGreaterThan(0.9);
    for (const [x, y] of landmarks.slice(17)) expect(x > box[0]! - eyesPx && x < box[2]! + eyesPx && y > box[1]! - eyesPx && y < box[3]! + eyesPx).toBe(true);
    expect(Math.abs(byLandmarks.yawRad - byMesh.yawRad), 'yaw by the mean head and by the mesh').toBeLessThan(0.35);
    expect(Math.abs(byLandmarks.rollRad - byMesh.rollRad)).toBeLessThan(0.12);
  }
});

test('finds a face that the crop missed by a fifth', async ({ page }) => {
  const seen = await page.evaluate(async (file) => {
    await points.start('wasm');
    const [detector, bitmap] = [await points.detector('faces-tiny-yolov2'), await points.photo(file)];
    const frame = { width: bitmap.width, height: bitmap.height };
    const faces = await detector.run(bitmap, { sizePx: 416, minScore: 0.6, care: 'still' });
    if (!faces.ok) throw new Error(faces.failure.detail);
    const model = await points.load('face-landmarks-68');
    const found = [];
    for (const { box } of faces.value.found) {
      const region = points.pure.regionOfFaceBox(box, frame, model.card);
      const side = region.sizePx.width;
      const lookAt = async (down: number) => {
        const run = await model.run(bitmap, { ...region, centrePx: { x: region.centrePx.x, y: region.centrePx.y + down * side } }, 'still');
        if (!run.ok) throw new Error(run.failure.detail);
        return run.value;
      };
      const [there, low] = [await lookAt(0), await lookAt(0.2)];
      const apartPx = [...Array(68).keys()].map((i) => Math.hypot((there.points.xy[2 * i]! - low.points.xy[2 * i]!) * frame.width, (there.points.xy[2 * i + 1]! - low.points.xy[2 * i + 1]!) * frame.height));
      found.push({ there: there.steady, low: low.steady, apart: apartPx.reduce((sum, px) => sum + px, 0) / 68 / side });
    }
    return found;
  }, photoBase64('sample1.jpg'));
  expect(seen.length).toBeGreaterThanOrEqual(1);
  for (const { there, low, apart } of seen) {
    expect({ there, low }).toEqual({ there: true, low: true });
    expect(apart, 'in sides of the crop').toBeLessThan(0.03);
  }
});

test('takes what is no face for none, and is finite at every border', async ({ page }) => {
  const runs = await page.evaluate(async (file) => {
    await points.start('wasm');
    const bitmap = await points.photo(file);
    const frame = { width: bitmap.width, height: bitmap.height };
    const seen: { id: string; presence: number; finite: boolean; outside: number; refused: boolean }[] = [];
    for (const id of ['face-landmarks-68', 'face-mesh', 'pose-movenet'] as const) {
      const model = await points.load(id);
      for (const box of [
        { x1: 0, y1: 0, x2: 0.05, y2: 0.05 },
        { x1: -0.3, y1: 0.3, x2: 0.05, y2: 0.7 },
        { x1: 0.95, y1: 0.9, x2: 1.4, y2: 1.3 },
        { x1: 0.5, y1: 0.5, x2: 0.5, y2: 0.5 },
        { x1: 3, y1: 3, x2: 4, y2: 4 },
      ]) {
        for (const care of ['live', 'still'] as const) {
          const run = await model.run(bitmap, points.pure.regionOfFaceBox(box, frame, model.card), care);
          if (!run.ok) throw new Error(run.failure.detail);
          const { xy, z, scores, inside } = run.value.points;
          const { centrePx, sizePx, angleRad } = run.value.region;
          const numbers = [...xy, ...(z ?? []), ...scores, centrePx.x, centrePx.y, sizePx.width, sizePx.height, angleRad];
          seen.push({ id, presence: run.value.presence, finite: numbers.every(Number.isFinite) && sizePx.width > 0, outside: inside.filter((value) => value === 0).length, refused: run.value.presence < model.card.thresholds.presence });
        }
      }
      model.dispose();
    }
    return seen;
  }, photoBase64('sample6.jpg'));
  expect(runs).toHaveLength(30);
  for (const run of runs) expect(run.finite).toBe(true);
  const beyond = runs.filter((_, i) => i % 10 >= 8);
  for (const { id, outside, refused } of beyond) {
    expect(outside, `${id}: points beyond the frame are marked`).toBeGreaterThan(0);
    if (id !== 'face-landmarks-68') expect(refused, `${id}: nothing there`).toBe(true);
  }
});

test('refuses a still when only its look in the mirror is not finite', async ({ page }) => {
  const codes = await page.evaluate(async () => {
    await points.start('wasm');
    const [model, bitmap] = [await points.load('face-landmarks-68'), await createImageBitmap(new ImageData(64, 64))];
    const region = { centrePx: { x: 32, y: 32 }, sizePx: { width: 32, height: 32 }, angleRad: 0 };
    const kind = { mirror: Array.from({ length: 68 }, (_, i) => i), nextRegion: () => region, follows: () => true };
    const codes: string[] = [];
    for (const spoiledLook of [1, 2, 0]) {
      let looks = 0;
      const network = {
        predict: (input: { dispose(): void }) => {
          input.dispose();
          const decode = () => ({ xy: new Float32Array(136).fill(56), z: null, scores: new Float32Array(68).fill(1), presence: 1 });
          return Promise.resolve({ digest: { finite: ++looks !== spoiledLook, flat: false, sum: looks }, decode });
        },
        dispose: () => undefined,
      };
      const run = await new points.landmarks.PointsModel(model.card, network, kind).run(bitmap, region, 'still');
      codes.push(run.ok ? 'found' : run.failure.code);
    }
    model.dispose();
    return codes;
  });
  expect(codes).toEqual(['non-finite-output', 'non-finite-output', 'found']);
});

test('refuses an output that is not finite, and leaves no tensor of it', async ({ page }) => {
  const seen = await page.evaluate(async (file) => {
    await points.start('wasm');
    const model = await points.load('face-landmarks-68', (name, data) => {
      if (!name.endsWith('manifest.json')) return data;
      return new TextEncoder().encode(new TextDecoder().decode(data).replace(/("name": ?"fc\/bias"[^}]*"scale": ?)[\d.e-]+/, '$11e39'));
    });
    const bitmap = await points.photo(file);
    const before = points.tensors.tensorCounts().tensors;
    const run = await model.run(bitmap, { centrePx: { x: 100, y: 100 }, sizePx: { width: 100, height: 100 }, angleRad: 0 }, 'still');
    return { run, leaked: points.tensors.tensorCounts().tensors - before };
  }, photoBase64('sample6.jpg'));
  expect(seen).toEqual({ run: { ok: false, failure: { code: 'non-finite-output', detail: 'face-landmarks-68 gave NaN or infinity' } }, leaked: 0 });
});

test('gives the same points on webgl as on wasm', { tag: '@long' }, async ({ page }) => {
  const seen = await page.evaluate(async (file) => {
    const bitmap = await points.photo(file);
    const frame = { width: bitmap.width, height: bitmap.height };
    const region = (card: PointsCard) => points.pure.regionOfPersonBox({ x1: 0.2, y1: 0.05, x2: 0.8, y2: 0.95 }, frame, card);
    const out: Record<string, number[][]> = {};
    for (const backend of ['wasm', 'webgl'] as const) {
      await points.start(backend);
      for (const id of ['face-landmarks-68', 'face-mesh', 'pose-movenet'] as const) {
        const model = await points.load(id);
        const run = await model.run(bitmap, region(model.card));
        if (!run.ok) throw new Error(run.failure.detail);
        const { scores, xy } = run.value.points;
        (out[id] ??= []).push(Array.from(xy).map((value, i) => (scores[i >> 1]! >= 0.3 ? value : 0)));
        model.dispose();
      }
    }
    return out;
  }, photoBase64('sample1.jpg'));
  for (const [id, [wasm, webgl]] of Object.entries(seen)) {
    const apart = wasm!.map((value, i) => Math.abs(value - webgl![i]!)).sort((a, b) => a - b);
    expect(apart[Math.floor(apart.length * 0.9)], id).toBeLessThan(0.01);
  }
});
