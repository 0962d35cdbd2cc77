import type { Point } from '../../geometry/index.ts';

export interface HeatmapPeak {
  /** In cells from the grid's left upper corner: the middle of the first cell is (0.5, 0.5). */
  readonly position: Point;
  /** The heat of the hottest cell. */
  readonly heat: number;
}

/**
 * The hottest place of one heatmap, between its cells: from the hottest cell a step along each axis to the top of the
 * parabola through it and its two neighbours, half a cell at most. At the grid's border the step along that axis is 0.
 * Example: heats 0, 1, 2, 1.5, 0 in a row have their top at 2.5 + 1/6.
 *
 * @param heats row-major; point i of n in [rows, columns, n] has its heats at every nth number
 */
export function heatmapPeak(heats: Float32Array, rows: number, columns: number, points = 1, point = 0): HeatmapPeak {
  const at = (cell: number): number => heats[cell * points + point] as number;
  let best = 0;
  for (let cell = 1; cell < rows * columns; cell++) if (at(cell) > at(best)) best = cell;
  const [row, column] = [Math.floor(best / columns), best % columns];
  const stepX = column > 0 && column < columns - 1 ? parabolaTop(at(best - 1), at(best), at(best + 1)) : 0;
  const stepY = row > 0 && row < rows - 1 ? parabolaTop(at(best - columns), at(best), at(best + columns)) : 0;
  return { position: { x: column + 0.5 + stepX, y: row + 0.5 + stepY }, heat: at(best) };
}

/** Where the parabola through three heats has its top, from the middle one; 0 where it has none. */
function parabolaTop(before: number, here: number, after: number): number {
  const bend = before - 2 * here + after;
  if (!(bend < 0)) return 0;
  return Math.max(-0.5, Math.min(0.5, (before - after) / (2 * bend)));
}
