import { expect } from '@playwright/test';
import { cameraTest } from '../support/fake-camera.ts';
import { photoPath } from '../support/photos.ts';
import { openCameraPage } from './camera-page.ts';

const size = { width: 640, height: 480 };
const test = cameraTest({ photos: [photoPath('sample1.jpg'), photoPath('sample2.jpg')], size, framesPerPhoto: 15 });

test.beforeEach(async ({ page }) => {
  await openCameraPage(page);
});

test('opens once, tells its facts and makes frames of the picture with rising times', async ({ page }) => {
  const seen = await page.evaluate(async (idealSize) => {
    const video = document.querySelector('video')!;
    const opened = await room.openCamera({ facing: 'user', idealSize });
    if (!opened.ok) throw new Error(opened.failure.code);
    const session = opened.value;
    const ledger = new room.FrameLedger();
    const source = new room.VideoFrameSource(video, ledger);
    const frames: { id: number; tMs: number; width: number; height: number; brightness: number }[] = [];
    const context = new OffscreenCanvas(64, 48).getContext('2d', { willReadFrequently: true })!;
    const all = new Promise<void>((done) => {
      const camera = new room.KeptCamera({ session, video, source }, (frame) => {
        context.drawImage(frame.bitmap, 0, 0, 64, 48);
        const pixels = context.getImageData(0, 0, 64, 48).data;
        frames.push({ id: frame.info.id, tMs: frame.info.tMs, ...frame.info.size, brightness: pixels.reduce((sum, v) => sum + v, 0) / pixels.length });
        frame.close();
        if (frames.length === 45) {
          camera.close();
          done();
        }
      });
    });
    await within(all, '45 frames', () => source.counts);
    return { facts: session.facts, frames, counts: source.counts, open: ledger.openFrames, streams: session.streamsOpened, ended: session.track.readyState, lenses: await room.listLenses(), permission: await room.queryCameraPermission() };
  }, size);
  expect(seen.facts).toMatchObject({ size, torchOn: false, controls: { torch: false, zoom: null } });
  expect(seen.lenses.map((lens) => lens.id)).toContain(seen.facts.lensId);
  expect(seen.permission).toBe('granted');
  for (const [i, frame] of seen.frames.entries()) {
    expect(frame).toMatchObject({ id: i + 1, ...size });
    expect(frame.tMs).toBeGreaterThan(i === 0 ? 0 : seen.frames[i - 1]!.tMs);
  }
  const bright = seen.frames.map((frame) => frame.brightness);
  expect(Math.max(...bright) - Math.min(...bright), 'both photos were seen').toBeGreaterThan(5);
  const { made, limited, skipped, hidden, missed, failed } = seen.counts;
  expect(seen.counts.seen).toBe(made + limited + skipped + hidden + missed + failed);
  expect(made).toBe(45);
  expect(seen.open).toBe(0);
  expect(seen.streams).toBe(1);
  expect(seen.ended).toBe('ended');
});

test('takes no more frames than asked, before a bitmap is made', async ({ page }) => {
  const counts = await page.evaluate(async () => {
    const made = { bitmaps: 0, inFlight: 0, most: 0 };
    const real = createImageBitmap;
    globalThis.createImageBitmap = async (...args: unknown[]) => {
      made.bitmaps++;
      made.most = Math.max(made.most, ++made.inFlight);
      try {
        return await (real as (...all: unknown[]) => Promise<ImageBitmap>)(...args);
      } finally {
        made.inFlight--;
      }
    };
    const video = document.querySelector('video')!;
    const opened = await room.openCamera({});
    if (!opened.ok) throw new Error(opened.failure.code);
    const source = new room.VideoFrameSource(video, new room.FrameLedger(), { maxFps: 5 });
    const times: number[] = [];
    const camera = new room.KeptCamera({ session: opened.value, video, source }, (frame) => {
      times.push(frame.info.tMs);
      frame.close();
    });
    await new Promise((done) => setTimeout(done, 3_000));
    const { counts } = source;
    camera.close();
    return { ...counts, ...made, gapsMs: times.slice(1).map((t, i) => t - times[i]!) };
  });
  expect(counts.made).toBeGreaterThan(8);
  expect(counts.made).toBeLessThanOrEqual(16);
  expect(counts.bitmaps).toBeLessThanOrEqual(counts.made + 1);
  expect(counts.most).toBe(1);
  expect(counts.limited).toBeGreaterThan(counts.made);
  expect(Math.min(...counts.gapsMs)).toBeGreaterThan(75);
});

