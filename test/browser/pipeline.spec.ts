import type { Page } from '@playwright/test';
import { expect, test } from '@playwright/test';
import type { BoxXyxy } from '../../src/geometry/index.ts';
import type { Pipeline, StreamRates } from '../../src/pipeline/index.ts';
import type { SamplePhoto } from '../support/photos.ts';
import { photoBase64, samplePhotos } from '../support/photos.ts';
import { lookAtStills, openPipelinePage, plainSettings } from './pipeline-page.ts';

test.beforeEach(async ({ page }) => {
  await openPipelinePage(page);
});

/** Centres of the faces that a person sees in the foreground, in 0..1 of the photo, read off the photos by eye. */
const faceCentres: Readonly<Record<SamplePhoto, readonly (readonly [x: number, y: number])[]>> = {
  'sample1.jpg': [[0.25, 0.38], [0.49, 0.42], [0.83, 0.25]],
  'sample2.jpg': [[0.24, 0.21], [0.52, 0.26], [0.81, 0.2]],
  'sample3.jpg': [[0.36, 0.34], [0.62, 0.29], [0.83, 0.32]],
  'sample4.jpg': [[0.19, 0.22], [0.39, 0.13], [0.56, 0.2], [0.7, 0.18]],
  'sample5.jpg': [[0.25, 0.74], [0.37, 0.39], [0.45, 0.16], [0.62, 0.23], [0.78, 0.38]],
  'sample6.jpg': [[0.19, 0.4], [0.39, 0.31], [0.66, 0.28], [0.83, 0.26]],
};

function centreOf(box: BoxXyxy): readonly [number, number] {
  return [(box.x1 + box.x2) / 2, (box.y1 + box.y2) / 2];
}

test('finds every face in the foreground of the photos and nothing else that is one, and the persons', async ({ page }) => {
  const results = await lookAtStills(page, samplePhotos, { tasks: ['objects', 'faces'], inputSize: 'auto', minScore: { objects: 0.3, faces: 0.5 } });
  for (const [i, photo] of samplePhotos.entries()) {
    const { faces, objects, faults, runs, backend } = results[i]!;
    const centres = faceCentres[photo];
    expect(faults).toEqual([]);
    expect(backend).toBe('wasm');
    expect(runs.map((run) => [run.task, Math.max(run.inputSize.width, run.inputSize.height)])).toEqual([['objects', 512], ['faces', 416]]);
    expect(faces.length, `${photo}: one box per face`).toBe(centres.length);
    for (const [x, y] of centres) {
      const near = faces.filter((face) => Math.hypot(centreOf(face.box)[0] - x, centreOf(face.box)[1] - y) < 0.06);
      expect(near.length, `${photo}: a face at ${x}, ${y}`).toBe(1);
    }
    const persons = objects.filter((object) => object.label === 'person');
    expect(persons.length, `${photo}: persons`).toBeGreaterThanOrEqual(3);
    for (const { box } of persons) {
      const inside = centres.filter(([x, y]) => x > box.x1 && x < box.x2 && y > box.y1 && y < box.y2);
      expect(inside.length, `${photo}: a person's box holds a face`).toBeGreaterThan(0);
    }
    for (const { box } of [...faces, ...objects]) expect(Object.values<number>({ ...box }).every((side) => side >= 0 && side <= 1)).toBe(true);
  }
});

test('finds the same faces with webgl in the worker, when that is forced', { tag: '@long' }, async ({ page }) => {
  const [result] = await lookAtStills(page, ['sample3.jpg'], { backend: 'webgl' });
  expect(result!.backend).toBe('webgl');
  expect(result!.faces).toHaveLength(3);
  for (const [x, y] of faceCentres['sample3.jpg']) {
    expect(result!.faces.some(({ box }) => Math.hypot(centreOf(box)[0] - x, centreOf(box)[1] - y) < 0.06), `a face at ${x}, ${y}`).toBe(true);
  }
});

