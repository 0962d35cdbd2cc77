import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ObjectFit } from '../../src/geometry/index.ts';
import { applyToBox, applyToPoint, invert, unitToView } from '../../src/geometry/index.ts';
import { frameSize } from './arbitraries.ts';

const vga = { width: 640, height: 480 };
const square = { width: 320, height: 320 };
const fits = fc.constantFrom<ObjectFit>('cover', 'contain');

describe('unitToView', () => {
  it('puts the corner of a contained 640x480 frame at (0, 40) of 320x320 and, mirrored, at (320, 40)', () => {
    expect(applyToPoint(unitToView(vga, square, 'contain', false), { x: 0, y: 0 })).toEqual({ x: 0, y: 40 });
    expect(applyToPoint(unitToView(vga, square, 'contain', true), { x: 0, y: 0 })).toEqual({ x: 320, y: 40 });
  });

  it('lets a covering frame stick out at the sides', () => {
    const whole = applyToBox(unitToView(vga, square, 'cover', false), { x1: 0, y1: 0, x2: 1, y2: 1 });
    expect(whole.x1).toBeCloseTo(-160 / 3, 9);
    expect(whole.x2).toBeCloseTo(320 + 160 / 3, 9);
    expect([whole.y1, whole.y2]).toEqual([0, 320]);
  });

  it('keeps the centre in the centre and the aspect ratio of the frame, mirrored or not', () => {
    fc.assert(
      fc.property(frameSize, frameSize, fits, fc.boolean(), (frame, view, fit, mirrored) => {
        const map = unitToView(frame, view, fit, mirrored);
        const centre = applyToPoint(map, { x: 0.5, y: 0.5 });
        expect(centre.x).toBeCloseTo(view.width / 2, 6);
        expect(centre.y).toBeCloseTo(view.height / 2, 6);
        const whole = applyToBox(map, { x1: 0, y1: 0, x2: 1, y2: 1 });
        const [width, height] = [whole.x2 - whole.x1, whole.y2 - whole.y1];
        expect(width / height / (frame.width / frame.height)).toBeCloseTo(1, 6);
        const [shareX, shareY] = [width / view.width, height / view.height];
        expect(fit === 'cover' ? Math.min(shareX, shareY) : Math.max(shareX, shareY)).toBeCloseTo(1, 6);
      }),
    );
  });

  it('maps there and back, and mirroring is a reflection about the middle of the view', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(frameSize, frameSize, fits, share, share, (frame, view, fit, x, y) => {
        const plain = applyToPoint(unitToView(frame, view, fit, false), { x, y });
        const map = unitToView(frame, view, fit, true);
        const mirrored = applyToPoint(map, { x, y });
        expect(mirrored.x).toBeCloseTo(view.width - plain.x, 6);
        expect(mirrored.y).toBeCloseTo(plain.y, 6);
        const back = applyToPoint(invert(map), mirrored);
        expect(back.x).toBeCloseTo(x, 6);
        expect(back.y).toBeCloseTo(y, 6);
      }),
    );
  });
});
