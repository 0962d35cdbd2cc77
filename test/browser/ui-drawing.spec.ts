import { expect, test } from '@playwright/test';
import type * as drawing from '../../src/ui/live/draw-overlay.ts';
import type * as geometry from '../../src/geometry/index.ts';

declare global {
  var draw: typeof drawing.drawOverlay;
  var shapes: typeof geometry;
  /** A style of the overlay without a language. */
  var plain: Omit<drawing.OverlayStyle, 'safe'>;
}

test.beforeEach(async ({ page }) => {
  await page.route('**/blank.html', (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>blank</title>' }));
  await page.goto('/blank.html');
  const content =
    "import { drawOverlay } from '/src/ui/live/draw-overlay.ts'; import * as shapes from '/src/geometry/index.ts'; globalThis.shapes = shapes; globalThis.draw = drawOverlay;";
  await page.addScriptTag({ type: 'module', content });
  await page.waitForFunction(() => 'draw' in globalThis);
  await page.evaluate(() => {
    globalThis.plain = { fontPx: 16, fontFamily: 'sans-serif', pixelRatio: 1, faceBoxes: true, objectName: (label) => label, faceName: 'face', percent: String, integer: String };
  });
});

/** Where the class colour is, per view: the outermost pixels of the drawn box, without its label. */
for (const [name, frame, view, mirrored] of [
  ['a portrait phone', { width: 480, height: 640 }, { width: 390, height: 844 }, false],
  ['a mirrored portrait phone', { width: 480, height: 640 }, { width: 390, height: 844 }, true],
  ['a phone sideways', { width: 640, height: 480 }, { width: 844, height: 390 }, false],
  ['a mirrored laptop', { width: 1280, height: 720 }, { width: 900, height: 700 }, true],
] as const) {
  test(`boxes are where the picture is on ${name}`, async ({ page }) => {
    const found = await page.evaluate(
      ({ frame, view, mirrored }) => {
        const canvas = new OffscreenCanvas(view.width, view.height);
        const context = canvas.getContext('2d')!;
        const box = { x1: 0.4, y1: 0.45, x2: 0.55, y2: 0.6 };
        const face = { score: 0.9, box, trackId: null, landmarks: null, mesh: null, facts: null };
        const result = { frameId: 1, tMs: 0, size: frame, objects: [], faces: [face], poses: [], runs: [], faults: [], timings: { totalMs: 1 }, dropped: 0, backend: 'wasm' } as const;
        const map = globalThis.shapes.unitToView(frame, view, 'cover', mirrored);
        const safe = { x1: 0, y1: 0, x2: 1, y2: 1 };
        globalThis.draw(context, result, map, { safe, ...globalThis.plain });
        const { data } = context.getImageData(0, 0, view.width, view.height);
        const drawn = { x1: Infinity, y1: Infinity, x2: -Infinity, y2: -Infinity };
        for (let y = 0; y < view.height; y++) {
          for (let x = 0; x < view.width; x++) {
            const at = (y * view.width + x) * 4;
            if (data[at] !== 0xf0 || data[at + 1] !== 0xe4 || data[at + 2] !== 0x42) continue;
            drawn.x1 = Math.min(drawn.x1, x);
            drawn.x2 = Math.max(drawn.x2, x + 1);
            drawn.y1 = Math.min(drawn.y1, y);
            drawn.y2 = Math.max(drawn.y2, y + 1);
          }
        }
        // The same by hand: cover scales to the larger ratio and centres; a mirror turns x around.
        const scale = Math.max(view.width / frame.width, view.height / frame.height);
        const left = (view.width - frame.width * scale) / 2;
        const top = (view.height - frame.height * scale) / 2;
        const xOf = (unit: number): number => (mirrored ? view.width - (left + unit * frame.width * scale) : left + unit * frame.width * scale);
        const xs = [xOf(box.x1), xOf(box.x2)].sort((a, b) => a - b);
        return { drawn, wanted: { x1: xs[0]!, x2: xs[1]!, y1: top + box.y1 * frame.height * scale, y2: top + box.y2 * frame.height * scale } };
      },
      { frame, view, mirrored },
    );
    for (const side of ['x1', 'y1', 'x2', 'y2'] as const) expect(Math.abs(found.drawn[side] - found.wanted[side]), side).toBeLessThanOrEqual(2.5);
  });
}

test('a mirrored view draws its labels unmirrored', async ({ page }) => {
  const same = await page.evaluate(() => {
    const frame = { width: 200, height: 200 };
    const labelOf = (mirrored: boolean): string => {
      const canvas = new OffscreenCanvas(200, 200);
      const context = canvas.getContext('2d')!;
      const box = mirrored ? { x1: 0.45, y1: 0.5, x2: 0.9, y2: 0.9 } : { x1: 0.1, y1: 0.5, x2: 0.55, y2: 0.9 };
      const result = { frameId: 1, tMs: 0, size: frame, objects: [], faces: [{ score: 0.9, box, trackId: null, landmarks: null, mesh: null, facts: null }], poses: [], runs: [], faults: [], timings: { totalMs: 1 }, dropped: 0, backend: 'wasm' } as const;
      const map = globalThis.shapes.unitToView(frame, frame, 'cover', mirrored);
      const safe = { x1: 0, y1: 0, x2: 200, y2: 200 };
      globalThis.draw(context, result, map, { safe, ...globalThis.plain });
      return context.getImageData(20, 76, 80, 18).data.join();
    };
    return labelOf(false) === labelOf(true);
  });
  expect(same).toBe(true);
});
