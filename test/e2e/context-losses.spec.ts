import { expect, test } from '@playwright/test';
import { findChromium } from '../../tools/find-chromium.mjs';
import { loseAgainAndAgain, softwareWebglArgs } from '../support/context-losses.ts';

test.use({ launchOptions: { executablePath: (await findChromium()) ?? '', args: softwareWebglArgs } });

test('a detector that loses its WebGL context three times is back within 5 s each time, with the same boxes, and holds nothing more', { tag: '@long' }, async ({ page }) => {
  test.setTimeout(300_000);
  const { losses } = await loseAgainAndAgain(page, 3);
  for (const { gapMs } of losses) expect(gapMs).toBeLessThan(5000);
});
