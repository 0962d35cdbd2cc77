import type { Page } from '@playwright/test';
import { expect, test } from '@playwright/test';
import type { BoxXyxy } from '../../src/geometry/index.ts';
import type { PointList } from '../../src/landmarks/index.ts';
import type { DetectedFace, FrameResult, PipelineSettings, StreamRates } from '../../src/pipeline/index.ts';
import type { SamplePhoto } from '../support/photos.ts';
import { photoBase64, samplePhotos } from '../support/photos.ts';
import { lookAtStills, openPipelinePage } from './pipeline-page.ts';

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

test('follows faces by their points: the same ids throughout, the detector now and then', async ({ page }) => {
  const { results, rates } = await stream(page, 'sample3.jpg', 40, { tasks: ['landmarks', 'mesh'], targetFps: 2, inputSize: 416 });
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

test('follows bodies: the same ids, the detector of objects now and then', async ({ page }) => {
  const { results } = await stream(page, 'sample3.jpg', 30, { tasks: ['pose'], targetFps: 2, inputSize: 512 });
  const later = results.slice(10);
  expect(results.flatMap(({ faults }) => faults)).toEqual([]);
  const seen = new Set(later.flatMap(({ poses }) => poses.map(({ trackId }) => trackId)));
  expect(seen.size, 'ids of three persons').toBeLessThanOrEqual(4);
  for (const { poses } of later) expect(poses.length).toBeGreaterThanOrEqual(2);
  expect(runsOf(results, 'pose')).toBe(30);
  expect(runsOf(results, 'objects')).toBeLessThanOrEqual(10);
});
