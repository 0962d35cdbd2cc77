import type { BoxCxcywh, Size } from '../../geometry/index.ts';
import { toCxcywh } from '../../geometry/index.ts';
import type { V2Head } from '../heads/v2.ts';
import type { V3Head } from '../heads/v3.ts';
import type { V5GridHead } from '../heads/v5.ts';
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
  /** How far a centre may leave its cell: it is cell + 0.5 + (logistic(t) - 0.5) * this. 1 keeps it inside. */
  readonly scaleXY: number;
  /** A side is anchor * exp(t), or anchor * (2 logistic(t))^2. */
  readonly sides: 'exponential' | 'squared';
}

/**
 * The grids of an anchor head at one input size, in the order of its scales. Training reads raw numbers: a v5 head
 * whose network ends in the logistic function is trained before that function.
 * Ref: the head schemas, which name the papers.
 *
 * @param input sides in multiples of every stride
 */
export function anchorLevels(head: V2Head | V3Head | V5GridHead, input: Size): readonly AnchorLevel[] {
  const grid = (stride: number): { rows: number; columns: number } => ({ rows: input.height / stride, columns: input.width / stride });
  switch (head.family) {
    case 'v2':
      return [{ ...grid(head.stride), anchors: head.anchors, scaleXY: 1, sides: 'exponential' }];
    case 'v3':
      return head.scales.map(({ stride, anchors, scaleXY }) => ({ ...grid(stride), anchors: inStrides(anchors, stride), scaleXY, sides: 'exponential' }));
    case 'v5':
      return head.scales.map(({ stride, anchors }) => ({ ...grid(stride), anchors: inStrides(anchors, stride), scaleXY: 2, sides: 'squared' }));
  }
}

function inStrides(anchorsPx: readonly Shape[], stride: number): readonly Shape[] {
  return anchorsPx.map(([w, h]) => [w / stride, h / stride]);
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
