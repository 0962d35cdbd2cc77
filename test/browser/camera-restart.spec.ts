import { expect } from '@playwright/test';
import { cameraTest } from '../support/fake-camera.ts';
import { photoPath } from '../support/photos.ts';
import { openCameraPage } from './camera-page.ts';

const test = cameraTest({ photos: [photoPath('sample1.jpg')], size: { width: 320, height: 240 }, framesPerPhoto: 1 });

declare global {
  /** How `getUserMedia` fails from now on; null lets it through to the browser. */
  var failWith: string | null;
  var asks: number;
  /** A running camera whose page can be hidden by hand. */
  var keep: () => Promise<{ camera: InstanceType<typeof room.KeptCamera>; states: string[]; hide: (hidden: boolean) => void; unplug: () => void; until: (state: string) => Promise<number> }>;
}

test.beforeEach(async ({ page }) => {
  await openCameraPage(page);
  await page.evaluate(() => {
    globalThis.failWith = null;
    globalThis.asks = 0;
    const real = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
    navigator.mediaDevices.getUserMedia = (constraints) => {
      asks++;
      return failWith === null ? real(constraints) : Promise.reject(new DOMException('made to fail', failWith));
    };
    globalThis.keep = async () => {
      const video = document.querySelector('video')!;
      const opened = await room.openCamera({});
      if (!opened.ok) throw new Error(opened.failure.code);
      const visibility = Object.assign(new EventTarget(), { hidden: false });
      const pagePort = visibility as unknown as Document;
      const source = new room.VideoFrameSource(video, new room.FrameLedger(), { page: pagePort });
      const camera = new room.KeptCamera({ session: opened.value, video, source }, (frame) => frame.close(), { page: pagePort });
      const states: string[] = [];
      const name = (state: typeof camera.state): string =>
        state.phase === 'interrupted' ? state.code : state.phase === 'restarting' ? `${state.phase} ${state.attempt} ${state.failure?.code ?? ''}`.trim() : state.phase;
      camera.subscribe((state) => states.push(name(state)));
      return {
        camera,
        states,
        hide: (hidden) => {
          visibility.hidden = hidden;
          visibility.dispatchEvent(new Event('visibilitychange'));
        },
        unplug: () => {
          opened.value.track.stop();
          opened.value.track.dispatchEvent(new Event('ended'));
        },
        until: (wanted) => {
          const began = performance.now();
          const reached = new Promise<number>((done) => {
            if (name(camera.state) === wanted) done(0);
            const end = camera.subscribe((state) => {
              if (name(state) !== wanted) return;
              end();
              done(performance.now() - began);
            });
          });
          return within(reached, wanted, () => [states, opened.value.track.readyState]);
        },
      };
    };
  });
});

test('tries a busy camera again with growing waits, and at once when a device is plugged in', async ({ page }) => {
  const told = await page.evaluate(async () => {
    const { camera, states, unplug, until } = await keep();
    await until('live');
    failWith = 'NotReadableError';
    unplug();
    const waits = [await until('restarting 1'), await until('restarting 2 busy'), await until('restarting 3 busy')];
    await new Promise((done) => setTimeout(done, 100));
    failWith = null;
    navigator.mediaDevices.dispatchEvent(new Event('devicechange'));
    const backMs = await until('live');
    camera.close();
    return { states, waits, backMs };
  });
  expect(told.states).toEqual(['live', 'ended', 'restarting 1', 'restarting 2 busy', 'restarting 3 busy', 'restarting 1 busy', 'live', 'closed']);
  for (const [i, ms] of [500, 1_000, 2_000].entries()) {
    expect(told.waits[i]).toBeGreaterThan(ms - 50);
    expect(told.waits[i]).toBeLessThan(ms + 900);
  }
  expect(told.backMs).toBeLessThan(2_500);
});

test('does not open a camera behind a hidden page, and does it when the page is seen again', async ({ page }) => {
  const told = await page.evaluate(async () => {
    const { camera, states, hide, unplug, until } = await keep();
    await until('live');
    hide(true);
    const before = asks;
    unplug();
    await new Promise((done) => setTimeout(done, 1_500));
    const whileHidden = asks - before;
    hide(false);
    await until('live');
    camera.close();
    return { states, whileHidden, after: asks - before };
  });
  expect(told.states).toEqual(['live', 'ended', 'restarting 1', 'live', 'closed']);
  expect(told.whileHidden).toBe(0);
  expect(told.after).toBe(1);
});

test('silence behind a hidden page is no freeze', async ({ page }) => {
  const states = await page.evaluate(async () => {
    const { camera, states, hide, until } = await keep();
    await until('live');
    document.querySelector('video')!.pause();
    hide(true);
    await new Promise((done) => setTimeout(done, 2_600));
    hide(false);
    await new Promise((done) => setTimeout(done, 1_000));
    const paused = document.querySelector('video')!.paused;
    camera.close();
    return [...states, paused];
  });
  expect(states).toEqual(['live', 'closed', false]);
});

test('a change of lens is no interruption, and one that fails leaves the old lens live', async ({ page }) => {
  const told = await page.evaluate(async () => {
    const { camera, states, until } = await keep();
    await until('live');
    const { session } = camera;
    const first = session.stream;
    const [switched, failed] = await Promise.all([session.switchLens({ lensId: session.facts.lensId }), session.switchLens({ lensId: 'none such' })]);
    await new Promise((done) => setTimeout(done, 1_500));
    const video = document.querySelector('video')!;
    const result = { switched: switched.ok, failed: failed.ok, old: first.active, plays: video.srcObject === session.stream, streams: session.streamsOpened };
    camera.close();
    return { ...result, states };
  });
  expect(told).toEqual({ switched: true, failed: false, old: false, plays: true, streams: 3, states: ['live', 'closed'] });
});

test('closing in the middle of a restart leaves no stream behind', async ({ page }) => {
  const told = await page.evaluate(async () => {
    const { camera, unplug, until } = await keep();
    await until('live');
    const before = liveListeners();
    const streams: MediaStream[] = [];
    const real = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
    navigator.mediaDevices.getUserMedia = async (constraints) => {
      const stream = await real(constraints);
      streams.push(stream);
      return stream;
    };
    unplug();
    await until('restarting 1');
    await holds(() => asks > 1, 'second ask', () => asks);
    camera.close();
    await holds(() => streams.length > 0 && streams.every((stream) => !stream.active), 'late stream that was stopped', () => streams.map((stream) => stream.active));
    return { active: streams.map((stream) => stream.active), phase: camera.state.phase, source: document.querySelector('video')!.srcObject, before, after: liveListeners() };
  });
  expect(told).toMatchObject({ active: [false], phase: 'closed', source: null, after: 0 });
  expect(told.before).toBeGreaterThan(0);
});