test('streams: newest frame wins, every frame is accounted for, no tensor and no bitmap stays', async ({ page }) => {
  const seen = await page.evaluate(async (file) => {
    const pipeline = bench.make({ tasks: ['objects', 'faces'], inputSize: 128 });
    const bitmap = await bench.photo(file);
    const started = await pipeline.start();
    if (!started.ok) throw new Error(started.failure.detail);
    const results: { frameId: number; dropped: number; faults: number }[] = [];
    let rates: StreamRates = { cameraFps: 0, inferenceFps: 0, droppedFps: 0, taskFps: {} };
    pipeline.subscribe({
      onResult: (result, current) => {
        results.push({ frameId: result.frameId, dropped: result.dropped, faults: result.faults.length });
        rates = { ...current };
      },
    });
    let pushed = 0;
    const until = async (count: number): Promise<void> => {
      while (results.length < count) {
        pipeline.push(await bench.frameOf(bitmap));
        pushed++;
        await new Promise((wait) => setTimeout(wait, 4));
      }
    };
    await until(10);
    const early = await pipeline.counts();
    await until(70);
    const late = await pipeline.counts();
    // The frame in work and the one that waits come to their end.
    let before = -1;
    while (before !== results.length) {
      before = results.length;
      await new Promise((wait) => setTimeout(wait, 500));
    }
    const [open, ratesThen] = [bench.ledger.openFrames, rates];
    pipeline.resetStream();
    pipeline.push(await bench.frameOf(bitmap));
    while (results.length === before) await new Promise((wait) => setTimeout(wait, 10));
    const again = results.at(-1);
    await pipeline.dispose();
    bitmap.close();
    return { results: results.slice(0, before), pushed, rates: ratesThen, early, late, open, again, openAtEnd: bench.ledger.openFrames, phase: pipeline.state.phase };
  }, photoBase64('sample3.jpg'));
  const { results, pushed, early, late } = seen;
  expect(results.length).toBeGreaterThanOrEqual(70);
  expect(results.every((result) => result.faults === 0)).toBe(true);
  for (const [i, result] of results.entries()) {
    if (i === 0) continue;
    expect(result.frameId).toBeGreaterThan(results[i - 1]!.frameId);
    expect(result.dropped).toBeGreaterThanOrEqual(results[i - 1]!.dropped);
  }
  expect(results.at(-1)!.dropped, 'pushed faster than looked at').toBeGreaterThan(0);
  expect(results.length + results.at(-1)!.dropped, 'looked at or dropped').toBe(pushed);
  expect(late!.framesDone - early!.framesDone).toBeGreaterThanOrEqual(58);
  expect([late!.tensors, late!.dataBuffers, late!.bytes]).toEqual([early!.tensors, early!.dataBuffers, early!.bytes]);
  expect(seen.rates.cameraFps).toBeGreaterThan(seen.rates.inferenceFps);
  expect(seen.rates.droppedFps).toBeGreaterThan(0);
  expect(seen.again!.dropped, 'a new source starts to count anew').toBe(0);
  expect([seen.open, seen.openAtEnd, seen.phase]).toEqual([0, 0, 'idle']);
});

test.describe('a model file', () => {
  const spoilt = {
    'with one byte changed': (data: Buffer) => Buffer.from(data.map((value, i) => (i === 1000 ? value ^ 1 : value))),
    'cut short': (data: Buffer) => data.subarray(0, 1000),
    'that is missing': () => null,
  } as const;

  for (const [how, spoil] of Object.entries(spoilt)) {
    test(`${how} fails the start by name, and the next start works when it is whole again`, { tag: how === 'cut short' ? '@long' : [] }, async ({ page }) => {
      const address = '**/models/**/tiny_face_detector_model.bin';
      let requests = 0;
      await page.route(address, async (route) => {
        requests++;
        const real = await route.fetch();
        const body = spoil(await real.body());
        await (body ? route.fulfill({ body }) : route.fulfill({ status: 404, body: 'nothing here' }));
      });
      const failed = await page.evaluate(async () => {
        const pipeline = bench.make();
        globalThis.kept = pipeline;
        return { outcome: await pipeline.start(), phase: pipeline.state.phase };
      });
      expect(failed.outcome).toMatchObject({ ok: false, failure: { code: spoil === spoilt['that is missing'] ? 'model-missing' : 'model-corrupt' } });
      expect(failed.outcome.ok ? '' : failed.outcome.failure.detail).toContain('tiny_face_detector_model.bin');
      expect(failed.phase).toBe('failed');
      expect(requests, 'a second try goes past the caches').toBe(2);
      await expectWorkers(page, 0);
      await page.unroute(address);
      const again = await page.evaluate(async () => (await kept.start()).ok && kept.state.phase);
      expect(again).toBe('ready');
      await expectWorkers(page, 1);
    });
  }

  test('that cannot be had when it is asked for later fails by name; the next start leaves no second worker', async ({ page }) => {
    const address = '**/models/**/centernet.bin';
    await page.route(address, (route) => route.fulfill({ status: 404 }));
    const failed = await page.evaluate(async (settings) => {
      const pipeline = bench.make();
      globalThis.kept = pipeline;
      await pipeline.start();
      return { outcome: await pipeline.configure({ ...settings, tasks: ['faces', 'objects'] }), phase: pipeline.state.phase };
    }, plainSettings);
    expect(failed).toMatchObject({ outcome: { ok: false, failure: { code: 'model-missing' } }, phase: 'failed' });
    await page.unroute(address);
    expect(await page.evaluate(async () => (await kept.start()).ok)).toBe(true);
    await expectWorkers(page, 1);
  });
});

