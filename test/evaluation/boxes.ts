import type { ScoredBox, TruthBox } from '../../src/evaluation/index.ts';

/** A truth from [x, y, w, h] in pixels. */
export function truth(
  [x, y, w, h]: readonly [number, number, number, number],
  more: { classId?: number; areaPx2?: number; crowd?: boolean } = {},
): TruthBox {
  return { classId: 0, areaPx2: w * h, crowd: false, boxPx: { x1: x, y1: y, x2: x + w, y2: y + h }, ...more };
}

/** A detection from [x, y, w, h] in pixels. */
export function found([x, y, w, h]: readonly [number, number, number, number], score: number, classId = 0): ScoredBox {
  return { classId, score, boxPx: { x1: x, y1: y, x2: x + w, y2: y + h } };
}
