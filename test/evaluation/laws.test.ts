import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ImagePair } from '../../src/evaluation/index.ts';
import { confusionMatrix, evaluateDetections, precisionRecall, summarize } from '../../src/evaluation/index.ts';
import { found, truth } from './boxes.ts';

const place: fc.Arbitrary<[number, number, number, number]> = fc.tuple(fc.nat(200), fc.nat(200), fc.integer({ min: 1, max: 150 }), fc.integer({ min: 1, max: 150 }));
const classId: fc.Arbitrary<number> = fc.nat(2);
const image: fc.Arbitrary<ImagePair> = fc.record({
  truths: fc.array(
    fc.tuple(place, classId, fc.boolean()).map(([p, c, crowd]) => truth(p, { classId: c, crowd })),
    { maxLength: 6 },
  ),
  // Few distinct scores, so that ties happen.
  detections: fc.array(
    fc.tuple(place, classId, fc.integer({ min: 1, max: 9 })).map(([p, c, s]) => found(p, s / 10, c)),
    { maxLength: 12 },
  ),
});
const images = fc.array(image, { maxLength: 4 });
const numbersOf = (set: readonly ImagePair[]): number[] => Object.values<number>({ ...summarize(evaluateDetections(set)) });

describe('laws of the detection score', () => {
  it('every number is -1 or within 0..1', () => {
    fc.assert(fc.property(images, (set) => {
      for (const value of numbersOf(set)) expect(value === -1 || (value >= 0 && value <= 1 + 1e-12)).toBe(true);
    }));
  });

  it('only the order of the scores matters', () => {
    fc.assert(fc.property(images, (set) => {
      const squeezed = set.map(({ truths, detections }) => ({ truths, detections: detections.map((d) => ({ ...d, score: d.score ** 3 / 2 })) }));
      expect(numbersOf(squeezed)).toEqual(numbersOf(set));
    }));
  });

  it('an image of nothing changes nothing', () => {
    fc.assert(fc.property(images, (set) => {
      expect(numbersOf([...set, { truths: [], detections: [] }])).toEqual(numbersOf(set));
    }));
  });

  it('a false alarm below all others changes nothing', () => {
    fc.assert(fc.property(images, (set) => {
      const stray = { truths: [], detections: [0, 1, 2].map((c) => found([500, 500, 50, 50], 0.01, c)) };
      const [before, after] = [numbersOf(set), numbersOf([...set, stray])];
      for (const [i, value] of before.entries()) expect(after[i]).toBeCloseTo(value, 9);
    }));
  });

  it('detections that are the truths score 1', () => {
    const separate = fc.uniqueArray(fc.nat(30), { minLength: 1, maxLength: 8 });
    fc.assert(fc.property(separate, (cells) => {
      const boxes = cells.map((cell) => [cell * 100, 0, 60, 60] as const);
      const set = [{ truths: boxes.map((b) => truth(b)), detections: boxes.map((b) => found(b, 0.5)) }];
      expect(summarize(evaluateDetections(set)).AP).toBeCloseTo(1, 9);
    }));
  });

  it('the curve of one class agrees with AP50 of that class alone', () => {
    fc.assert(fc.property(images, (set) => {
      const alone = set.map(({ truths, detections }) => ({
        truths: truths.filter((t) => t.classId === 1),
        detections: detections.filter((d) => d.classId === 1),
      }));
      const { AP50 } = summarize(evaluateDetections(alone));
      expect(precisionRecall(set, 1, 0.5)?.averagePrecision ?? -1).toBeCloseTo(AP50, 9);
    }));
  });

  it('a confusion matrix holds every thing once', () => {
    fc.assert(fc.property(images, (set) => {
      const counts = confusionMatrix(set, { classCount: 3, iouThreshold: 0.5, minScore: 0.3 });
      for (const c of [0, 1, 2]) {
        const things = set.flatMap((i) => i.truths).filter((t) => t.classId === c && !t.crowd).length;
        expect(counts[c]?.reduce((sum, n) => sum + n, 0)).toBe(things);
      }
    }));
  });
});
