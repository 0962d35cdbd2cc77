import { expect, test } from '@playwright/test';
import type * as drawing from '../../src/ui/live/draw-overlay.ts';
import type { OverlayStyle } from '../../src/ui/live/overlay-style.ts';
import type * as geometry from '../../src/geometry/index.ts';
import type * as landmarks from '../../src/landmarks/index.ts';
import type * as madePoints from '../support/made-points.ts';

declare global {
  var draw: typeof drawing.drawOverlay;
  var shapes: typeof geometry;
  var tables: typeof landmarks;
  var made: typeof madePoints;
  /** A style of the overlay without a language. */
  var plain: Omit<OverlayStyle, 'safe'>;
}

test.beforeEach(async ({ page }) => {
  await page.route('**/blank.html', (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>blank</title>' }));
  await page.goto('/blank.html');
  const content = `import { drawOverlay } from '/src/ui/live/draw-overlay.ts';
    import * as shapes from '/src/geometry/index.ts';
    import * as tables from '/src/landmarks/index.ts';
    import * as made from '/test/support/made-points.ts';
    Object.assign(globalThis, { shapes, tables, made, draw: drawOverlay });`;
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
        const face = { score: 0.9, box, trackId: null, landmarks: null, mesh: null, facts: null, evidence: null };
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
      const result = { frameId: 1, tMs: 0, size: frame, objects: [], faces: [{ score: 0.9, box, trackId: null, landmarks: null, mesh: null, facts: null, evidence: null }], poses: [], runs: [], faults: [], timings: { totalMs: 1 }, dropped: 0, backend: 'wasm' } as const;
      const map = globalThis.shapes.unitToView(frame, frame, 'cover', mirrored);
      const safe = { x1: 0, y1: 0, x2: 200, y2: 200 };
      globalThis.draw(context, result, map, { safe, ...globalThis.plain });
      return context.getImageData(20, 76, 80, 18).data.join();
    };
    return labelOf(false) === labelOf(true);
  });
  expect(same).toBe(true);
});

const phone = { width: 390, height: 844 };
const laptop = { width: 940, height: 800 };

for (const [name, view, mirrored] of [
  ['a phone', phone, false],
  ['a mirrored laptop', laptop, true],
] as const) {
  test(`points are drawn where they are on ${name}`, async ({ page }) => {
    const bare = await page.evaluate(
      ({ view, mirrored }) => {
        const frame = { width: 960, height: 1280 };
        const map = globalThis.shapes.unitToView(frame, view, 'contain', mirrored);
        const safe = { x1: 0, y1: 0, x2: 1, y2: 1 };
        const inkAt = (result: Parameters<typeof globalThis.draw>[1], list: { xy: Float32Array }, indices: readonly number[]): number[] => {
          const context = new OffscreenCanvas(view.width, view.height).getContext('2d')!;
          globalThis.draw(context, result, map, { ...globalThis.plain, faceBoxes: false, safe });
          return indices.filter((index) => {
            const { x, y } = globalThis.shapes.applyToPoint(map, { x: list.xy[2 * index]!, y: list.xy[2 * index + 1]! });
            return context.getImageData(Math.round(x) - 1, Math.round(y) - 1, 2, 2).data.every((_, i, data) => i % 4 !== 3 || data[i]! < 40);
          });
        };
        const face = globalThis.made.madeFace({ x1: 0.2, y1: 0.1, x2: 0.8, y2: 0.55 }, 1);
        const body = globalThis.made.madeBody({ x1: 0.2, y1: 0.1, x2: 0.8, y2: 0.9 }, 1);
        const { madeResult } = globalThis.made;
        const all = (count: number): number[] => Array.from({ length: count }, (_, i) => i);
        return {
          landmarks: inkAt(madeResult(frame, { faces: [{ ...face, mesh: null }] }), face.landmarks!, all(68)),
          mesh: inkAt(madeResult(frame, { faces: [{ ...face, landmarks: null }] }), face.mesh!, all(468)),
          body: inkAt(madeResult(frame, { poses: [body] }), body.points, all(17)),
        };
      },
      { view, mirrored },
    );
    expect(bare).toEqual({ landmarks: [], mesh: [], body: [] });
  });
}

