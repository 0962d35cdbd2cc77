import fc from 'fast-check';
import type { Affine, BoxXyxy, Candidates, Point, Size } from '../../src/geometry/index.ts';

const coordinate = fc.double({ min: -1000, max: 1000, noNaN: true });
const side = fc.double({ min: 1e-3, max: 500, noNaN: true });

/** A box with an area, anywhere near the frame. */
export const solidBox: fc.Arbitrary<BoxXyxy> = fc
  .tuple(coordinate, coordinate, side, side)
  .map(([x1, y1, w, h]) => ({ x1, y1, x2: x1 + w, y2: y1 + h }));

/** Any four numbers at all: crossed, flat, NaN, infinite, huge. */
export const anyBox: fc.Arbitrary<BoxXyxy> = fc.record({ x1: fc.double(), y1: fc.double(), x2: fc.double(), y2: fc.double() });

export const point: fc.Arbitrary<Point> = fc.record({ x: coordinate, y: coordinate });

export const frameSize: fc.Arbitrary<Size> = fc.record({ width: fc.integer({ min: 1, max: 8000 }), height: fc.integer({ min: 1, max: 8000 }) });

/** Maps that turn, stretch, mirror and move, and can be undone without losing digits. */
export const affine: fc.Arbitrary<Affine> = fc
  .record({
    turn: fc.double({ min: 0, max: 2 * Math.PI, noNaN: true }),
    sx: fc.double({ min: 0.05, max: 20, noNaN: true }),
    sy: fc.double({ min: 0.05, max: 20, noNaN: true }),
    mirrored: fc.boolean(),
    e: coordinate,
    f: coordinate,
  })
  .map(({ turn, sx, sy, mirrored, e, f }) => {
    const flip = mirrored ? -1 : 1;
    return { a: flip * sx * Math.cos(turn), b: flip * sx * Math.sin(turn), c: -sy * Math.sin(turn), d: sy * Math.cos(turn), e, f };
  });

/** One row of a candidate list: corners, score, class. */
export interface Row {
  readonly box: BoxXyxy;
  readonly score: number;
  readonly classId: number;
}

/** Boxes on a coarse grid with few distinct scores, so that overlaps and ties are common. */
export const crowdedRows: fc.Arbitrary<readonly Row[]> = fc.array(
  fc.record({
    box: fc
      .tuple(fc.nat(12), fc.nat(12), fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 8 }))
      .map(([x1, y1, w, h]) => ({ x1, y1, x2: x1 + w, y2: y1 + h })),
    score: fc.integer({ min: 0, max: 8 }).map((eighths) => eighths / 8),
    classId: fc.nat(2),
  }),
  { maxLength: 25 },
);

export function candidatesOf(rows: readonly Row[]): Candidates {
  return {
    count: rows.length,
    boxes: new Float32Array(rows.flatMap(({ box }) => [box.x1, box.y1, box.x2, box.y2])),
    scores: new Float32Array(rows.map((row) => row.score)),
    classIds: new Int32Array(rows.map((row) => row.classId)),
  };
}
