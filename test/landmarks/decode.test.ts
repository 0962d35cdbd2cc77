import { describe, expect, it } from 'vitest';
import type { PoseGrids } from '../../src/landmarks/index.ts';
import { decodeCentrePose, decodeRegression, heatmapPeak, middleWeights } from '../../src/landmarks/index.ts';

describe('decodeRegression', () => {
  it('scales plain numbers to input pixels', () => {
    const found = decodeRegression(Float32Array.of(0.5, 0.25, 1, 0), { perPoint: 2, unitPx: 112, presence: 1 });
    expect(Array.from(found.xy)).toEqual([56, 28, 112, 0]);
    expect(found.z).toBeNull();
    expect(Array.from(found.scores)).toEqual([1, 1]);
  });

  it('keeps the depth of a mesh apart', () => {
    const found = decodeRegression(Float32Array.of(10, 20, -3, 40, 50, 6), { perPoint: 3, unitPx: 1, presence: 0.7 });
    expect(Array.from(found.xy)).toEqual([10, 20, 40, 50]);
    expect(Array.from(found.z ?? [])).toEqual([-3, 6]);
    expect(found.presence).toBe(0.7);
  });
});

describe('heatmapPeak', () => {
  it('finds the top of the parabola between the cells', () => {
    const row = Float32Array.of(0, 1, 2, 1.5, 0);
    expect(heatmapPeak(row, 1, 5).position.x).toBeCloseTo(2.5 + 1 / 6, 6);
    expect(heatmapPeak(row, 1, 5).position.y).toBe(0.5);
  });

  it('finds a bell that stands between cells to a hundredth of one', () => {
    for (const [x, y] of [[3.5, 4.5], [3.8, 4.2], [5.1, 2.9]] as const) {
      const heats = Float32Array.from({ length: 64 }, (_, i) => Math.exp(-((((i % 8) + 0.5 - x) ** 2 + (Math.floor(i / 8) + 0.5 - y) ** 2) / 18)));
      const { position } = heatmapPeak(heats, 8, 8);
      expect(Math.hypot(position.x - x, position.y - y)).toBeLessThan(0.01);
    }
  });

  it('takes one of several interleaved maps, and stays in a corner', () => {
    const heats = Float32Array.of(9, 0, 0, 0, 0, 0, 0, 5);
    expect(heatmapPeak(heats, 2, 2, 2, 0)).toEqual({ position: { x: 0.5, y: 0.5 }, heat: 9 });
    expect(heatmapPeak(heats, 2, 2, 2, 1)).toEqual({ position: { x: 1.5, y: 1.5 }, heat: 5 });
  });

  it('is finite on an even map', () => {
    expect(heatmapPeak(new Float32Array(25), 5, 5)).toEqual({ position: { x: 0.5, y: 0.5 }, heat: 0 });
  });
});

/** Grids of two points with bodies at the given cells: each has its first point in its middle, its second two cells above. */
function gridsOf(rows: number, columns: number, bodies: readonly { readonly row: number; readonly column: number; readonly heat: number }[]): PoseGrids {
  const cells = rows * columns;
  const grids = { rows, columns, heats: new Float32Array(cells * 2), centres: new Float32Array(cells), ways: new Float32Array(cells * 4), offsets: new Float32Array(cells * 4) };
  for (const { row, column, heat } of bodies) {
    const cell = row * columns + column;
    const above = cell - 2 * columns;
    grids.centres[cell] = heat;
    grids.ways.set([0, 0, -2, 0], cell * 4);
    grids.heats[cell * 2] = heat;
    grids.heats[above * 2 + 1] = heat;
    grids.offsets.set([0.25, 0.75], cell * 4);
    grids.offsets.set([0.5, 0.5], above * 4 + 2);
  }
  return grids;
}

describe('decodeCentrePose', () => {
  it('gives each point by its cell and the rest of the way', () => {
    const found = decodeCentrePose(gridsOf(12, 12, [{ row: 6, column: 5, heat: 0.8 }]), middleWeights(12, 12), 4);
    expect(Array.from(found.xy)).toEqual([(5 + 0.75) * 4, (6 + 0.25) * 4, (5 + 0.5) * 4, (4 + 0.5) * 4]);
    expect(found.presence).toBeCloseTo(0.8, 6);
  });

  it('takes the body in the middle of the crop, not a stronger one at its border, and each of its points near to it', () => {
    const grids = gridsOf(16, 12, [{ row: 8, column: 6, heat: 0.5 }, { row: 8, column: 11, heat: 0.9 }]);
    const found = decodeCentrePose(grids, middleWeights(16, 12), 4);
    expect(Array.from(found.xy)).toEqual([27, 33, 26, 26]);
    expect(Array.from(found.scores)).toEqual([0.5, 0.5]);
  });

  it('is finite on empty grids', () => {
    const found = decodeCentrePose(gridsOf(8, 8, []), middleWeights(8, 8), 4);
    expect(Array.from(found.xy).every(Number.isFinite)).toBe(true);
    expect(found.presence).toBe(0);
  });
});
