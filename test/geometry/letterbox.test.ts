import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyToBox, applyToPoint, fitCentred, fitKeepingAspect, fitOfView, invert } from '../../src/geometry/index.ts';
import { frameSize } from './arbitraries.ts';

const vga = { width: 640, height: 480 };
const wholeOf = ({ width, height }: { width: number; height: number }) => ({ x1: 0, y1: 0, x2: width, y2: height });
const multiples = fc.integer({ min: 4, max: 32 }).map((cells) => cells * 32);

describe('fitKeepingAspect', () => {
  it.each([
    [vga, { width: 512, height: 384 }],
    [{ width: 1920, height: 1080 }, { width: 512, height: 288 }],
    [{ width: 1080, height: 1920 }, { width: 288, height: 512 }],
    [{ width: 300, height: 300 }, { width: 512, height: 512 }],
    [{ width: 8000, height: 10 }, { width: 512, height: 32 }],
  ])('makes %o to %o at 512', (frame, input) => {
    expect(fitKeepingAspect(frame, 512, 32).input).toEqual(input);
  });

  it('fills whole cells with the frame, long side as asked, short side off by half a cell at most', () => {
    fc.assert(
      fc.property(frameSize, multiples, (frame, longSidePx) => {
        const { input, frameToInput } = fitKeepingAspect(frame, longSidePx, 32);
        expect([input.width % 32, input.height % 32]).toEqual([0, 0]);
        expect(Math.max(input.width, input.height)).toBe(longSidePx);
        const shortPx = (Math.min(frame.width, frame.height) * longSidePx) / Math.max(frame.width, frame.height);
        expect(Math.abs(Math.min(input.width, input.height) - Math.max(shortPx, 32))).toBeLessThanOrEqual(16 + 1e-9);
        const filled = applyToBox(frameToInput, wholeOf(frame));
        for (const [side, value] of Object.entries(wholeOf(input))) expect(filled[side as keyof typeof filled]).toBeCloseTo(value, 6);
      }),
    );
  });
});

describe('fitCentred', () => {
  it('scales 640x480 by 0.65 into 416x416, 52 px from the top', () => {
    const { frameToInput } = fitCentred(vga, { width: 416, height: 416 });
    expect(applyToBox(frameToInput, wholeOf(vga))).toEqual({ x1: 0, y1: 52, x2: 416, y2: 364 });
  });

  it('keeps the aspect ratio, touches two borders and leaves equal room at the others', () => {
    fc.assert(
      fc.property(frameSize, frameSize, (frame, input) => {
        const { frameToInput: map } = fitCentred(frame, input);
        expect(map.a).toBe(map.d);
        const placed = applyToBox(map, wholeOf(frame));
        const [left, top, right, bottom] = [placed.x1, placed.y1, input.width - placed.x2, input.height - placed.y2];
        expect(left).toBeCloseTo(right, 6);
        expect(top).toBeCloseTo(bottom, 6);
        expect(Math.min(left, top)).toBeCloseTo(0, 6);
        expect(Math.max(left, top)).toBeGreaterThanOrEqual(-1e-6);
      }),
    );
  });
});

describe('fitOfView', () => {
  const fit = fitKeepingAspect(vga, 512, 32);

  it('changes nothing for the plain view', () => {
    expect(fitOfView(fit, { mirrored: false, scale: 1 })).toEqual(fit);
  });

  it("sends the frame's left border to x = 512 when mirrored", () => {
    const { frameToInput } = fitOfView(fit, { mirrored: true, scale: 1 });
    expect(applyToPoint(frameToInput, { x: 0, y: 0 })).toEqual({ x: 512, y: 0 });
    expect(applyToPoint(frameToInput, { x: 640, y: 480 })).toEqual({ x: 0, y: 384 });
  });

  it('stands the corners at (128, 96) and (384, 288) at scale 0.5', () => {
    const { frameToInput } = fitOfView(fit, { mirrored: false, scale: 0.5 });
    expect(applyToBox(frameToInput, wholeOf(vga))).toEqual({ x1: 128, y1: 96, x2: 384, y2: 288 });
  });

  it('can be undone: a point found in any view comes back to its place in the frame', () => {
    const view = fc.record({ mirrored: fc.boolean(), scale: fc.double({ min: 0.1, max: 1, noNaN: true }) });
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(frameSize, multiples, view, share, share, (frame, longSidePx, look, s, t) => {
        const { input, frameToInput } = fitOfView(fitKeepingAspect(frame, longSidePx, 32), look);
        const p = { x: s * frame.width, y: t * frame.height };
        const seen = applyToPoint(frameToInput, p);
        expect(seen.x > -1e-6 && seen.x < input.width + 1e-6 && seen.y > -1e-6 && seen.y < input.height + 1e-6).toBe(true);
        const back = applyToPoint(invert(frameToInput), seen);
        expect(back.x).toBeCloseTo(p.x, 6);
        expect(back.y).toBeCloseTo(p.y, 6);
      }),
    );
  });
});