test('gets the picture back: a stopped video is played on, an ended track is opened again', async ({ page }) => {
  const told = await page.evaluate(async () => {
    const video = document.querySelector('video')!;
    const opened = await room.openCamera({});
    if (!opened.ok) throw new Error(opened.failure.code);
    const session = opened.value;
    const ledger = new room.FrameLedger();
    const camera = new room.KeptCamera({ session, video, source: new room.VideoFrameSource(video, ledger) }, (frame) => frame.close());
    const states: string[] = [];
    const facts = (): unknown => ({ states, streams: session.streamsOpened, track: session.track.readyState, muted: session.track.muted, paused: video.paused, ready: video.readyState, hidden: document.hidden });
    const until = (phase: string): Promise<void> => {
      const reached = new Promise<void>((done) => {
        const end = camera.subscribe((state) => {
          if (state.phase !== phase) return;
          end();
          done();
        });
      });
      return within(reached, phase, facts);
    };
    camera.subscribe((state) => states.push(state.phase === 'interrupted' ? state.code : state.phase));
    await until('live');
    const pausedAt = performance.now();
    let back = until('interrupted');
    // A system that stops the video and for a while does not let it go on.
    video.play = () => Promise.reject(new DOMException('not now', 'NotAllowedError'));
    video.pause();
    await back;
    Reflect.deleteProperty(video, 'play');
    const noticedMs = performance.now() - pausedAt;
    await until('live');
    const streamsAfterPause = session.streamsOpened;
    const endedAt = performance.now();
    back = until('live');
    session.track.stop();
    session.track.dispatchEvent(new Event('ended'));
    await back;
    const backMs = performance.now() - endedAt;
    const result = { states, noticedMs, backMs, streamsAfterPause, streamsAfterEnd: session.streamsOpened };
    camera.close();
    return { ...result, phase: camera.state.phase, track: session.track.readyState, source: video.srcObject, open: ledger.openFrames };
  });
  expect(told.states).toEqual(['live', 'frozen', 'restarting', 'live', 'ended', 'restarting', 'live', 'closed']);
  expect(told.noticedMs).toBeLessThan(2_500);
  expect(told.backMs).toBeLessThan(5_000);
  expect(told.streamsAfterPause).toBe(1);
  expect(told.streamsAfterEnd).toBe(2);
  expect(told).toMatchObject({ phase: 'closed', track: 'ended', source: null, open: 0 });
});

test('twenty uses leave no listener, no frame and no running track', async ({ page }) => {
  const left = await page.evaluate(async () => {
    const video = document.querySelector('video')!;
    const ledger = new room.FrameLedger();
    const before = liveListeners();
    const tracks: MediaStreamTrack[] = [];
    let most = 0;
    for (let i = 0; i < 20; i++) {
      const opened = await room.openCamera({});
      if (!opened.ok) throw new Error(opened.failure.code);
      tracks.push(opened.value.track);
      const first = new Promise<void>((done) => {
        const camera = new room.KeptCamera({ session: opened.value, video, source: new room.VideoFrameSource(video, ledger) }, (frame) => {
          frame.close();
          most = Math.max(most, liveListeners());
          camera.close();
          done();
        });
      });
      await within(first, `frame of use ${i + 1}`, () => [opened.value.track.readyState, video.paused, video.readyState]);
    }
    await new Promise((done) => setTimeout(done, 300));
    return { before, after: liveListeners(), most, frames: ledger.openFrames, running: tracks.filter((track) => track.readyState === 'live').length };
  });
  expect(left.most, 'the count sees listeners at all').toBeGreaterThan(left.before);
  expect(left.after).toBe(left.before);
  expect(left).toMatchObject({ frames: 0, running: 0 });
});

test('stops a stream that comes after the abort', async ({ page }) => {
  const told = await page.evaluate(async () => {
    const streams: MediaStream[] = [];
    const real = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
    navigator.mediaDevices.getUserMedia = async (constraints) => {
      const stream = await real(constraints);
      streams.push(stream);
      return stream;
    };
    const giveUp = new AbortController();
    const opening = room.openCamera({ signal: giveUp.signal });
    giveUp.abort();
    const outcome = await opening;
    await holds(() => streams.length > 0 && streams.every((stream) => !stream.active), 'late stream that was stopped', () => streams.map((stream) => stream.active));
    return { code: outcome.ok ? null : outcome.failure.code, states: streams.flatMap((stream) => stream.getTracks().map((track) => track.readyState)) };
  });
  expect(told).toEqual({ code: 'aborted', states: ['ended'] });
});

test('falls back to the old lens when the new one cannot be opened', async ({ page }) => {
  const told = await page.evaluate(async () => {
    const opened = await room.openCamera({});
    if (!opened.ok) throw new Error(opened.failure.code);
    const session = opened.value;
    const events: string[] = [];
    session.subscribe((event) => events.push(event.type));
    const before = session.facts.lensId;
    const switched = await session.switchLens({ lensId: 'no-such-lens' });
    const result = { code: switched.ok ? null : switched.failure.code, same: session.facts.lensId === before, track: session.track.readyState, events };
    const torch = await session.setTorch(true);
    const zoom = await session.setZoom(2);
    session.close();
    const late = await session.reopen();
    return { ...result, torch: torch.ok || torch.failure.code, zoom: zoom.ok || zoom.failure.code, late: late.ok || late.failure.code };
  });
  expect(told).toEqual({
    code: 'overconstrained',
    same: true,
    track: 'live',
    events: ['replacing', 'replacing', 'stream', 'closed'],
    torch: 'not-offered',
    zoom: 'not-offered',
    late: 'aborted',
  });
});

test('goes on without a gap that counts when the video leaves the document and comes back', async ({ page }) => {
  const told = await page.evaluate(async () => {
    const video = document.querySelector('video')!;
    const opened = await room.openCamera({});
    if (!opened.ok) throw new Error(opened.failure.code);
    let frames = 0;
    const camera = new room.KeptCamera({ session: opened.value, video, source: new room.VideoFrameSource(video, new room.FrameLedger()) }, (frame) => {
      frames++;
      frame.close();
    });
    const states: string[] = [];
    camera.subscribe((state) => states.push(state.phase));
    const wait = (ms: number): Promise<unknown> => new Promise((done) => setTimeout(done, ms));
    await holds(() => frames > 0, 'frame', () => states);
    video.remove();
    await wait(500);
    const before = frames;
    await wait(3_000);
    const away = frames - before;
    document.body.append(video);
    await wait(1_000);
    camera.close();
    return { states, away, streams: opened.value.streamsOpened };
  });
  expect(told.states).toEqual(['live', 'closed']);
  expect(told.away).toBeGreaterThan(5);
  expect(told.streams).toBe(1);
});
