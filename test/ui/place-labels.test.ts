import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { placeLabels } from '../../src/ui/live/place-labels.ts';

const safe = { x1: 6, y1: 6, x2: 384, y2: 838 };
const label = { width: 110, height: 26 };

describe('placeLabels', () => {
  it('puts a label on top of its box', () => {
    expect(placeLabels([{ boxPx: { x1: 50, y1: 100, x2: 200, y2: 300 }, sizePx: label }], safe)).toEqual([{ x1: 50, y1: 74, x2: 160, y2: 100 }]);
  });

  it('goes inside when the box touches the top, and stays in the view at the right edge', () => {
    expect(placeLabels([{ boxPx: { x1: 350, y1: 0, x2: 500, y2: 300 }, sizePx: label }], safe)).toEqual([{ x1: 274, y1: 6, x2: 384, y2: 32 }]);
  });

  it('gives no place to a label that is larger than the view', () => {
    expect(placeLabels([{ boxPx: { x1: 0, y1: 0, x2: 9, y2: 9 }, sizePx: { width: 900, height: 26 } }], safe)).toEqual([null]);
  });

  it('never lets labels overlap or leave the view', () => {
    const coordinate = fc.double({ min: -400, max: 1200, noNaN: true });
    const request = fc.record({ x: coordinate, y: coordinate, w: fc.double({ min: 0, max: 500, noNaN: true }), h: fc.double({ min: 0, max: 500, noNaN: true }), text: fc.integer({ min: 30, max: 250 }) });
    fc.assert(
      fc.property(fc.array(request, { maxLength: 25 }), (list) => {
        const places = placeLabels(
          list.map(({ x, y, w, h, text }) => ({ boxPx: { x1: x, y1: y, x2: x + w, y2: y + h }, sizePx: { width: text, height: 26 } })),
          safe,
        );
        const placed = places.filter((place) => place !== null);
        for (const [i, a] of placed.entries()) {
          expect(a.x1).toBeGreaterThanOrEqual(safe.x1);
          expect(a.y1).toBeGreaterThanOrEqual(safe.y1);
          expect(a.x2).toBeLessThanOrEqual(safe.x2 + 1e-9);
          expect(a.y2).toBeLessThanOrEqual(safe.y2);
          for (const b of placed.slice(i + 1)) expect(a.x1 < b.x2 && b.x1 < a.x2 && a.y1 < b.y2 && b.y1 < a.y2).toBe(false);
        }
      }),
    );
  });
});
