import { describe, expect, it } from 'vitest';
import { RateMeter } from '../../src/pipeline/rate-meter.ts';

function steady(fps: number, ms: number): RateMeter {
  const meter = new RateMeter();
  for (let tMs = 0; tMs <= ms; tMs += 1000 / fps) meter.add(tMs);
  return meter;
}

describe('RateMeter', () => {
  it('is 0 before anything happened', () => {
    expect(new RateMeter().rate(5000)).toBe(0);
  });

  it.each([1, 5, 15, 30, 60])('reads %i a second from a steady stream', (fps) => {
    expect(Math.abs(steady(fps, 10_000).rate(10_000) - fps)).toBeLessThanOrEqual(0.5 + 1e-9);
  });

  it('does not shout while it is young', () => {
    const meter = new RateMeter();
    meter.add(1000);
    expect(meter.rate(1000)).toBeLessThanOrEqual(4);
    for (const tMs of [1033, 1066, 1100]) meter.add(tMs);
    expect(meter.rate(1100)).toBeLessThanOrEqual(16);
  });

  it('falls when the stream stops, to 0 after two seconds', () => {
    const meter = steady(30, 5000);
    expect(Math.abs(meter.rate(6000) - 15)).toBeLessThanOrEqual(1);
    expect(meter.rate(7100)).toBe(0);
  });

  it('forgets on reset', () => {
    const meter = steady(30, 5000);
    meter.reset();
    expect(meter.rate(5000)).toBe(0);
  });
});
