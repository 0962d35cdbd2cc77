import type { Page } from '@playwright/test';
import { expect, test } from '@playwright/test';
import type { BoxXyxy } from '../../src/geometry/index.ts';
import type { PointList } from '../../src/landmarks/index.ts';
import type { DetectedFace, FrameResult, PipelineSettings, StreamRates } from '../../src/pipeline/index.ts';
import type { SamplePhoto } from '../support/photos.ts';
import { photoBase64, samplePhotos } from '../support/photos.ts';
import { lookAtStills, openPipelinePage, plainSettings } from './pipeline-page.ts';

test.beforeEach(async ({ page }) => {
  await openPipelinePage(page);
});

/** Faces of the foreground of each photo. */
const faceCounts: Readonly<Record<SamplePhoto, number>> = { 'sample1.jpg': 3, 'sample2.jpg': 3, 'sample3.jpg': 3, 'sample4.jpg': 4, 'sample5.jpg': 5, 'sample6.jpg': 4 };

test('finds the points of every face in the photos, within its box, and a body for the persons', async ({ page }) => {
  const results = await lookAtStills(page, samplePhotos, { tasks: ['faces', 'landmarks', 'mesh', 'pose'], inputSize: 'auto', minScore: { objects: 0.3, faces: 0.5 } });
  for (const [i, photo] of samplePhotos.entries()) {
    const { faces, poses, objects, faults, runs } = results[i]!;
    expect(faults).toEqual([]);
    expect(objects, 'objects were not asked for').toEqual([]);
    expect(runs.map(({ task }) => task)).toEqual(['objects', 'faces', 'mesh', 'landmarks', 'pose']);
    expect(faces.length, photo).toBe(faceCounts[photo]);
    for (const face of faces) {
      expect(face.trackId).toBeNull();
      expectWithin(face.landmarks, 68, face.box, photo);
      expectWithin(face.mesh, 468, face.box, photo);
    }
    expect(poses.length, `${photo}: bodies`).toBeGreaterThanOrEqual(3);
    for (const { points, score } of poses) {
      expect(points.scores.length).toBe(17);
      expect(points.xy.every(Number.isFinite)).toBe(true);
      expect(score).toBeGreaterThan(0);
    }
  }
});

/** Half of a face's size beyond its box nothing of it is found, and most of it is found inside. */
function expectWithin(points: PointList | null, count: number, box: BoxXyxy, what: string): void {
  expect(points, what).not.toBeNull();
  const { xy, scores, inside, z } = points!;
  expect([xy.length, scores.length, inside.length, z?.length ?? count]).toEqual([2 * count, count, count, count]);
  const [w, h] = [box.x2 - box.x1, box.y2 - box.y1];
  const places = Array.from({ length: count }, (_, i) => [xy[2 * i]!, xy[2 * i + 1]!] as const);
  const within = (share: number): number => places.filter(([x, y]) => x > box.x1 - share * w && x < box.x2 + share * w && y > box.y1 - share * h && y < box.y2 + share * h).length;
  expect(within(0.5), `${what}: near the box`).toBe(count);
  expect(within(0.1), `${what}: inside the box`).toBeGreaterThan(0.7 * count);
}

interface Streamed {
  readonly results: readonly FrameResult[];
  readonly rates: StreamRates;
}

/** Pushes a photo again and again, one frame when the last one is done, moved a little to the side each time. */
async function stream(page: Page, photo: SamplePhoto, frames: number, settings: Partial<PipelineSettings>): Promise<Streamed> {
  return page.evaluate(
    async ({ file, count, wanted }) => {
      const pipeline = bench.make(wanted);
      const bitmap = await bench.photo(file);
      const started = await pipeline.start();
      if (!started.ok) throw new Error(started.failure.detail);
      const results: FrameResult[] = [];
      let rates: StreamRates | null = null;
      pipeline.subscribe({
        onResult: (result, current) => {
          results.push(result);
          rates = current;
        },
      });
      for (let i = 0; i < count; i++) {
        const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
        canvas.getContext('2d')!.drawImage(bitmap, i, 0);
        pipeline.push(bench.ledger.record(i * 66, canvas.transferToImageBitmap()));
        while (results.length <= i) await new Promise((wait) => setTimeout(wait, 2));
      }
      await pipeline.dispose();
      bitmap.close();
      if (bench.ledger.openFrames !== 0) throw new Error(`${bench.ledger.openFrames} frames stayed open`);
      return { results, rates: rates! };
    },
    { file: photoBase64(photo), count: frames, wanted: settings },
  );
}

