import { expect } from '@playwright/test';
import type { FrameResult } from '../../src/pipeline/index.ts';
import type {} from '../../src/ui/app/lintel-app.ts';
import type { BarePage } from '../support/bare-page.ts';
import { openBarePage } from '../support/bare-page.ts';
import { cameraTest } from '../support/fake-camera.ts';
import { photoPath } from '../support/photos.ts';

/** Two faces that are near enough for a small input. */
const picture = { photo: photoPath('sample1.jpg'), part: { x1: 0.1, y1: 0.15, x2: 0.65, y2: 0.75 } };
const test = cameraTest({ photos: [picture], size: { width: 640, height: 480 }, framesPerPhoto: 1 });
test.setTimeout(240_000);

interface Noted {
  readonly phases: string[];
  readonly boxesAtMs: number[];
  readonly events: string[];
  readonly locks: WakeLockSentinel[];
  asks: number;
}

declare global {
  /** What happened in the page, in order. */
  var noted: Noted;
}

let page: BarePage;

test.beforeEach(async ({ browser, baseURL }) => {
  page = await openBarePage(browser, `${baseURL}/`, [noteAll]);
  await startLive();
});

test.afterEach(() => page.close());

test('rests while it is hidden, holding the screen no longer, and is live within 2 s when it is seen again, with the same stream', async () => {
  await expect.poll(heldLocks).toBe(1);
  await page.hide();
  await expect.poll(isHidden).toBe(true);
  // What was begun may end.
  await page.evaluate(() => new Promise((done) => setTimeout(done, 500)), null);
  const before = await counts();
  await new Promise((done) => setTimeout(done, 4000));
  const after = await counts();
  expect(after, 'nothing is looked at').toEqual(before);
  expect(await heldLocks()).toBe(0);
  expect(await shownBoxes()).toBe(0);
  await page.show();
  expect(await msUntilBoxes('visible')).toBeLessThan(2000);
  expect(await page.evaluate(() => noted.phases, null)).toEqual(['live']);
  expect((await counts()).asks).toBe(before.asks);
  await expect.poll(heldLocks).toBe(1);
  await page.evaluate(() => document.querySelector('lintel-app')!.parts!.session.stop(), null);
  await expect.poll(heldLocks).toBe(0);
});

test('is live again after a freeze, without an alarm: the clock that jumped is not taken for a camera that stopped', async () => {
  await page.freeze();
  await new Promise((done) => setTimeout(done, 6000));
  await page.thaw();
  await page.show();
  expect(await msUntilBoxes('visible')).toBeLessThan(2000);
  const { events, phases } = await page.evaluate(() => noted, null);
  expect(events).toEqual(['hidden', 'freeze', 'resume', 'visible']);
  expect(phases).toEqual(['live']);
  await expect.poll(heldLocks).toBe(1);
});

test('finds out at once that the camera went while it was frozen, and gets it back', { tag: '@long' }, async () => {
  await page.evaluate(() => {
    // The track ends without an event, as in browsers that let go of the devices of frozen pages.
    document.addEventListener('freeze', () => trackOf().stop());
    function trackOf(): MediaStreamTrack {
      const stream = document.querySelector('lintel-app')!.parts!.session.element as HTMLVideoElement;
      return (stream.srcObject as MediaStream).getVideoTracks()[0]!;
    }
  }, null);
  await page.freeze();
  await new Promise((done) => setTimeout(done, 1500));
  await page.thaw();
  await page.show();
  // Half a second until the first try, and the camera's start.
  expect(await msUntilBoxes('visible')).toBeLessThan(5000);
  expect(await page.evaluate(() => noted.phases, null)).toEqual(['live', 'interrupted', 'live']);
});

test('goes on when the system is short of memory', { tag: '@long' }, async () => {
  for (const level of ['moderate', 'critical'] as const) await page.command('Memory.simulatePressureNotification', { level });
  await page.command('HeapProfiler.collectGarbage');
  const before = await page.evaluate(() => performance.now(), null);
  await expect.poll(() => page.evaluate((sinceMs) => noted.boxesAtMs.filter((atMs) => atMs > sinceMs).length, before), { timeout: 20_000 }).toBeGreaterThan(5);
  expect(await page.evaluate(() => noted.phases, null)).toEqual(['live']);
});

