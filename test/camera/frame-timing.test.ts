import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { backoffMs } from '../../src/camera/backoff.ts';
import { FramePacer } from '../../src/camera/frame-pacer.ts';
import { FrameTime } from '../../src/camera/frame-time.ts';

describe('FrameTime', () => {
  it('goes on where a film begins again', () => {
    const time = new FrameTime();
    expect([0, 40, 80, 0, 40].map((raw) => time.next(raw))).toEqual([0, 40, 80, 120, 160]);
  });

  it('rises with every frame, whatever the source says', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1e7, noNaN: true }), { minLength: 2 }), (raws) => {
        const time = new FrameTime();
        const times = raws.map((raw) => time.next(raw));
        times.slice(1).forEach((t, i) => expect(t).toBeGreaterThan(times[i]!));
      }),
    );
  });
});

describe('FramePacer', () => {
  const taken = (cameraFps: number, maxFps: number, jitterMs = 0): number[] => {
    const pacer = new FramePacer();
    const times = Array.from({ length: cameraFps * 10 }, (_, i) => (i * 1000) / cameraFps + (i % 2) * jitterMs);
    return times.filter((t) => pacer.due(t, maxFps));
  };

  it.each([
    [30, 15, 150],
    [30, 20, 200],
    [30, 30, 300],
    [60, 7, 70],
    [10, 30, 100],
    [30, Infinity, 300],
    [30, 0, 0],
  ])('of a %d fps camera at most %d fps: %d in 10 s', (cameraFps, maxFps, expected) => {
    expect(Math.abs(taken(cameraFps, maxFps).length - expected)).toBeLessThanOrEqual(1);
  });

  it('takes no more for jitter', () => {
    expect(taken(30, 15, 3).length).toBeLessThanOrEqual(151);
  });

  it('saves up no turns while the camera is late', () => {
    const pacer = new FramePacer();
    expect([0, 350, 400, 500, 560].map((t) => pacer.due(t, 5))).toEqual([true, true, false, true, false]);
  });
});

describe('backoffMs', () => {
  it('doubles, and stays below the time in which a camera must be back', () => {
    expect([0, 1, 2, 3, 4, 50].map(backoffMs)).toEqual([500, 1_000, 2_000, 4_000, 4_000, 4_000]);
  });
});
