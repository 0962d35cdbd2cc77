import type { CropPoints } from './crop-points.ts';

/** The grids of a centre-pose head, row-major with the channels last. */
export interface PoseGrids {
  readonly rows: number;
  readonly columns: number;
  /** [rows, columns, points], 0..1. */
  readonly heats: Float32Array;
  /** [rows, columns], 0..1: how much a cell is the middle of a body. */
  readonly centres: Float32Array;
  /** [rows, columns, 2 points]: y, x in cells from a body's middle to each of its points. */
  readonly ways: Float32Array;
  /** [rows, columns, 2 points]: y, x in cells from a point's cell to the point. */
  readonly offsets: Float32Array;
}

/**
 * How fast a heat loses weight with its distance from where the body's middle expects the point: by 1 / (cells + this).
 * MoveNet's own graph has 1.8 for a body anywhere in the picture (`add_5/y`).
 */
const nearness = 4;

/**
 * The points of the one body whose middle is nearest to the middle of the crop: its middle is the strongest cell of the
 * weighted centre grid, each point is the hottest cell by heat and nearness to where that middle expects it, and the
 * offset of that cell gives the rest of the way.
 * Ref: TensorFlow blog: Next-Generation Pose Detection with MoveNet and TensorFlow.js, 2021; the graph of
 * movenet/singlepose/lightning/4.
 *
 * @param weights [rows, columns]: by how much a middle counts at each cell
 * @param stridePx input pixels of a cell
 */
export function decodeCentrePose(grids: PoseGrids, weights: Float32Array, stridePx: number): CropPoints {
  const { columns, heats, centres, ways, offsets } = grids;
  const count = heats.length / centres.length;
  const middle = strongest(centres, weights);
  const [row, column] = [Math.floor(middle / columns), middle % columns];
  const xy = new Float32Array(count * 2);
  const scores = new Float32Array(count);
  let sum = 0;
  for (let point = 0; point < count; point++) {
    const way = (middle * count + point) * 2;
    const cell = hottestNear(grids, point, row + (ways[way] as number), column + (ways[way + 1] as number));
    const offset = (cell * count + point) * 2;
    xy[2 * point] = ((cell % columns) + (offsets[offset + 1] as number)) * stridePx;
    xy[2 * point + 1] = (Math.floor(cell / columns) + (offsets[offset] as number)) * stridePx;
    const score = heats[cell * count + point] as number;
    scores[point] = score;
    sum += score;
  }
  return { xy, z: null, scores, presence: sum / count };
}

/**
 * Weights that favour a body in the middle of the crop, since it was cut for that one: a bell about the middle, a tenth
 * of the longer side wide, 1 at its top.
 */
export function middleWeights(rows: number, columns: number): Float32Array {
  const weights = new Float32Array(rows * columns);
  const width = Math.max(rows, columns) / 10;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const distance = Math.hypot(row + 0.5 - rows / 2, column + 0.5 - columns / 2) / width;
      weights[row * columns + column] = Math.exp(-(distance * distance) / 2);
    }
  }
  return weights;
}

function strongest(values: Float32Array, weights: Float32Array): number {
  let best = 0;
  let most = -Infinity;
  for (let cell = 0; cell < values.length; cell++) {
    const value = (values[cell] as number) * (weights[cell] as number);
    if (value > most) [best, most] = [cell, value];
  }
  return best;
}

function hottestNear({ rows, columns, heats, centres }: PoseGrids, point: number, y: number, x: number): number {
  const count = heats.length / centres.length;
  let best = 0;
  let most = -Infinity;
  for (let row = 0, cell = 0, at = point; row < rows; row++) {
    const dy2 = (row - y) * (row - y);
    for (let column = 0; column < columns; column++, cell++, at += count) {
      const dx = column - x;
      const value = (heats[at] as number) / (Math.sqrt(dy2 + dx * dx) + nearness);
      if (value > most) {
        most = value;
        best = cell;
      }
    }
  }
  return best;
}