test('a body is blue on its own left and orange on its own right, in a mirror too', async ({ page }) => {
  const wrists = await page.evaluate(() => {
    const frame = { width: 400, height: 400 };
    return [false, true].map((mirrored) => {
      const context = new OffscreenCanvas(400, 400).getContext('2d')!;
      const body = globalThis.made.madeBody({ x1: 0.1, y1: 0.1, x2: 0.9, y2: 0.9 }, 1);
      const map = globalThis.shapes.unitToView(frame, frame, 'cover', mirrored);
      globalThis.draw(context, globalThis.made.madeResult(frame, { poses: [body] }), map, { ...globalThis.plain, safe: { x1: 0, y1: 0, x2: 1, y2: 1 } });
      return ([9, 10] as const).map((index) => {
        const { x, y } = globalThis.shapes.applyToPoint(map, { x: body.points.xy[2 * index]!, y: body.points.xy[2 * index + 1]! });
        return { onTheRight: x > 200, colour: [...context.getImageData(Math.round(x), Math.round(y), 1, 1).data.slice(0, 3)] };
      });
    });
  });
  const left = [0x56, 0xb4, 0xe9];
  const right = [0xe6, 0x9f, 0x00];
  expect(wrists).toEqual([
    [{ onTheRight: true, colour: left }, { onTheRight: false, colour: right }],
    [{ onTheRight: false, colour: left }, { onTheRight: true, colour: right }],
  ]);
});

test('what is outside of the frame, unsure or too small is left out', async ({ page }) => {
  const ink = await page.evaluate(() => {
    const size = { width: 400, height: 400 };
    const { madeBody, madeFace, madeResult, listOf } = globalThis.made;
    const inkOf = (result: Parameters<typeof globalThis.draw>[1]): number => {
      const context = new OffscreenCanvas(size.width, size.height).getContext('2d')!;
      globalThis.draw(context, result, globalThis.shapes.unitToView(size, size, 'cover', false), { ...globalThis.plain, faceBoxes: false, safe: { x1: 0, y1: 0, x2: 1, y2: 1 } });
      return context.getImageData(0, 0, size.width, size.height).data.filter((value, i) => i % 4 === 3 && value > 0).length;
    };
    const box = { x1: 0.1, y1: 0.1, x2: 0.9, y2: 0.9 };
    const body = madeBody(box, 1);
    const unsure = { ...body, points: { ...body.points, scores: new Float32Array(17).fill(0.1) } };
    // Half of the body is under the lower border of the frame: no line may lead there.
    const below = body.points.xy.map((value, i) => (i % 2 === 1 ? value + 0.45 : value));
    const half = { ...body, points: listOf(below) };
    const tiny = madeFace({ x1: 0.5, y1: 0.5, x2: 0.53, y2: 0.53 }, 1);
    const broken = { ...body, points: { ...body.points, xy: new Float32Array(3) } };
    return {
      whole: inkOf(madeResult(size, { poses: [body] })),
      half: inkOf(madeResult(size, { poses: [half] })),
      unsure: inkOf(madeResult(size, { poses: [unsure] })),
      tiny: inkOf(madeResult(size, { faces: [tiny] })),
      broken: inkOf(madeResult(size, { poses: [broken] })),
      face: inkOf(madeResult(size, { faces: [madeFace(box, 1)] })),
    };
  });
  expect(ink.whole).toBeGreaterThan(1000);
  expect(ink.half).toBeGreaterThan(ink.whole * 0.2);
  expect(ink.half).toBeLessThan(ink.whole * 0.7);
  expect(ink.face).toBeGreaterThan(1000);
  expect([ink.unsure, ink.tiny]).toEqual([0, 0]);
  expect(ink.broken).toBeLessThan(ink.whole * 0.5);
});

test('thirty people with meshes cost a few strokes each, however many points they have', async ({ page }) => {
  const calls = await page.evaluate((view) => {
    const { madeBody, madeFace, madeResult } = globalThis.made;
    const faces = Array.from({ length: 30 }, (_, i) => {
      const x1 = (i % 6) / 6;
      const y1 = Math.floor(i / 6) / 5;
      return { face: madeFace({ x1: x1 + 0.02, y1, x2: x1 + 0.14, y2: y1 + 0.12 }, i + 1), body: madeBody({ x1, y1, x2: x1 + 0.16, y2: y1 + 0.2 }, i + 1) };
    });
    const result = madeResult({ width: 1280, height: 960 }, { faces: faces.map(({ face }) => face), poses: faces.map(({ body }) => body) });
    const context = new OffscreenCanvas(view.width, view.height).getContext('2d')!;
    const drawing = OffscreenCanvasRenderingContext2D.prototype as Record<'stroke' | 'fill' | 'beginPath', () => void>;
    const calls = { stroke: 0, fill: 0, beginPath: 0 };
    for (const name of ['stroke', 'fill', 'beginPath'] as const) {
      const own = (): void => drawing[name].call(context);
      context[name] = () => {
        calls[name]++;
        own();
      };
    }
    const map = globalThis.shapes.unitToView(result.size, view, 'cover', false);
    const style = { ...globalThis.plain, safe: { x1: 0, y1: 0, x2: view.width, y2: view.height } };
    globalThis.draw(context, result, map, style);
    return calls;
  }, laptop);
  expect(calls.stroke).toBeGreaterThan(30);
  expect(calls.stroke).toBeLessThan(30 * 26);
  expect(calls.fill).toBeLessThan(30 * 12);
});