function runsOf(results: readonly FrameResult[], task: string): number {
  return results.filter(({ runs }) => runs.some((run) => run.task === task)).length;
}

function byPlace(faces: readonly DetectedFace[]): readonly (number | null)[] {
  return [...faces].sort((a, b) => a.box.x1 - b.box.x1).map(({ trackId }) => trackId);
}

test('follows faces by their points: the same ids throughout, the detector now and then', { tag: '@long' }, async ({ page }) => {
  const { results, rates } = await stream(page, 'sample3.jpg', 40, { tasks: ['landmarks', 'mesh'], targetFps: 0.2, inputSize: 416 });
  const later = results.slice(10);
  expect(results.flatMap(({ faults }) => faults)).toEqual([]);
  const ids = byPlace(later[0]!.faces);
  expect([...ids].sort()).toEqual([1, 2, 3]);
  for (const { faces } of later) {
    expect(byPlace(faces)).toEqual(ids);
    for (const face of faces) {
      expectWithin(face.landmarks, 68, face.box, 'sample3');
      expectWithin(face.mesh, 468, face.box, 'sample3');
    }
  }
  expect(runsOf(results, 'mesh')).toBe(40);
  expect(runsOf(results, 'landmarks')).toBe(40);
  expect(runsOf(results, 'faces'), 'frames with the detector').toBeLessThanOrEqual(10);
  expect(runsOf(results, 'faces')).toBeGreaterThanOrEqual(4);
  expect(rates.taskFps.mesh).toBeGreaterThan(rates.taskFps.faces!);
});

test('follows bodies: the same ids, the detector of objects now and then', { tag: '@long' }, async ({ page }) => {
  const { results } = await stream(page, 'sample3.jpg', 30, { tasks: ['pose'], targetFps: 0.2, inputSize: 512 });
  const later = results.slice(10);
  expect(results.flatMap(({ faults }) => faults)).toEqual([]);
  const seen = new Set(later.flatMap(({ poses }) => poses.map(({ trackId }) => trackId)));
  expect(seen.size, 'ids of three persons').toBeLessThanOrEqual(4);
  for (const { poses } of later) expect(poses.length).toBeGreaterThanOrEqual(2);
  expect(runsOf(results, 'pose')).toBe(30);
  expect(runsOf(results, 'objects')).toBeLessThanOrEqual(10);
});

test('looks for points in boxes that are given, in place of a detector', async ({ page }) => {
  const result = await page.evaluate(async (file) => {
    const pipeline = bench.make({ tasks: ['landmarks', 'mesh', 'pose'] });
    const bitmap = await bench.photo(file);
    // The face in the middle of the photo, the person it belongs to, and a wall.
    const faces = [{ x1: 0.57, y1: 0.19, x2: 0.67, y2: 0.38 }, { x1: 0, y1: 0, x2: 0.05, y2: 0.08 }];
    const seen = await pipeline.detectStill(await bench.frameOf(bitmap), { faces, persons: [{ x1: 0.45, y1: 0.1, x2: 0.8, y2: 1 }] });
    await pipeline.dispose();
    return { seen, faces };
  }, photoBase64('sample3.jpg'));
  if (!result.seen.ok) throw new Error(result.seen.failure.detail);
  const { faces, poses, runs } = result.seen.value;
  expect(runs.map(({ task }) => task)).toEqual(['mesh', 'landmarks', 'pose']);
  expect(faces.map(({ box }) => box), 'the wall is no face').toEqual([result.faces[0]]);
  expectWithin(faces[0]!.landmarks, 68, faces[0]!.box, 'given');
  expect(faces[0]!.facts).toMatchObject({ blinks: 0 });
  expect(poses).toHaveLength(1);
});

