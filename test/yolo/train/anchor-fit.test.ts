import { describe, expect, it } from 'vitest';
import type { Shape } from '../../../src/yolo/index.ts';
import { anchorFit } from '../../../src/yolo/index.ts';

const input = { width: 320, height: 320 };
const none = { count: 0, meanBestIou: null, recallAt50: null };

describe('anchorFit', () => {
  it('gives the figures of the example: IoU of exactly one half is recalled', () => {
    const one = { count: 1, meanBestIou: expect.closeTo(0.5, 12) as number, recallAt50: 1 };
    expect(anchorFit([[0.1, 0.1]], [[0.1, 0.05]], input)).toEqual({ all: one, small: none, medium: one, large: none });
  });

  it('counts by area in the input, borders to the larger bin', () => {
    const px = (w: number, h: number): Shape => [w / 320, h / 320];
    const fit = anchorFit([px(31, 32), px(32, 32), px(95, 96), px(96, 96), px(200, 10)], [px(32, 32)], input);
    expect([fit.small.count, fit.medium.count, fit.large.count, fit.all.count]).toEqual([1, 3, 1, 5]);
    expect(anchorFit([px(32, 32)], [px(32, 32)], { width: 640, height: 640 }).medium.meanBestIou).toBeCloseTo(1, 12);
    expect(anchorFit([px(32, 32)], [px(32, 32)], { width: 160, height: 160 }).small.count).toBe(1);
  });

  it('takes the best anchor of each box and their mean, worked by hand', () => {
    // 0.2x0.2 against its own shape is 1; 0.1x0.4 against 0.2x0.2 shares 0.02 of 0.06.
    const { all } = anchorFit([[0.2, 0.2], [0.1, 0.4]], [[0.2, 0.2], [0.01, 0.01]], input);
    expect(all).toEqual({ count: 2, meanBestIou: expect.closeTo((1 + 1 / 3) / 2, 12) as number, recallAt50: 0.5 });
  });

  it('never gets worse with one more anchor', () => {
    const shapes: Shape[] = [[0.1, 0.2], [0.5, 0.4], [0.9, 0.1]];
    const less = anchorFit(shapes, [[0.2, 0.2]], input).all.meanBestIou!;
    expect(anchorFit(shapes, [[0.2, 0.2], [0.9, 0.1]], input).all.meanBestIou!).toBeGreaterThan(less);
  });

  it('leaves out boxes without an area, and has no figures for no boxes', () => {
    expect(anchorFit([[0, 0.1], [NaN, 1]], [[0.1, 0.1]], input)).toEqual({ all: none, small: none, medium: none, large: none });
    expect(anchorFit([[0.1, 0.1]], [], input).all).toEqual({ count: 1, meanBestIou: 0, recallAt50: 0 });
  });
});
