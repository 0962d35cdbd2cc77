import { expect } from '@playwright/test';
import { cameraTest } from '../support/fake-camera.ts';
import { photoPath } from '../support/photos.ts';

const whole = { x1: 0, y1: 0, x2: 1, y2: 1 };
const photo = photoPath('sample1.jpg');

/** Ten seconds of light, ten of darkness. */
const test = cameraTest({ photos: [photo, { photo, part: whole, light: 0 }], size: { width: 320, height: 240 }, framesPerPhoto: 300 });

test('a camera that sees nothing but darkness is spoken of, until there is light', { tag: '@long' }, async ({ page }) => {
  await page.goto('/');
  await page.getByRole('button', { name: 'Start the camera' }).click();
  const notice = page.locator('lintel-notices [data-code=dark-picture]');
  await expect(page.locator('lintel-stage')).toBeVisible({ timeout: 30_000 });
  await expect(notice).toHaveCount(0);
  await expect(notice).toContainText('The camera sees only darkness', { timeout: 30_000 });
  // This camera has no torch.
  await expect(notice.getByRole('button')).toHaveCount(0);
  await expect(notice).toHaveCount(0, { timeout: 30_000 });
});