test('goes on with what it has while a task that was switched on is being loaded', async ({ page }) => {
  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.route('**/models/**/facemesh.bin', async (route) => {
    await held;
    await route.continue();
  });
  await page.evaluate(async (file) => {
    const pipeline = bench.make({ inputSize: 128 });
    const bitmap = await bench.photo(file);
    await pipeline.start();
    globalThis.watched = { results: 0, meshes: 0, phases: [], configured: null };
    pipeline.subscribe({
      onState: ({ phase }) => watched.phases.push(phase),
      onResult: ({ runs }) => {
        watched.results++;
        if (runs.some(({ task }) => task === 'mesh')) watched.meshes++;
      },
    });
    const push = async (): Promise<void> => {
      pipeline.push(await bench.frameOf(bitmap));
      setTimeout(() => void push(), 5);
    };
    void push();
    watched.configure = (settings) => void pipeline.configure(settings).then(({ ok }) => (watched.configured = ok));
  }, photoBase64('sample3.jpg'));
  await page.waitForFunction(() => watched.results > 3);
  await page.evaluate((settings) => {
    watched.results = 0;
    watched.configure?.({ ...settings, tasks: ['faces', 'mesh'] });
  }, plainSettings);
  await page.waitForFunction(() => watched.results > 5);
  expect(await page.evaluate(() => [watched.meshes, watched.configured])).toEqual([0, null]);
  release();
  await page.waitForFunction(() => watched.meshes > 3 && watched.configured);
  expect(await page.evaluate(() => watched.phases), 'nobody saw it start again').toEqual([]);
});

declare global {
  var watched: { results: number; meshes: number; phases: string[]; configured: boolean | null; configure?: (settings: PipelineSettings) => void };
}

test('leaves no tensor behind: with faces, without any, and with frames that cannot be read', async ({ page }) => {
  const seen = await page.evaluate(
    async ({ file, settings }) => {
      const engine = await bench.pipelines.pageEngine();
      const config = { tasks: ['objects', 'faces', 'landmarks', 'mesh', 'pose', 'embed'] as const, minScore: settings.minScore, inputSizePx: { objects: 256, faces: 224 }, budgetMs: 5000, evidence: { descriptorEveryMs: 400, enoughPerTrack: 3, againAfterMs: 10_000, cues: true, chip: false } };
      const started = await engine.api.start({ backend: 'wasm', config, frameSize: { width: 320, height: 240 }, allowSoftwareWebgl: false }, () => undefined);
      if (!started.ok) throw new Error(started.failure.detail);
      const photo = await bench.photo(file);
      const empty = async (): Promise<ImageBitmap> => createImageBitmap(new ImageData(320, 240));
      const unreadable = async (): Promise<ImageBitmap> => {
        const bitmap = await empty();
        bitmap.close();
        return bitmap;
      };
      let id = 0;
      const look = async (bitmap: ImageBitmap, care: 'live' | 'still'): Promise<FrameResult> => {
        const seen = await engine.api.process({ id: ++id, tMs: id * 50, size: { width: 320, height: 240 } }, bitmap, care);
        if (!seen.ok) throw new Error(seen.failure.detail);
        return seen.value;
      };
      const outcomes: { what: string; tensors: number; dataBuffers: number; faces: number; faults: string[] }[] = [];
      for (const [what, make] of [['photo', () => createImageBitmap(photo)], ['empty', empty], ['unreadable', unreadable], ['photo', () => createImageBitmap(photo)]] as const) {
        await engine.api.resetTracks();
        for (const care of ['live', 'live', 'still'] as const) {
          const { faces, faults } = await look(await make(), care);
          const { tensors, dataBuffers } = await engine.api.counts();
          outcomes.push({ what, tensors, dataBuffers, faces: faces.length, faults: faults.map(({ task, failure }) => `${task}: ${failure.code}`) });
        }
      }
      engine.end();
      return outcomes;
    },
    { file: photoBase64('sample3.jpg'), settings: plainSettings },
  );
  for (const { what, tensors, dataBuffers, faces, faults } of seen) {
    expect([tensors, dataBuffers], what).toEqual([seen[0]!.tensors, seen[0]!.dataBuffers]);
    expect(faces > 0, what).toBe(what === 'photo');
    expect(faults.slice(0, 2), what).toEqual(what === 'unreadable' ? ['objects: model-threw', 'faces: model-threw'] : []);
  }
});

