import type { Page } from '@playwright/test';
import type * as cameraRoom from '../../src/camera/index.ts';
import type * as pipelineRoom from '../../src/pipeline/index.ts';
import type { FrameResult, PipelineSettings } from '../../src/pipeline/index.ts';
import type { SamplePhoto } from '../support/photos.ts';
import { photoBase64 } from '../support/photos.ts';

/** What the tests of the pipeline have in their page. */
interface Bench {
  readonly pipelines: typeof pipelineRoom;
  /** Numbers every frame of the page; its open frames must be none in the end. */
  readonly ledger: cameraRoom.FrameLedger;
  /** A pipeline with the real worker; the rest of its settings are those of `plainSettings`. */
  make(settings?: Partial<PipelineSettings>, healing?: Partial<pipelineRoom.HealingTimes>): pipelineRoom.Pipeline;
  photo(base64: string): Promise<ImageBitmap>;
  /** A copy of the picture as the next frame. */
  frameOf(bitmap: ImageBitmap): Promise<cameraRoom.Frame>;
}

declare global {
  /** In a page opened by `openPipelinePage`. */
  var bench: Bench;
}

/** Everything small and on wasm, so that a busy machine is quick too; tests say what they need beyond it. */
export const plainSettings: PipelineSettings = {
  tasks: ['faces'],
  minScore: { objects: 0.4, faces: 0.5 },
  inputSize: 256,
  targetFps: 30,
  backend: 'wasm',
};

/** A blank page of the module server's origin with the pipeline and camera rooms loaded from their sources. */
export async function openPipelinePage(page: Page): Promise<void> {
  await page.route('**/blank.html', (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>blank</title>' }));
  await page.goto('/blank.html');
  await page.addScriptTag({
    type: 'module',
    content: `
      import * as pipelines from '/src/pipeline/index.ts';
      import { FrameLedger } from '/src/camera/index.ts';
      const memory = { recall: async () => null, remember: async () => undefined, forget: async () => undefined };
      const ledger = new FrameLedger();
      globalThis.bench = {
        pipelines,
        ledger,
        make: (settings = {}, healing = {}) => pipelines.createPipeline({
          settings: { ...${JSON.stringify(plainSettings)}, ...settings },
          memory,
          healing,
          trustScriptUrl: (url) => url,
          frameSize: { width: 640, height: 480 },
        }),
        photo: async (base64) => createImageBitmap(await (await fetch('data:image/jpeg;base64,' + base64)).blob()),
        frameOf: async (bitmap) => ledger.record(performance.now(), await createImageBitmap(bitmap)),
      };
    `,
  });
  await page.waitForFunction(() => 'bench' in globalThis);
}

/** Looks at photos as stills with one pipeline. */
export async function lookAtStills(page: Page, photos: readonly SamplePhoto[], settings: Partial<PipelineSettings>): Promise<FrameResult[]> {
  return page.evaluate(
    async ({ files, wanted }) => {
      const pipeline = bench.make(wanted);
      const results = [];
      for (const file of files) {
        const bitmap = await bench.photo(file);
        const seen = await pipeline.detectStill(await bench.frameOf(bitmap));
        bitmap.close();
        if (!seen.ok) throw new Error(`${seen.failure.code}: ${seen.failure.detail}`);
        results.push(seen.value);
      }
      await pipeline.dispose();
      if (bench.ledger.openFrames !== 0) throw new Error(`${bench.ledger.openFrames} frames stayed open`);
      return results;
    },
    { files: photos.map(photoBase64), wanted: settings },
  );
}
