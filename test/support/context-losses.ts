import type { BrowserContext, Page, Worker } from '@playwright/test';
import { expect } from '@playwright/test';
import type { FrameResult } from '../../src/pipeline/index.ts';
import type { EvaluateHeld, EvaluateRequest } from '../../src/ui/evaluate-door.ts';
import { shotOf } from './fake-camera.ts';
import { photoPath } from './photos.ts';

/** Flags of a Chromium that draws WebGL 2 with the processor: slow, but with contexts that can be lost. */
export const softwareWebglArgs = ['--no-sandbox', '--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--ignore-gpu-blocklist'];

/** Two faces, near enough for a small input, which software draws in good time. */
const picture = { photo: photoPath('sample1.jpg'), part: { x1: 0.1, y1: 0.15, x2: 0.65, y2: 0.75 } };

/** Webgl comes back soon, however often it was lost before. */
const request: EvaluateRequest = {
  task: 'faces',
  backend: 'webgl',
  sizePx: 192,
  minScore: 0.5,
  modelFiles: [],
  healing: { avoidMs: 100, longestWebglMs: 100, steadyMs: 0 },
};

/** Written in front of the engine's script: it keeps the contexts that are made, for the test to lose. */
const keepContexts = `{
  const real = OffscreenCanvas.prototype.getContext;
  OffscreenCanvas.prototype.getContext = function (...asked) {
    const made = real.apply(this, asked);
    if (made && String(asked[0]).startsWith('webgl')) (globalThis.madeContexts ??= []).push(made);
    return made;
  };
}
`;

declare global {
  /** In a worker whose script was routed by `keepMadeContexts`. */
  var madeContexts: WebGL2RenderingContext[] | undefined;
}

export async function keepMadeContexts(context: BrowserContext): Promise<void> {
  await context.route(/\/workers\/worker-[^/]*\.js$/, async (route) => {
    const real = await route.fetch();
    await route.fulfill({ response: real, body: keepContexts + (await real.text()) });
  });
}

/** Loses the newest WebGL context of any worker, as a system does. @returns whether there was one */
export async function loseContext(page: Page): Promise<boolean> {
  const outcomes = await Promise.all(page.workers().map((worker) => loseIn(worker)));
  return outcomes.includes(true);
}

async function loseIn(worker: Worker): Promise<boolean> {
  try {
    return await worker.evaluate(() => {
      const context = globalThis.madeContexts?.findLast((made) => !made.isContextLost());
      context?.getExtension('WEBGL_lose_context')?.loseContext();
      return context !== undefined;
    });
  } catch {
    // The worker ended meanwhile.
    return false;
  }
}

/** What one loss cost. */
export interface Loss {
  /** From the loss to the next answer, on whatever backend. */
  readonly gapMs: number;
  readonly firstBackend: string;
  /** From the loss to the next answer on webgl. */
  readonly returnMs: number;
}

export interface LossReport {
  readonly losses: readonly Loss[];
  readonly heldAtFirst: EvaluateHeld;
  readonly heldAtLast: EvaluateHeld;
}

/** Loses the context of the running detector again and again. Every answer must have the boxes of the first. */
export async function loseAgainAndAgain(page: Page, count: number, onLoss: (loss: Loss, i: number) => void = () => undefined): Promise<LossReport> {
  await keepMadeContexts(page.context());
  const jpeg = await shotOf(picture);
  await page.context().route('**/losses-photo.jpg', (route) => route.fulfill({ contentType: 'image/jpeg', body: jpeg }));
  await page.goto('/evaluate.html');
  await page.waitForFunction(() => window.lintelEvaluate);
  const started = await page.evaluate((wanted) => window.lintelEvaluate!.start(wanted), request);
  expect(started).toMatchObject({ ok: true, value: { report: { backend: 'webgl' } } });
  const first = await untilSeen(page, onWebgl);
  expect(first.faces.length, 'faces before the first loss').toBe(2);
  const heldAtFirst = await heldOf(page);
  const losses: Loss[] = [];
  for (let i = 0; i < count; i++) {
    const startMs = performance.now();
    expect(await loseContext(page), `a context to lose, ${i}`).toBe(true);
    const next = await untilSeen(page, () => true);
    const gapMs = performance.now() - startMs;
    expectSameBoxes(first, next);
    const again = next.backend === 'webgl' ? next : await untilSeen(page, onWebgl);
    expectSameBoxes(first, again);
    const loss = { gapMs, firstBackend: next.backend, returnMs: performance.now() - startMs };
    losses.push(loss);
    onLoss(loss, i);
    expect(await heldOf(page), `held after loss ${i}`).toMatchObject({ openFrames: 0, engine: { tensors: heldAtFirst.engine?.tensors, dataBuffers: heldAtFirst.engine?.dataBuffers } });
    await expect.poll(() => page.workers().length, { message: 'engines' }).toBe(1);
  }
  return { losses, heldAtFirst, heldAtLast: await heldOf(page) };
}

const onWebgl = ({ backend }: FrameResult): boolean => backend === 'webgl';

function heldOf(page: Page): Promise<EvaluateHeld> {
  return page.evaluate(() => window.lintelEvaluate!.held());
}

/** Looks at the photo until there is such an answer. */
async function untilSeen(page: Page, isWanted: (result: FrameResult) => boolean): Promise<FrameResult> {
  const untilMs = performance.now() + 300_000;
  for (;;) {
    const seen = await page.evaluate(() => window.lintelEvaluate!.detect('/losses-photo.jpg'));
    if (seen.ok && isWanted(seen.value)) return seen.value;
    if (performance.now() > untilMs) throw new Error(`no such answer within five minutes: ${seen.ok ? seen.value.backend : seen.failure.detail}`);
    await page.waitForTimeout(seen.ok ? 1000 : 5);
  }
}

/**
 * The same backend gives the same numbers again. Another one scales the picture by other means (GPU and processor smooth
 * differently), which moves a box by a pixel of the network's; zeros or a shifted grid differ by far more.
 */
function expectSameBoxes(first: FrameResult, now: FrameResult): void {
  const tolerance = now.backend === first.backend ? 0.001 : 0.025;
  expect(now.faults).toEqual([]);
  expect(now.faces.length, `faces on ${now.backend}, scores ${now.faces.map(({ score }) => score.toFixed(3)).join(', ')}`).toBe(first.faces.length);
  for (const { box, score } of first.faces) {
    const apart = now.faces.map((face) => Math.max(Math.abs(face.score - score), ...(['x1', 'y1', 'x2', 'y2'] as const).map((side) => Math.abs(face.box[side] - box[side]))));
    expect(Math.min(...apart), `the nearest face on ${now.backend}`).toBeLessThan(tolerance);
  }
}
