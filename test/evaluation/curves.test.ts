import { describe, expect, it } from 'vitest';
import { confusionMatrix, precisionRecall } from '../../src/evaluation/index.ts';
import { found, truth } from './boxes.ts';

const a = [0, 0, 50, 50] as const;
const b = [100, 0, 50, 50] as const;
const c = [200, 0, 50, 50] as const;

describe('precisionRecall', () => {
  it('has a point per detection, best first', () => {
    const curve = precisionRecall(
      [
        { truths: [truth(a)], detections: [found(a, 0.9)] },
        { truths: [truth(b)], detections: [found(c, 0.8), found(b, 0.7)] },
      ],
      0,
      0.5,
    );
    expect(curve?.scores).toEqual([0.9, 0.8, 0.7]);
    expect(curve?.recall).toEqual([0.5, 0.5, 1]);
    [1, 1 / 2, 2 / 3].forEach((p, i) => expect(curve?.precision[i]).toBeCloseTo(p, 9));
    expect(curve?.averagePrecision).toBeCloseTo((51 + 50 * (2 / 3)) / 101, 9);
  });

  it('is null for a class that is nowhere marked', () => {
    expect(precisionRecall([{ truths: [truth(a)], detections: [found(a, 0.9, 1)] }], 1, 0.5)).toBeNull();
  });
});

describe('confusionMatrix', () => {
  const options = { classCount: 2, iouThreshold: 0.5, minScore: 0.25 };

  it('counts right, mistaken, missed and invented', () => {
    const truths = [truth(a), truth(b), truth(c, { classId: 1 })];
    const detections = [found(a, 0.9), found(b, 0.8, 1), found([400, 0, 50, 50], 0.7, 1), found(c, 0.2, 1)];
    expect(confusionMatrix([{ truths, detections }], options)).toEqual([
      [1, 1, 0],
      [0, 0, 1],
      [0, 1, 0],
    ]);
  });

  it('prefers a thing of its own class among equals, in either order', () => {
    const one = truth(a);
    const other = truth(a, { classId: 1 });
    const right = [[1, 0, 0], [0, 1, 0], [0, 0, 0]];
    const detections = [found(a, 0.9, 1), found(a, 0.8)];
    expect(confusionMatrix([{ truths: [one, other], detections }], options)).toEqual(right);
    expect(confusionMatrix([{ truths: [other, one], detections }], options)).toEqual(right);
  });

  it('leaves crowds and what lies in them out', () => {
    const truths = [truth([0, 0, 300, 300], { crowd: true })];
    expect(confusionMatrix([{ truths, detections: [found(a, 0.9)] }], options).flat().every((n) => n === 0)).toBe(true);
  });

  it('refuses a class outside of the matrix', () => {
    expect(() => confusionMatrix([{ truths: [], detections: [found(a, 0.9, 5)] }], options)).toThrow(RangeError);
  });
});
