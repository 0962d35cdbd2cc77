import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CameraSession, KeptCameraState, VideoFrameSource } from '../../src/camera/index.ts';
import { KeptCamera, openCamera } from '../../src/camera/index.ts';
import { phone } from './phone.ts';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

async function open(device: ReturnType<typeof phone>): Promise<CameraSession> {
  const opened = await openCamera({ facing: 'environment' }, device.platform);
  if (!opened.ok) throw new Error(opened.failure.detail);
  return opened.value;
}

/** What a promise came to so far. */
function outcomeOf<T>(promise: Promise<T>): { readonly value: () => T | 'open' } {
  let value: T | 'open' = 'open';
  void promise.then((settled) => (value = settled));
  return { value: () => value };
}

/** A video that plays only as far as the test lets it. */
class Video extends EventTarget {
  paused = true;
  srcObject: unknown = null;
  playing: () => Promise<void> = () => Promise.resolve();

  play(): Promise<void> {
    this.paused = false;
    return this.playing();
  }

  stop(): void {
    this.paused = true;
    this.dispatchEvent(new Event('pause'));
  }
}

async function keep(device: ReturnType<typeof phone>) {
  const session = await open(device);
  const video = new Video();
  let picture: () => void = () => undefined;
  const source = {
    start: (_: unknown, onSeen: () => void) => (picture = onSeen),
    stop: () => (picture = () => undefined),
  } as unknown as VideoFrameSource;
  const page = Object.assign(new EventTarget(), { hidden: false });
  const states: string[] = [];
  const name = (state: KeptCameraState): string => (state.phase === 'interrupted' ? state.code : state.phase === 'restarting' ? `restarting ${state.failure?.code ?? ''}`.trim() : state.phase);
  const camera = new KeptCamera({ session, video: video as unknown as HTMLVideoElement, source }, () => undefined, { platform: device.platform, page: page as unknown as Document });
  camera.subscribe((state) => states.push(name(state)));
  return { camera, session, video, page, states, picture: () => picture() };
}

describe('a session in a browser that does not answer', () => {
  it('calls a granted camera busy that does not start in time, and stops it when it starts late', async () => {
    const device = phone();
    const session = await open(device);
    device.hangs.add('getUserMedia');
    const reopened = outcomeOf(session.reopen());
    await vi.advanceTimersByTimeAsync(9_900);
    expect(reopened.value()).toBe('open');
    await vi.advanceTimersByTimeAsync(200);
    expect(reopened.value()).toMatchObject({ ok: false, failure: { code: 'busy' } });
    device.answer();
    await vi.advanceTimersByTimeAsync(0);
    expect(device.tracks.map((track) => track.readyState)).toEqual(['ended', 'ended']);
    device.hangs.clear();
    expect(await session.reopen()).toMatchObject({ ok: true, value: { lensId: 'back' } });
    expect(session.streamsOpened).toBe(2);
    session.close();
  });

  it('lets a question stand for as long as it may be answered, and takes a late answer', async () => {
    const device = phone();
    const session = await open(device);
    device.hangs.add('getUserMedia');
    device.permission.state = 'prompt';
    const reopened = outcomeOf(session.reopen());
    await vi.advanceTimersByTimeAsync(95_000);
    expect(reopened.value()).toBe('open');
    device.permission.state = 'granted';
    // The camera has the whole time for its start from the answer on.
    await vi.advanceTimersByTimeAsync(9_000);
    expect(reopened.value()).toBe('open');
    device.answer();
    await vi.advanceTimersByTimeAsync(0);
    expect(reopened.value()).toMatchObject({ ok: true });
    expect(device.tracks.at(-1)?.readyState).toBe('live');
    session.close();
  });

  it('takes a question that nobody answers for dismissed', async () => {
    const device = phone();
    const session = await open(device);
    device.hangs.add('getUserMedia').add('query');
    const reopened = outcomeOf(session.reopen());
    await vi.advanceTimersByTimeAsync(115_000);
    expect(reopened.value()).toBe('open');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(reopened.value()).toMatchObject({ ok: false, failure: { code: 'dismissed' } });
    session.close();
  });

  it('waits for the person without an end when the camera is opened first', async () => {
    const device = phone();
    device.hangs.add('getUserMedia');
    device.permission.state = 'prompt';
    const giveUp = new AbortController();
    const opened = outcomeOf(openCamera({ signal: giveUp.signal }, device.platform));
    await vi.advanceTimersByTimeAsync(600_000);
    expect(opened.value()).toBe('open');
    giveUp.abort();
    await vi.advanceTimersByTimeAsync(0);
    expect(opened.value()).toMatchObject({ ok: false, failure: { code: 'aborted' } });
  });

  it('calls a camera busy that never starts though nobody has to be asked, the first time too', async () => {
    const device = phone();
    device.hangs.add('getUserMedia');
    const opened = outcomeOf(openCamera({}, device.platform));
    await vi.advanceTimersByTimeAsync(10_100);
    expect(opened.value()).toMatchObject({ ok: false, failure: { code: 'busy' } });
    device.answer();
    await vi.advanceTimersByTimeAsync(0);
    expect(device.tracks.map((track) => track.readyState)).toEqual(['ended']);
  });

  it('opens its own lens when the list of lenses does not come', async () => {
    const device = phone();
    const session = await open(device);
    device.hangs.add('enumerateDevices');
    const reopened = outcomeOf(session.reopen());
    await vi.advanceTimersByTimeAsync(3_000);
    expect(reopened.value()).toMatchObject({ ok: true, value: { lensId: 'back' } });
    session.close();
  });

  it('says that a torch refused which never answers', async () => {
    const device = phone();
    const session = await open(device);
    device.tracks[0]!.hangs = true;
    const lit = outcomeOf(session.setTorch(true));
    await vi.advanceTimersByTimeAsync(3_000);
    expect(lit.value()).toMatchObject({ ok: false, failure: { code: 'refused' } });
    session.close();
  });
});

