import { expect, test } from '@playwright/test';
import type * as Lit from 'lit';
import type * as Kiosk from '../../src/kiosk/index.ts';
import type * as Drawing from '../../src/ui/door/admin/qr-drawing.ts';

test('a card that is shown to a camera is read without a reader of the browser, and what is no card is not', async ({ page }) => {
  await page.routeWebSocket(/./, () => undefined);
  await page.route('**/blank.html', (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>Card</title>' }));
  await page.goto('/blank.html');
  const read = await page.evaluate(async (paths) => {
    const kiosk = (await import(paths.kiosk)) as typeof Kiosk;
    const { qrDrawing } = (await import(paths.drawing)) as typeof Drawing;
    const { render } = (await import(paths.lit)) as typeof Lit;
    const keys = await kiosk.newCardKeys();
    const written = await kiosk.writeCard({ cardId: crypto.randomUUID(), personId: '0'.repeat(32), name: 'Ana 安娜', template: null, fromMs: 0, untilMs: 1e13 }, keys);
    if (!written.ok) throw new Error(written.failure.detail);
    /** The code as it is printed, as a camera sees it at a hand's breadth: not quite straight, on a grey wall. */
    const seen = async (text: string): Promise<ImageBitmap> => {
      const holder = document.createElement('div');
      render(qrDrawing(text), holder);
      const drawn = holder.querySelector('svg');
      if (!drawn) throw new Error('no drawing');
      drawn.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
      drawn.setAttribute('width', '560');
      drawn.setAttribute('height', '560');
      const image = new Image();
      image.src = `data:image/svg+xml,${encodeURIComponent(drawn.outerHTML)}`;
      await image.decode();
      const canvas = document.createElement('canvas');
      [canvas.width, canvas.height] = [1280, 720];
      const pen = canvas.getContext('2d');
      if (!pen) throw new Error('no canvas');
      pen.fillStyle = '#8b9088';
      pen.fillRect(0, 0, 1280, 720);
      pen.translate(640, 360);
      pen.rotate(0.07);
      pen.filter = 'blur(0.7px)';
      pen.drawImage(image, -280, -280, 560, 560);
      return createImageBitmap(canvas);
    };
    const reader = await kiosk.libraryQrReader();
    const [text, none] = [await reader.read(await seen(written.value)), await reader.read(await createImageBitmap(new ImageData(64, 64)))];
    const card = text === null ? null : await kiosk.readCard(text, keys, 1);
    return { name: card?.ok ? card.value.name : null, none, length: written.value.length };
  }, { kiosk: '/src/kiosk/index.ts', drawing: '/src/ui/door/admin/qr-drawing.ts', lit: '/node_modules/lit/index.js' });
  expect(read).toMatchObject({ name: 'Ana 安娜', none: null });
});