test('spreads a crowd of tiny faces and many persons over frames: all numbers finite, time held to the budget', { tag: '@long' }, async ({ page }) => {
  test.slow();
  const { times, numbers, persons, faces, ran } = await page.evaluate(async (files) => {
    const photos = await Promise.all(files.map((file) => bench.photo(file)));
    const pipeline = bench.make({ tasks: ['objects', 'faces', 'landmarks', 'mesh', 'pose'], inputSize: 740, targetFps: 2, minScore: { objects: 0.2, faces: 0.3 } });
    const started = await pipeline.start();
    if (!started.ok) throw new Error(started.failure.detail);
    const results: FrameResult[] = [];
    pipeline.subscribe({ onResult: (result) => results.push(result) });
    const canvas = new OffscreenCanvas(960, 720);
    const context = canvas.getContext('2d', { willReadFrequently: true })!;
    for (let i = 0; i < 30; i++) {
      // Six photos of three to five people each, and again much smaller, with faces of 12 px.
      for (let k = 0; k < 6; k++) context.drawImage(photos[k]!, (k % 3) * 320 + i, Math.floor(k / 3) * 240, 320, 240);
      for (let k = 0; k < 8; k++) context.drawImage(photos[k % photos.length]!, k * 120, 520 + i, 120, 90);
      pipeline.push(bench.ledger.record(i * 100, await createImageBitmap(canvas)));
      while (results.length <= i) await new Promise((wait) => setTimeout(wait, 2));
    }
    await pipeline.dispose();
    const lists = results.flatMap((result) => [...result.faces.flatMap(({ landmarks, mesh }) => [landmarks, mesh]), ...result.poses.map(({ points }) => points)]).filter((list) => list !== null);
    const boxes = results.flatMap((result) => [...result.faces, ...result.poses, ...result.objects].flatMap(({ box }) => Object.values<number>({ ...box })));
    return {
      times: results.map(({ timings }) => timings.totalMs),
      numbers: lists.every(({ xy, z, scores }) => xy.every(Number.isFinite) && scores.every(Number.isFinite) && (z ?? xy).every(Number.isFinite)) && boxes.every(Number.isFinite),
      persons: Math.max(...results.map(({ poses }) => poses.length)),
      faces: Math.max(...results.map((result) => result.faces.length)),
      ran: Object.fromEntries(['objects', 'faces', 'landmarks', 'mesh', 'pose'].map((task) => [task, results.filter(({ runs }) => runs.some((run) => run.task === task)).length])),
    };
  }, samplePhotos.map(photoBase64));
  expect(numbers).toBe(true);
  expect(persons, 'bodies in one frame').toBeGreaterThan(8);
  expect(faces, 'faces in one frame').toBeGreaterThan(6);
  for (const [task, frames] of Object.entries(ran)) expect(frames, task).toBeGreaterThan(1);
  const settled = times.slice(5);
  expect(settled.reduce((sum, ms) => sum + ms, 0) / settled.length, 'mean time of a frame, for a budget of 500 ms').toBeLessThan(900);
});
