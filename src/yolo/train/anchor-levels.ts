import type { BoxCxcywh } from '../../geometry/index.ts';
import { toCxcywh } from '../../geometry/index.ts';
import type { Shape } from './shape.ts';
import type { Truth } from './truth.ts';

/**
 * One grid of an anchor head at one input size. Its slots are numbered as the network's output lies in memory:
 * (row * columns + column) * anchors + anchor.
 */
export interface AnchorLevel {
  readonly rows: number;
  readonly columns: number;
  /** Width and height of each anchor in cells. */
  readonly anchors: readonly Shape[];
}

/** What one grid of an anchor head should say about one image. */
export interface LevelTargets {
  /** Slots that are responsible for an object, ascending, each once. */
  readonly slots: Int32Array;
  /** [slots, 4]: cx, cy, w, h of the object of each slot, in cells from the grid's corner. */
  readonly boxes: Float32Array;
  /** Class of the object of each slot. */
  readonly classIds: Int32Array;
  /** Per slot of the grid: 1 where it should say that there is nothing, 0 where it is responsible or not asked. */
  readonly background: Float32Array;
}

/** What an anchor head should say about one image. */
export interface AnchorTargets {
  /** In the order of the head's grids. */
  readonly levels: readonly LevelTargets[];
  /** Indices of the truths that no slot is responsible for: degenerate, unlike every anchor, or crowded out. */
  readonly lost: readonly number[];
}

/** How many boxes a grid speaks of. */
export function slotCount(level: AnchorLevel): number {
  return level.rows * level.columns * level.anchors.length;
}

/** A truth's box in cells of a grid. Example: [0.25, 0.25, 0.75, 0.75] in 4x8 cells is cx 4, cy 2, w 4, h 2. */
export function inCells({ box }: Truth, { rows, columns }: AnchorLevel): BoxCxcywh {
  const { cx, cy, w, h } = toCxcywh(box);
  return { cx: cx * columns, cy: cy * rows, w: w * columns, h: h * rows };
}

/** The cell that holds a coordinate given in cells; the far border belongs to the last cell. */
export function cellOf(coordinate: number, cells: number): number {
  return Math.min(cells - 1, Math.floor(coordinate));
}