test.describe('an engine', () => {
  test('whose worker cannot load is reported as dead, at once', async ({ page }) => {
    const address = '**/pipeline/worker.ts*';
    await page.route(address, (route) => route.fulfill({ contentType: 'text/javascript', body: "throw new Error('broken script')" }));
    const failed = await page.evaluate(async () => {
      const pipeline = bench.make();
      globalThis.kept = pipeline;
      const startMs = performance.now();
      return { outcome: await pipeline.start(), phase: pipeline.state.phase, tookMs: performance.now() - startMs };
    });
    expect(failed).toMatchObject({ outcome: { ok: false, failure: { code: 'engine-died' } }, phase: 'failed' });
    expect(failed.tookMs).toBeLessThan(6000);
    await page.unroute(address);
    expect(await page.evaluate(async () => (await kept.start()).ok)).toBe(true);
  });

  test('that dies while frames stream is replaced, and the stream goes on', async ({ page }) => {
    await streamFaces(page);
    await page.workers()[0]!.evaluate(() => {
      setTimeout(() => {
        throw new Error('lost');
      }, 0);
    });
    await page.waitForFunction(() => phases.includes('failed') && kept.state.phase === 'ready', undefined, { timeout: 15_000 });
    await expectMoreResults(page);
    await expectWorkers(page, 1);
  });

  test('is changed for another backend while frames stream, without a pause for the frame that it had', async ({ page }) => {
    await streamFaces(page);
    const changed = await page.evaluate((settings) => kept.configure({ ...settings, backend: 'cpu', inputSize: 128 }), plainSettings);
    expect(changed).toEqual({ ok: true, value: null });
    await expectMoreResults(page);
    expect(await page.evaluate(() => lastBackend)).toBe('cpu');
    await expectWorkers(page, 1);
  });

  test('starts once, however often it is asked to', async ({ page }) => {
    const reports = await page.evaluate(async () => {
      const pipeline = bench.make();
      const outcomes = await Promise.all([pipeline.start(), pipeline.start()]);
      return [...outcomes, await pipeline.start()];
    });
    expect(reports[0]).toMatchObject({ ok: true, value: { backend: 'wasm', host: 'worker', simd: true, precisionBits: 32 } });
    expect(reports[1]).toEqual(reports[0]);
    expect(reports[2]).toEqual(reports[0]);
    await expectWorkers(page, 1);
  });

  test('looks at stills that come together one after the other, each with its own result', async ({ page }) => {
    const counts = await page.evaluate(async (files) => {
      const pipeline = bench.make({ inputSize: 'auto' });
      const frames = await Promise.all(files.map(async (file) => bench.frameOf(await bench.photo(file))));
      const results = await Promise.all(frames.map((frame) => pipeline.detectStill(frame)));
      await pipeline.dispose();
      return results.map((result, i) => (result.ok && result.value.frameId === frames[i]!.info.id ? result.value.faces.length : -1));
    }, samplePhotos.slice(2).map(photoBase64));
    expect(counts).toEqual([3, 4, 5, 4]);
    expect(await page.evaluate(() => bench.ledger.openFrames)).toBe(0);
  });
});

/** Engines that failed, were lost or were replaced are ended: their workers are gone, a moment later. */
async function expectWorkers(page: Page, count: number): Promise<void> {
  await expect.poll(() => page.workers().length, 'workers').toBe(count);
}

declare global {
  var kept: Pipeline;
  var phases: string[];
  var resultCount: number;
  var lastBackend: string;
}

/** Keeps pushing frames of a photo into a small faces pipeline until the page closes. */
async function streamFaces(page: Page): Promise<void> {
  await page.evaluate(async (file) => {
    const pipeline = bench.make({ inputSize: 128 });
    const bitmap = await bench.photo(file);
    await pipeline.start();
    globalThis.kept = pipeline;
    globalThis.phases = [];
    globalThis.resultCount = 0;
    pipeline.subscribe({
      onState: (state) => phases.push(state.phase),
      onResult: (result) => {
        globalThis.resultCount++;
        globalThis.lastBackend = result.backend;
      },
    });
    const push = async (): Promise<void> => {
      pipeline.push(await bench.frameOf(bitmap));
      setTimeout(() => void push(), 5);
    };
    void push();
  }, photoBase64('sample3.jpg'));
  await page.waitForFunction(() => resultCount > 5);
}

/** A frame that was with a lost engine may not hold up the ones after it. */
async function expectMoreResults(page: Page): Promise<void> {
  await page.evaluate(() => (globalThis.resultCount = 0));
  await page.waitForFunction(() => resultCount > 3, undefined, { timeout: 8_000 });
}
