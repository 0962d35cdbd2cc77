import { expect, test } from '@playwright/test';
import { findChromium } from '../../tools/find-chromium.mjs';
import { loseAgainAndAgain, softwareWebglArgs } from '../support/context-losses.ts';

const count = Number(process.env['LINTEL_LOSSES'] ?? 100);

test.use({ launchOptions: { executablePath: (await findChromium()) ?? '', args: softwareWebglArgs } });

test(`a detector that loses its WebGL context ${count} times in a row is back within 5 s each time, with the same boxes, and holds nothing more`, async ({ page }) => {
  test.setTimeout(60 * 60_000);
  const { losses, heldAtFirst, heldAtLast } = await loseAgainAndAgain(page, count, ({ gapMs, firstBackend, returnMs }, i) => {
    console.log(`loss ${i + 1}: answer after ${Math.round(gapMs)} ms on ${firstBackend}, on webgl again after ${Math.round(returnMs)} ms`);
  });
  const gapsMs = losses.map(({ gapMs }) => gapMs).sort((a, b) => a - b);
  console.log(JSON.stringify({ losses: losses.length, gapMs: { median: Math.round(gapsMs[Math.floor(gapsMs.length / 2)] ?? NaN), most: Math.round(gapsMs.at(-1) ?? NaN) }, heldAtFirst, heldAtLast }));
  for (const gapMs of gapsMs) expect(gapMs).toBeLessThan(5000);
});
