import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CameraSession } from '../../src/camera/index.ts';
import { awaitCamera } from '../../src/camera/index.ts';
import { phone } from './phone.ts';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

function wait(device: ReturnType<typeof phone>, wants: () => boolean = () => true) {
  const page = Object.assign(new EventTarget(), { hidden: false });
  const beganMs = performance.now();
  const asksMs: number[] = [];
  const ask = device.platform.media!.getUserMedia.bind(device.platform.media);
  const devices = Object.assign(new EventTarget(), {
    enumerateDevices: device.platform.media!.enumerateDevices.bind(device.platform.media),
    getUserMedia: (constraints: MediaStreamConstraints) => {
      asksMs.push(performance.now() - beganMs);
      return ask(constraints);
    },
  });
  const sessions: CameraSession[] = [];
  const end = awaitCamera({}, wants, (session) => sessions.push(session), { platform: { ...device.platform, media: devices }, page: page as unknown as Document });
  return { page, asksMs, sessions, end, plugIn: () => devices.dispatchEvent(new Event('devicechange')) };
}

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

describe('a camera that could not be had', () => {
  it('is asked for with growing waits, and taken once when it is free', async () => {
    const device = phone();
    device.broken.add('back');
    const { asksMs, sessions } = wait(device);
    await pass(16_000);
    expect(asksMs).toEqual([500, 1_500, 3_500, 7_500, 11_500, 15_500]);
    device.broken.clear();
    await pass(60_000);
    expect(sessions.map(({ track }) => track.readyState)).toEqual(['live']);
    expect(asksMs).toHaveLength(7);
    sessions[0]!.close();
  });

  it('is asked for half a second after the last try when a device is plugged in, however often that is told', async () => {
    const device = phone();
    device.broken.add('back');
    const { asksMs, end, plugIn } = wait(device);
    await pass(7_600);
    for (let i = 0; i < 100; i++) {
      plugIn();
      await pass(20);
    }
    const gapsMs = asksMs.slice(3).map((atMs, i, all) => atMs - (all[i - 1] ?? -Infinity));
    expect(Math.min(...gapsMs)).toBeGreaterThanOrEqual(500);
    expect(asksMs.length).toBeGreaterThan(6);
    end();
  });

  it('is not asked for while a question could come up, while nobody looks, or behind a hidden page', async () => {
    const device = phone();
    let isLooking = true;
    const { asksMs, sessions, page } = wait(device, () => isLooking);
    device.permission.state = 'prompt';
    await pass(20_000);
    device.permission.state = 'denied';
    await pass(20_000);
    device.permission.state = 'granted';
    isLooking = false;
    await pass(20_000);
    isLooking = true;
    page.hidden = true;
    await pass(20_000);
    expect(asksMs).toEqual([]);
    page.hidden = false;
    page.dispatchEvent(new Event('visibilitychange'));
    await pass(500);
    expect(sessions).toHaveLength(1);
    sessions[0]!.close();
  });

  it('is stopped when it comes after the wait was ended', async () => {
    const device = phone();
    device.hangs.add('getUserMedia');
    const { sessions, end } = wait(device);
    await pass(600);
    end();
    device.answer();
    await pass(0);
    expect(sessions).toEqual([]);
    expect(device.tracks.map((track) => track.readyState)).toEqual(['ended']);
  });
});