test('draws its boxes where the faces are after the screen was turned, in a picture that is not stretched', { tag: '@long' }, async () => {
  for (const [width, height, angle, type] of [
    [390, 844, 0, 'portraitPrimary'],
    [844, 390, 90, 'landscapePrimary'],
  ] as const) {
    await page.command('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: 1, mobile: true, screenOrientation: { angle, type } });
    const sinceMs = await page.evaluate(() => performance.now(), null);
    await expect.poll(() => page.evaluate((since) => noted.boxesAtMs.filter((atMs) => atMs > since + 500).length, sinceMs), { timeout: 20_000 }).toBeGreaterThan(0);
    const seen = await page.evaluate(lookAtStage, null);
    expect(seen.canvas).toEqual(seen.view);
    expect(['contain', 'cover']).toContain(seen.objectFit);
    expect(seen.boxes.length).toBeGreaterThan(0);
    // The same by hand: scaled in one way in both directions, centred, mirrored as it is shown.
    const scale = (seen.objectFit === 'cover' ? Math.max : Math.min)(seen.view.width / 640, seen.view.height / 480);
    for (const { x1, x2, y2 } of seen.boxes) {
      const middle = (x1 + x2) / 2;
      const x = Math.round(seen.view.width / 2 + ((seen.mirrored ? 1 - middle : middle) - 0.5) * 640 * scale);
      const y = Math.round(seen.view.height / 2 + (y2 - 0.5) * 480 * scale);
      if (x < 0 || x >= seen.view.width || y < 4 || y >= seen.view.height - 4) continue;
      const column = [-4, -3, -2, -1, 0, 1, 2, 3, 4].map((dy) => seen.alpha[(y + dy) * seen.view.width + x] ?? 0);
      expect(Math.max(...column), `ink at the lower border of a face at ${x}, ${y}, ${type}`).toBeGreaterThan(0);
    }
  }
  expect(await page.evaluate(() => noted.phases, null)).toEqual(['live']);
});

/** Runs in the page before its own scripts. */
function noteAll(): void {
  globalThis.noted = { phases: [], boxesAtMs: [], events: [], locks: [], asks: 0 };
  document.addEventListener('frame-result', (event) => {
    if ((event as CustomEvent<FrameResult>).detail.faces.length > 0) noted.boxesAtMs.push(performance.now());
  });
  for (const name of ['freeze', 'resume']) document.addEventListener(name, () => noted.events.push(name));
  document.addEventListener('visibilitychange', () => {
    noted.events.push(document.visibilityState);
    performance.mark(document.visibilityState);
  });
  const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  navigator.mediaDevices.getUserMedia = (constraints) => {
    noted.asks++;
    return ask(constraints);
  };
  const lock = navigator.wakeLock.request.bind(navigator.wakeLock);
  navigator.wakeLock.request = async (type) => {
    const held = await lock(type);
    noted.locks.push(held);
    return held;
  };
}

async function startLive(): Promise<void> {
  await expect.poll(() => page.evaluate(() => document.querySelector('lintel-app')?.parts !== undefined && document.querySelector('lintel-app')?.parts !== null, null), { timeout: 60_000 }).toBe(true);
  await page.evaluate(() => {
    const { settings, session } = document.querySelector('lintel-app')!.parts!;
    settings.change({ backend: 'wasm', tasks: ['faces'], inputSize: 256, targetFps: 10 });
    session.subscribe({
      onState: ({ phase }) => {
        if (phase !== 'starting-camera' && noted.phases.at(-1) !== phase && (phase === 'live' || noted.phases.length > 0)) noted.phases.push(phase);
      },
    });
    void session.startCamera();
  }, null);
  await expect.poll(() => page.evaluate(() => noted.boxesAtMs.length, null), { timeout: 60_000 }).toBeGreaterThan(2);
  await page.evaluate(() => {
    noted.events.length = 0;
    performance.clearMarks();
  }, null);
}

function isHidden(): Promise<boolean> {
  return page.evaluate(() => document.hidden, null);
}

function heldLocks(): Promise<number> {
  return page.evaluate(() => noted.locks.filter(({ released }) => !released).length, null);
}

/** How much was looked at, and how often the browser was asked for a camera. */
function counts(): Promise<{ readonly framesDone: number; readonly asks: number }> {
  return page.evaluate(async () => {
    const engine = await document.querySelector('lintel-app')!.parts!.pipeline.counts();
    return { framesDone: engine?.framesDone ?? -1, asks: noted.asks };
  }, null);
}

function shownBoxes(): Promise<number> {
  return page.evaluate(() => document.querySelector('lintel-app')!.parts!.session.result?.faces.length ?? 0, null);
}

/** From the last event of that name to the first boxes after it. */
function msUntilBoxes(mark: DocumentVisibilityState): Promise<number> {
  return page.evaluate(async (name) => {
    for (;;) {
      const fromMs = performance.getEntriesByName(name, 'mark').at(-1)?.startTime ?? Infinity;
      const boxesMs = noted.boxesAtMs.find((atMs) => atMs > fromMs);
      if (boxesMs !== undefined) return boxesMs - fromMs;
      if (performance.now() - fromMs > 30_000) return Infinity;
      await new Promise((done) => setTimeout(done, 20));
    }
  }, mark);
}

/** Runs in the page: the boxes that are shown, and the ink over the picture. */
function lookAtStage() {
  const { session } = document.querySelector('lintel-app')!.parts!;
  const stage = document.querySelector('lintel-app')!.shadowRoot!.querySelector('lintel-live')!.shadowRoot!.querySelector('lintel-stage')!;
  const canvas = stage.shadowRoot!.querySelector<HTMLCanvasElement>('canvas.overlay')!;
  const { width, height } = canvas;
  const { data } = canvas.getContext('2d')!.getImageData(0, 0, width, height);
  const shown = stage.getBoundingClientRect();
  return {
    boxes: (session.result?.faces ?? []).map(({ box }) => box),
    alpha: Array.from(data.filter((_, i) => i % 4 === 3)),
    canvas: { width, height },
    view: { width: Math.round(shown.width), height: Math.round(shown.height) },
    objectFit: getComputedStyle(session.element).objectFit,
    mirrored: session.state.mirrored,
  };
}
