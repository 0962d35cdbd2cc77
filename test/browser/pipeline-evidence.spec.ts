import { expect, test } from '@playwright/test';
import type { EvidenceRule, FrameResult } from '../../src/pipeline/index.ts';
import { photoBase64 } from '../support/photos.ts';
import { lookAtStills, openPipelinePage } from './pipeline-page.ts';

test.beforeEach(async ({ page }) => {
  await openPipelinePage(page);
});

const all: EvidenceRule = { descriptorEveryMs: 100, enoughPerTrack: 2, againAfterMs: 100_000, cues: true, chip: true };

test('takes evidence of every face of a photo, its boxes and landmarks with it', async ({ page }) => {
  const [result] = await lookAtStills(page, ['sample1.jpg'], { tasks: ['embed'], inputSize: 416, evidence: all });
  expect(result?.faults).toEqual([]);
  expect(result?.runs.map(({ task }) => task)).toEqual(['faces', 'landmarks', 'embed']);
  expect(result?.faces.length).toBe(3);
  for (const { evidence, landmarks } of result?.faces ?? []) {
    expect(landmarks).not.toBeNull();
    const { descriptor, liveness, antispoof, chip, verdict } = evidence!;
    expect([descriptor?.modelId, descriptor?.values.length]).toEqual(['face-descriptor-128', 128]);
    expect([liveness, antispoof].every((score) => score !== null && score >= 0 && score <= 1)).toBe(true);
    expect([chip?.width, chip?.height, chip?.data.length]).toEqual([150, 150, 150 * 150 * 4]);
    expect(verdict.measures).not.toBeNull();
  }
});

test('tells the faces of one photo apart, and knows each again in a copy of half the size', async ({ page }) => {
  const results = await page.evaluate(async (file) => {
    const pipeline = bench.make({ tasks: ['embed'], inputSize: 608 });
    const photo = await bench.photo(file);
    const small = await createImageBitmap(photo, { resizeWidth: Math.round(photo.width * 0.6), resizeHeight: Math.round(photo.height * 0.6), resizeQuality: 'high' });
    const seen: FrameResult[] = [];
    for (const bitmap of [photo, small]) {
      const result = await pipeline.detectStill(await bench.frameOf(bitmap));
      if (!result.ok) throw new Error(result.failure.detail);
      seen.push(result.value);
    }
    await pipeline.dispose();
    return seen;
  }, photoBase64('sample1.jpg'));
  const [large, small] = results.map(({ faces }) => [...faces].sort((a, b) => a.box.x1 - b.box.x1).map(({ evidence }) => Array.from(evidence!.descriptor!.values)));
  expect(large!.length).toBe(3);
  expect(small!.length).toBe(3);
  const distance = (a: readonly number[], b: readonly number[]): number => Math.hypot(...a.map((value, i) => value - b[i]!));
  for (let i = 0; i < 3; i++) for (let j = 0; j < 3; j++) {
    const apart = distance(large![i]!, small![j]!);
    if (i === j) expect(apart, 'one face twice').toBeLessThan(0.4);
    else expect(apart, 'two faces').toBeGreaterThan(0.6);
  }
});

test('takes as many descriptors of a face that is followed as the rule says, and a verdict again and again', async ({ page }) => {
  const results = await page.evaluate(
    async ({ file, rule }) => {
      const engine = await bench.pipelines.pageEngine();
      const config = { tasks: ['embed'] as const, minScore: { objects: 0.5, faces: 0.5 }, inputSizePx: { objects: 256, faces: 416 }, budgetMs: 5000, evidence: rule };
      const started = await engine.api.start({ backend: 'wasm', config, frameSize: { width: 640, height: 480 }, allowSoftwareWebgl: false }, () => undefined);
      if (!started.ok) throw new Error(started.failure.detail);
      const photo = await bench.photo(file);
      const bitmap = await createImageBitmap(photo, 0, 0, photo.width, photo.height, { resizeWidth: 1280, resizeHeight: Math.round((1280 * photo.height) / photo.width), resizeQuality: 'high' });
      const seen: { faces: FrameResult['faces']; faults: FrameResult['faults']; tensors: number }[] = [];
      for (let i = 0; i < 24; i++) {
        const looked = await engine.api.process({ id: i, tMs: i * 50, size: { width: bitmap.width, height: bitmap.height } }, await createImageBitmap(bitmap), 'live');
        if (!looked.ok) throw new Error(looked.failure.detail);
        const { faces, faults } = looked.value;
        seen.push({ faces, faults, tensors: (await engine.api.counts()).tensors });
      }
      engine.end();
      return seen;
    },
    { file: photoBase64('sample3.jpg'), rule: all },
  );
  expect(results.flatMap(({ faults }) => faults)).toEqual([]);
  expect(new Set(results.slice(4).map(({ tensors }) => tensors)).size, 'tensors stay the same').toBe(1);
  const byTrack = new Map<number, Map<number, boolean>>();
  for (const { faces } of results) {
    for (const { trackId, evidence } of faces) {
      if (trackId === null || !evidence) continue;
      const looks = byTrack.get(trackId) ?? new Map<number, boolean>();
      byTrack.set(trackId, looks.set(evidence.tMs, evidence.descriptor !== null));
    }
  }
  expect(byTrack.size).toBe(3);
  for (const looks of byTrack.values()) {
    const times = [...looks.keys()];
    expect(times.length, 'looks within 1.2 s').toBeGreaterThanOrEqual(5);
    for (const [i, tMs] of times.slice(1).entries()) expect(tMs - times[i]!).toBeGreaterThanOrEqual(150);
    expect([...looks.values()].filter(Boolean).length, 'descriptors').toBeLessThanOrEqual(2);
  }
  const described = [...byTrack.values()].filter((looks) => [...looks.values()].some(Boolean)).length;
  expect(described, 'faces good enough to be described').toBeGreaterThanOrEqual(1);
});