describe('a kept camera in a browser that does not answer', () => {
  it('opens the camera again when playing on never settles', async () => {
    const device = phone();
    const { camera, session, video, states, picture } = await keep(device);
    picture();
    video.playing = () => Promise.reject(new DOMException('not now', 'NotAllowedError'));
    video.play = () => video.playing();
    video.stop();
    await vi.advanceTimersByTimeAsync(2_000);
    expect(states).toEqual(['live', 'frozen']);
    video.playing = () => new Promise(() => undefined);
    await vi.advanceTimersByTimeAsync(500);
    expect(states.at(-1)).toBe('restarting');
    await vi.advanceTimersByTimeAsync(2_900);
    expect(session.streamsOpened).toBe(1);
    await vi.advanceTimersByTimeAsync(200);
    expect(session.streamsOpened).toBe(2);
    picture();
    expect(states).toEqual(['live', 'frozen', 'restarting', 'live']);
    camera.close();
  });

  it('leaves the stream alone when pictures come though playing on never settles', async () => {
    const device = phone();
    const { camera, session, video, states, picture } = await keep(device);
    picture();
    video.play = () => new Promise(() => undefined);
    video.stop();
    await vi.advanceTimersByTimeAsync(2_600);
    expect(states.at(-1)).toBe('restarting');
    picture();
    const pictures = setInterval(picture, 100);
    await vi.advanceTimersByTimeAsync(10_000);
    clearInterval(pictures);
    expect(states).toEqual(['live', 'frozen', 'restarting', 'live']);
    expect(session.streamsOpened).toBe(1);
    camera.close();
  });

  it('opens no camera behind a page that was hidden while playing on was waited for', async () => {
    const device = phone();
    const { camera, session, video, page, picture } = await keep(device);
    picture();
    video.play = () => new Promise(() => undefined);
    video.stop();
    await vi.advanceTimersByTimeAsync(2_600);
    page.hidden = true;
    page.dispatchEvent(new Event('visibilitychange'));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(session.streamsOpened).toBe(1);
    video.paused = false;
    page.hidden = false;
    page.dispatchEvent(new Event('visibilitychange'));
    await vi.advanceTimersByTimeAsync(0);
    expect(session.streamsOpened).toBe(2);
    camera.close();
  });

  it('goes on trying when a granted camera never starts, and is live when it does', async () => {
    const device = phone();
    const { camera, states, picture } = await keep(device);
    picture();
    device.hangs.add('getUserMedia');
    device.tracks[0]!.stop();
    device.tracks[0]!.dispatchEvent(new Event('ended'));
    await vi.advanceTimersByTimeAsync(30_000);
    expect(states).toEqual(['live', 'ended', 'restarting', 'restarting busy', 'restarting busy']);
    device.hangs.clear();
    device.answer();
    await vi.advanceTimersByTimeAsync(20_000);
    picture();
    expect(states.at(-1)).toBe('live');
    expect(device.tracks.filter((track) => track.readyState === 'live')).toHaveLength(1);
    camera.close();
    expect(device.tracks.every((track) => track.readyState === 'ended')).toBe(true);
  });

  it('looks again at a track that is lost while the last restart still waits for its torch', async () => {
    const device = phone();
    const { camera, session, states, picture } = await keep(device);
    picture();
    await session.setTorch(true);
    const lose = (): void => {
      device.tracks.at(-1)!.stop();
      device.tracks.at(-1)!.dispatchEvent(new Event('ended'));
    };
    lose();
    await vi.advanceTimersByTimeAsync(400);
    // The next track takes the torch's wish and never answers it.
    const proto = Object.getPrototypeOf(device.tracks[0]) as { applyConstraints: unknown };
    const real = proto.applyConstraints;
    proto.applyConstraints = () => new Promise(() => undefined);
    await vi.advanceTimersByTimeAsync(200);
    expect(session.streamsOpened).toBe(2);
    proto.applyConstraints = real;
    lose();
    await vi.advanceTimersByTimeAsync(10_000);
    picture();
    expect(session.streamsOpened).toBe(3);
    expect(states.at(-1)).toBe('live');
    camera.close();
  });
});
