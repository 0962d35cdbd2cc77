import { expect, test } from '@playwright/test';
import playwrightConfig from '../../playwright.config.ts';
import { openApp } from './ui-app.ts';

/** The same browser, but its question for the camera is answered with "no". */
const { args = [], ...launchOptions } = playwrightConfig.use?.launchOptions ?? {};
test.use({ launchOptions: { ...launchOptions, args: [...args.filter((flag) => flag !== '--use-fake-ui-for-media-stream'), '--deny-permission-prompts'] } });

test('the screen says why there is no camera, how to undo it in this browser, and offers photos', async ({ page }) => {
  await openApp(page);
  await page.getByRole('button', { name: 'Start the camera' }).click();
  await expect(page.locator('lintel-message [data-code=denied]')).toBeVisible();
  await expect(page.locator('lintel-message li').first()).toHaveText('Click the icon left of the address.');
  await expect(page.getByRole('button', { name: 'Choose a photo or video' })).toBeVisible();
});
