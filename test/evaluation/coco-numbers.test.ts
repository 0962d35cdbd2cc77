import { describe, expect, it } from 'vitest';
import type { CocoSummary, ImagePair } from '../../src/evaluation/index.ts';
import { evaluateDetections, summarize } from '../../src/evaluation/index.ts';
import { found, truth } from './boxes.ts';

function numbers(...images: ImagePair[]): CocoSummary {
  return summarize(evaluateDetections(images));
}

function expectClose(actual: Partial<CocoSummary>, expected: Partial<CocoSummary>): void {
  for (const [name, value] of Object.entries(expected)) {
    expect(actual[name as keyof CocoSummary], name).toBeCloseTo(value, 9);
  }
}

/** 50x50: medium. */
const medium = [10, 10, 50, 50] as const;
const far = [300, 300, 50, 50] as const;

describe('the twelve numbers of COCO', () => {
  it('are 1 for perfect detections, and -1 for sizes that do not occur', () => {
    expectClose(numbers({ truths: [truth(medium)], detections: [found(medium, 0.9)] }), {
      AP: 1, AP50: 1, AP75: 1, APs: -1, APm: 1, APl: -1, AR1: 1, AR10: 1, AR100: 1, ARs: -1, ARm: 1, ARl: -1,
    });
  });

  it('are 0 when nothing was found', () => {
    expectClose(numbers({ truths: [truth(medium)], detections: [] }), { AP: 0, AP50: 0, AR1: 0, AR100: 0, APm: 0, APs: -1 });
  });

  it('are -1 when there was nothing to find', () => {
    const summary = numbers({ truths: [], detections: [found(medium, 0.9)] });
    expect(new Set(Object.values(summary))).toEqual(new Set([-1]));
    expect(new Set(Object.values(numbers()))).toEqual(new Set([-1]));
  });

  it('count an IoU of 0.6 at 0.50, 0.55 and 0.60 only', () => {
    // 50x30 of 50x50: IoU 0.6 exactly.
    const summary = numbers({ truths: [truth(medium)], detections: [found([10, 10, 50, 30], 0.9)] });
    expectClose(summary, { AP: 0.3, AP50: 1, AP75: 0, AR100: 0.3 });
  });

  it('interpolate: a false alarm ahead of the only hit halves the precision', () => {
    expectClose(numbers({ truths: [truth(medium)], detections: [found(far, 0.9), found(medium, 0.8)] }), { AP: 0.5, AP50: 0.5, AR1: 0, AR10: 1 });
  });

  it('interpolate: two truths, hit then miss then hit', () => {
    // Precision 1 up to recall 0.5 (51 points), then 2/3 (50 points).
    const summary = numbers({
      truths: [truth(medium), truth(far)],
      detections: [found(medium, 0.9), found([500, 10, 50, 50], 0.8), found(far, 0.7)],
    });
    expectClose(summary, { AP: (51 + 50 * (2 / 3)) / 101, AR1: 0.5, AR10: 1 });
  });

  it('count a second detection of one thing as a false alarm', () => {
    const summary = numbers({
      truths: [truth(medium), truth(far)],
      detections: [found(medium, 0.9), found(medium, 0.8), found(far, 0.7)],
    });
    expectClose(summary, { AP: (51 + 50 * (2 / 3)) / 101 });
  });

  it('ignore any number of detections inside a crowd, measured over the area of the detection', () => {
    const crowd = truth([200, 200, 200, 200], { crowd: true });
    const inside = [found([210, 210, 20, 20], 0.99), found([300, 300, 30, 30], 0.98)];
    expectClose(numbers({ truths: [truth(medium), crowd], detections: [...inside, found(medium, 0.5)] }), { AP: 1, AR10: 1, AR1: 0 });
  });

  it('prefer a truth that counts to a crowd that is overlapped more', () => {
    const crowd = truth([0, 0, 400, 400], { crowd: true });
    // Lies wholly in the crowd (1.0) and overlaps the truth at 0.6.
    const summary = numbers({ truths: [crowd, truth(medium)], detections: [found([10, 10, 50, 30], 0.9)] });
    expectClose(summary, { AP50: 1, AP: 0.3 });
  });

  it('take the area from the labels, not from the box', () => {
    const summary = numbers({ truths: [truth(medium, { areaPx2: 900 })], detections: [found(medium, 0.9)] });
    expectClose(summary, { AP: 1, APs: 1, APm: -1, APl: -1 });
  });

  it('put an area of exactly 32x32 into small and into medium', () => {
    const edge = [10, 10, 32, 32] as const;
    expectClose(numbers({ truths: [truth(edge)], detections: [found(edge, 0.9)] }), { APs: 1, APm: 1, APl: -1 });
  });

  it('leave a stray detection of another size out of the count of a size', () => {
    // The stray one is large: a false alarm among all and large, not among medium.
    const summary = numbers({ truths: [truth(medium)], detections: [found([200, 200, 200, 200], 0.95), found(medium, 0.9)] });
    expectClose(summary, { AP: 0.5, APm: 1, APl: -1 });
  });

  it('ignore a detection whose truth is of another size', () => {
    const large = [200, 200, 200, 200] as const;
    const summary = numbers({ truths: [truth(medium), truth(large)], detections: [found(large, 0.95), found(medium, 0.9)] });
    expectClose(summary, { AP: 1, APm: 1, APl: 1, ARm: 1, ARl: 1 });
  });

  it('settle equal scores by the order of detections, and of images', () => {
    const wrongFirst = { truths: [truth(medium)], detections: [found(far, 0.5), found(medium, 0.5)] };
    const rightFirst = { truths: [truth(medium)], detections: [found(medium, 0.5), found(far, 0.5)] };
    expectClose(numbers(wrongFirst), { AP: 0.5 });
    expectClose(numbers(rightFirst), { AP: 1 });

    const miss = { truths: [], detections: [found(far, 0.5)] };
    const hit = { truths: [truth(medium)], detections: [found(medium, 0.5)] };
    expectClose(numbers(miss, hit), { AP: 0.5 });
    expectClose(numbers(hit, miss), { AP: 1 });
  });

  it('give a detection to the later of two truths that it overlaps the same', () => {
    // The first detection lies midway of both; the second fits only the second truth, which is then taken.
    const left = truth([0, 0, 40, 40]);
    const right = truth([20, 0, 40, 40]);
    const summary = numbers({ truths: [left, right], detections: [found([10, 0, 40, 40], 0.9), found([24, 0, 40, 40], 0.8)] });
    // At 0.50 to 0.60: hit, then miss: recall 0.5, precision 1 at 51 of 101 points. From 0.65 to 0.80: miss, then hit
    // (IoU 36/44 = 0.818): precision 0.5 at 51 points. Above: nothing.
    expectClose(summary, { AP: ((3 * 1 + 4 * 0.5) * 51) / 101 / 10 });
  });

  it('look at no more than 100 detections of a class in an image', () => {
    const strays = Array.from({ length: 100 }, (_, i) => found([i * 60, 600, 50, 50], 0.9));
    const at100 = { truths: [truth(medium)], detections: [...strays.slice(1), found(medium, 0.1)] };
    const at101 = { truths: [truth(medium)], detections: [...strays, found(medium, 0.1)] };
    expectClose(numbers(at100), { AP: 0.01, AR10: 0, AR100: 1 });
    expectClose(numbers(at101), { AP: 0, AR100: 0 });
  });

  it('cut recall to the best 1 and the best 10', () => {
    const places = Array.from({ length: 20 }, (_, i) => [i * 60, 0, 50, 50] as const);
    const summary = numbers({ truths: places.map((p) => truth(p)), detections: places.map((p, i) => found(p, 1 - i / 100)) });
    expectClose(summary, { AP: 1, AR1: 0.05, AR10: 0.5, AR100: 1 });
  });

  it('average over the classes that occur, and count a class that is never found as 0', () => {
    const summary = numbers({
      truths: [truth(medium, { classId: 3 }), truth(far, { classId: 7 })],
      detections: [found(medium, 0.9, 3), found(far, 0.9, 5)],
    });
    expectClose(summary, { AP: 0.5, AR100: 0.5 });
  });

  it('leave out a class that occurs only as a crowd', () => {
    const crowd = truth(far, { classId: 1, crowd: true });
    expectClose(numbers({ truths: [truth(medium), crowd], detections: [found(medium, 0.9)] }), { AP: 1 });
  });
});
