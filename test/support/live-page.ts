import type { Page } from '@playwright/test';
import type { EngineCounts, FrameResult } from '../../src/pipeline/index.ts';
import type {} from '../../src/ui/live/lintel-live.ts';
import type {} from '../../src/ui/app/lintel-app.ts';

declare global {
  interface Window {
    /** Results that the live view has announced since `collectResults`. */
    seenResults?: FrameResult[];
  }
}

/** Opens the live view and taps the button that starts the camera. */
export async function startCamera(page: Page): Promise<void> {
  await page.goto('/');
  await collectResults(page);
  await page.getByRole('button', { name: 'Start the camera' }).click();
}

/** Listens to `frame-result` as a page that embeds the view would; keeps the newest thousand. */
export async function collectResults(page: Page): Promise<void> {
  await page.evaluate(() => {
    const seen: FrameResult[] = [];
    window.seenResults = seen;
    document.addEventListener('frame-result', (event) => {
      seen.push((event as CustomEvent<FrameResult>).detail);
      if (seen.length > 1000) seen.shift();
    });
  });
}

/** Waits until so many results have come, over so long a part of the stream, and gives them all. */
export async function resultsOf(page: Page, atLeast: number, timeoutMs = 90_000, spanMs = 0): Promise<readonly FrameResult[]> {
  await page.waitForFunction(
    ([count, span]) => {
      const seen = window.seenResults ?? [];
      return seen.length >= count && (seen.at(-1)?.tMs ?? 0) - (seen[0]?.tMs ?? 0) >= span;
    },
    [atLeast, spanMs] as const,
    { timeout: timeoutMs },
  );
  return page.evaluate(() => window.seenResults ?? []);
}

export interface HeldCounts {
  readonly engine: EngineCounts;
  readonly openFrames: number;
}

/** What the engine and the page hold right now, from the app's own objects. */
export async function heldCounts(page: Page): Promise<HeldCounts> {
  const counts = await page.evaluate(async () => {
    const parts = document.querySelector('lintel-app')?.parts;
    if (!parts) throw new Error('the app has no parts yet');
    return { engine: await parts.pipeline.counts(), openFrames: parts.session.openFrames };
  });
  if (!counts.engine) throw new Error('the engine is not ready');
  return { engine: counts.engine, openFrames: counts.openFrames };
}
